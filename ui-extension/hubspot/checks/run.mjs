// Bundles the tests (they are TypeScript and JSX) and runs them with Node's own runner.
import { readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = new URL('.', import.meta.url);
const out = fileURLToPath(new URL('../node_modules/.checks/', import.meta.url));
const tests = readdirSync(here).filter((name) => /\.test\.tsx?$/.test(name));
await build({
  entryPoints: tests.map((name) => fileURLToPath(new URL(name, here))),
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  packages: 'external',
  logLevel: 'warning',
});
const files = tests.map((name) => out + name.replace(/\.tsx?$/, '.mjs'));
const project = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=dot', ...files], {
  stdio: 'inherit',
  cwd: project,
});
process.exit(status ?? 1);
