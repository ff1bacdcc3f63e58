import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Every web engine we accept reads woff2, so the older font files need not ship. */
function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/@fontsource.*\.css$/.test(id)) return null;
      return { code: code.replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, ''), map: null };
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [woff2Only(), svelte()],
  clearScreen: false,
  // The gallery draws the operator's card, whose words lie in docs.
  server: { port: 5173, strictPort: true, fs: { allow: ['.', '../docs'] } },
  build: {
    target: ['safari15', 'chrome105'],
    outDir: 'dist',
    emptyOutDir: true,
    // The content policy allows fonts and pictures from the app itself only, never as data.
    assetsInlineLimit: 0,
    rollupOptions: { input: ['index.html', 'print.html', 'pictures.html'] },
    modulePreload: { polyfill: false },
  },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.ts', 'src/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 20_000,
    // One worker less than there are cores would leave half of a small machine idle.
    maxWorkers: '100%',
    // Loading the app anew for each file took as long as half of the tests; what a test leaves is put back by its file.
    isolate: false,
  },
});
