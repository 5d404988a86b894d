// Takes the card's words out of the language catalogues: `src/app/cards/words.json`, which is uploaded to HubSpot
// with the card. `--write` writes it; the tests import `extract` and compare.
//
// Runs in the folder of the project, as npm does it.
//
// The card has no Fluent of its own: it takes single-line messages with plain `{ $name }` places only.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

export const LANGUAGES = ['en', 'da'];
const TARGET = 'src/app/cards/words.json';

/** What the card says, beside everything in its own catalogue. */
const FROM_THE_APP = [
  'title',
  'try-again',
  'open-failed',
  'panel-loading',
  'panel-failed',
  'panel-shown',
  'send-from-template',
  'connect',
  'connect-why',
  'reconnect',
  'reconnect-title',
  'reconnect-body',
  'status-draft',
  'status-sending',
  'status-sent',
  'status-viewed',
  'status-partial',
  'status-completed',
  'status-declined',
  'status-voided',
  'status-bounced',
  'status-correct',
  'status-other',
  'error-code-and-id',
  ...[
    'network',
    'bad-request',
    'not-found',
    'not-installed',
    'record-gone',
    'hubspot-missing-scope',
    'hubspot-busy',
    'hubspot-unreachable',
    'too-large',
    'internal',
  ].flatMap((code) => [`error-${code}`, `error-${code}-fix`]),
];

/** Single-line messages of a catalogue. */
function messages(text) {
  const found = {};
  for (const line of text.split('\n')) {
    const match = /^([a-z][a-z0-9-]*) = (.+)$/.exec(line);
    if (match) found[match[1]] = match[2].trim();
  }
  return found;
}

export function extract() {
  const words = {};
  for (const language of LANGUAGES) {
    const own = messages(readFileSync(`locales/${language}/card.ftl`, 'utf8'));
    const folder = `../locales/${language}/`;
    // The settings say some errors in words of their own: the panel's count here.
    let app = messages(readFileSync(`${folder}app.ftl`, 'utf8'));
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ftl'))) {
      app = { ...messages(readFileSync(folder + file, 'utf8')), ...app };
    }
    words[language] = { ...own };
    for (const key of FROM_THE_APP) {
      if (!(key in app)) throw new Error(`${language}: the app's catalogues have no one-line ${key}`);
      words[language][key] = app[key];
    }
  }
  return `${JSON.stringify(words, null, 2)}\n`;
}

if (process.argv.includes('--write')) writeFileSync(TARGET, extract());
