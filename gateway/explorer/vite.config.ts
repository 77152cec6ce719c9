import { defineConfig } from 'vite';

/** Built into dist/explorer, from where the gateway serves it; nothing in it is fetched from anywhere else. */
export default defineConfig({
  root: __dirname,
  base: '/explorer/',
  build: {
    outDir: '../../dist/explorer',
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 8_000,
    reportCompressedSize: false,
    rolldownOptions: {
      // Packages mark files for React's server; here everything runs in the browser.
      onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
    },
  },
  worker: { format: 'es' },
});
