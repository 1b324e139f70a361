// Real Flex UI and the stage around it, bundled for the browser.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const HOST = here('../build/e2e/host.js');

export const buildHost = () => build({
  entryPoints: [here('host.js')], outfile: HOST, bundle: true, platform: 'browser', format: 'iife', minify: true, logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' }, loader: { '.js': 'jsx', '.png': 'dataurl', '.svg': 'dataurl' },
  alias: { path: 'path-browserify' }, inject: [here('node-globals.js')],
});
