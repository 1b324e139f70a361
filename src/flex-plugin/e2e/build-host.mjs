// Real Flex UI and the stage around it, bundled for the browser.
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const HOST = here('../build/e2e/host.js');

/** Flex hands its Conversations client around inside; nothing that it exports takes one. */
const openFlex = { name: 'open-flex', setup: ({ onLoad }) => onLoad({ filter: /twilio-flex\.prod\.js$/ }, async ({ path }) => {
  const flex = await readFile(path, 'utf8');
  const opened = flex.replace('t.FlexModule=l}', 't.FlexModule=window.FlexModule=l}');
  if (opened === flex) throw new Error('This Flex UI is put together in another way: find its FlexModule');
  return { contents: opened, loader: 'js' };
}) };

export const buildHost = () => build({
  entryPoints: [here('host.js')], outfile: HOST, bundle: true, platform: 'browser', format: 'iife', minify: true, logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' }, loader: { '.js': 'jsx', '.png': 'dataurl', '.svg': 'dataurl' },
  alias: { path: 'path-browserify' }, inject: [here('node-globals.js')], plugins: [openFlex],
});
