// The project as HubSpot's own tools see it: every component recognised, every variable filled in, the card
// built by HubSpot's builder and small. HubSpot's schemas are on its servers: `hs project validate` has the last
// word (docs/LIVE-CHECKS.md).
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { translate } from '@hubspot/project-parsing-lib/translate';
import { remoteBuild } from '@hubspot/ui-extensions-dev-server/build';
import { LANGUAGES, extract } from './words.mjs';

const CARDS = 'src/app/cards';
const BUDGET = 64_000;

interface Node {
  componentType: string;
  config: Record<string, unknown>;
}

async function components(): Promise<Map<string, Node>> {
  const project = JSON.parse(readFileSync('hsproject.json', 'utf8'));
  const { intermediateRepresentation, skippedHsMetaFiles } = await translate(
    { projectSourceDir: join(process.cwd(), project.srcDir), platformVersion: project.platformVersion },
    { profile: 'example', skipValidation: true }
  );
  assert.deepEqual(skippedHsMetaFiles, []);
  return new Map(Object.entries(intermediateRepresentation.intermediateNodesIndexedByUid as Record<string, Node>));
}

test('every component is recognised', async () => {
  const found = [...(await components())].map(([uid, node]) => `${node.componentType} ${uid}`).sort();
  assert.deepEqual(found, [
    'APPLICATION countersign',
    'CARD countersign_card_sidebar',
    'CARD countersign_card_tab',
    'SETTINGS countersign_settings',
    'WEBHOOKS countersign_webhooks',
  ]);
});

test('every variable is filled in from the profile', async () => {
  const all = JSON.stringify([...(await components()).values()].map((node) => node.config));
  assert.ok(!all.includes('${'), all);
  assert.ok(all.includes('https://sign.example.com/oauth/hubspot/callback'));
  assert.ok(all.includes('https://sign.example.com/hubspot/webhooks'));
});

test('the project names no address of its own', () => {
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('-hsmeta.json')) continue;
    assert.doesNotMatch(readFileSync(join('src', file), 'utf8'), /https?:/, file);
  }
});

test('the uploaded card needs the same packages as are checked here', () => {
  const checked = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies;
  for (const folder of [CARDS, 'src/app/settings']) {
    const own = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).dependencies;
    for (const [name, version] of Object.entries(own)) assert.equal(checked[name], version, `${folder} ${name}`);
  }
});

test('the words are those of the catalogues (else: npm run words)', () => {
  assert.equal(readFileSync(`${CARDS}/words.json`, 'utf8'), extract());
});

test('every language has the same words with the same places in them', () => {
  const words = JSON.parse(extract()) as Record<string, Record<string, string>>;
  const places = (text = '') => [...text.matchAll(/\{[^}]*\}/g)].map((match) => match[0]).sort();
  const english = words['en'] ?? {};
  for (const language of LANGUAGES) {
    const other = words[language] ?? {};
    assert.deepEqual(Object.keys(other).sort(), Object.keys(english).sort(), language);
    for (const [key, text] of Object.entries(english)) {
      assert.deepEqual(places(other[key]), places(text), `${language} ${key}`);
      for (const place of places(text)) assert.match(place, /^\{ \$\w+ \}$/, key);
    }
  }
});

test("HubSpot's builder takes the card and the settings page", async () => {
  for (const [folder, entryPoint] of [
    [CARDS, 'DocusignCard.tsx'],
    ['src/app/settings', 'Settings.tsx'],
  ] as const) {
    const outputDir = mkdtempSync(join(tmpdir(), 'card-'));
    await remoteBuild({ root: join(process.cwd(), folder), entryPoint, outputDir, logLevel: 'error' } as never);
    assert.ok(readdirSync(outputDir).some((name) => name.endsWith('.js')), folder);
  }
});

test('our part of the card is at most 64 kB compressed', async () => {
  const { outputFiles } = await build({
    entryPoints: [`${CARDS}/DocusignCard.tsx`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    packages: 'external',
  });
  const size = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  console.log(`the card: ${size} of ${BUDGET} bytes, gzip`);
  assert.ok(size > 0 && size <= BUDGET, String(size));
});
