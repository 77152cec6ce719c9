import { createRoot } from 'react-dom/client';
import { App } from './app';
import { foldMenusThatAreLeft } from './fold-menus';
import './style.css';
import './controls.css';
import './answer/answer.css';
import './card/card.css';
import './panels/panels.css';

foldMenusThatAreLeft();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
