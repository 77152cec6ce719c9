import { createRoot } from 'react-dom/client';
import { App } from './app';
import './style.css';
import './controls.css';
import './answer/answer.css';
import './card/card.css';
import './panels/panels.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
