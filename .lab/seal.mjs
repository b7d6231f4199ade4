// Seals a built site: from then on it is one thing, and what is mixed with another build can be told.
//
//   node .lab/seal.mjs FOLDER
//
// - The page's policy (see index.html) gets the digest of the one script that Trunk writes into the page.
// - The seal, a digest of everything, goes into the page, which names it in the addresses of its workers.
// - `service-worker.js` gets the list of all files with their digests, and keeps the page offline.
// - The engine's loader gets the numbers of its programs' bytes, which no header tells of a packed file.
// A site that was never sealed works as well, but for those; sealing twice is the same as once.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TEMPLATE = fileURLToPath(new URL('./service-worker.js', import.meta.url));
const WORKER = 'service-worker.js';
/** Files that are no part of the page. */
const BESIDE = /^(service-worker\.js|builds\.json|builds\/.*|.*\.md|\..*)$/;
/** What is kept offline only once the page has nothing else to do: other base models, and findings. */
const LATER = /^(models\/(?!standard\/)|findings\/)/;
/** What is kept offline only where it has been used: the engine's program with burn for graphics cards, by far the largest file. */
const IF_USED = /^worker_burn[._]/;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64');

/** All files below a folder, by their paths with slashes, in order. */
function filesBelow(folder) {
  const found = readdirSync(folder, { recursive: true }).map((name) => name.split(path.sep).join('/'));
  return found.filter((name) => !BESIDE.test(name) && statSync(path.join(folder, name)).isFile()).sort();
}

/** The page without what an earlier sealing put into it. */
const unsealed = (html) =>
  html.replace(/\s*<meta name="mores-[^>]*>/g, '').replace(/(<meta http-equiv="Content-Security-Policy"[^>]*>)/, (policy) => policy.replace(/ 'sha256-[^']*'/g, ''));

/** Allows the scripts that stand in the page itself, and no others. */
function withPolicy(html) {
  const inline = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].filter(([, attributes]) => !/\bsrc=/.test(attributes));
  const digests = inline.map(([, , script]) => ` 'sha256-${sha256(script)}'`).join('');
  return html.replace(/(<meta http-equiv="Content-Security-Policy"[^>]*?script-src[^;"]*)/, `$1${digests}`);
}

/** Writes into the engine's loader how large its programs are. */
function tellBytes(folder) {
  const loader = path.join(folder, 'worker_loader.js');
  if (!existsSync(loader)) return;
  const bytes = (program) => `${program}: ${statSync(path.join(folder, `${program}_bg.wasm`)).size}`;
  const line = `const BYTES = { ${['worker', 'worker_burn'].map(bytes).join(', ')} };`;
  writeFileSync(loader, readFileSync(loader, 'utf8').replace(/^const BYTES = .*;$/m, line));
}

/**
 * Seals the site in a folder. `build`: its name for people; `builds`: where, seen from the page, the list of
 * all published builds lies, if there is one. Returns the seal.
 */
export function seal(folder, { build = process.env.MORES_BUILD ?? '', builds = '' } = {}) {
  tellBytes(folder);
  const page = path.join(folder, 'index.html');
  const html = withPolicy(unsealed(readFileSync(page, 'utf8')));
  const files = {};
  for (const name of filesBelow(folder)) {
    const bytes = readFileSync(path.join(folder, name));
    files[name] = [sha256(bytes), bytes.length];
  }
  files['index.html'] = [sha256(html), html.length];
  const mark = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);

  const notes = { 'mores-seal': mark, ...(builds && { 'mores-builds': builds }) };
  const metas = Object.entries(notes).map(([name, content]) => `  <meta name="${name}" content="${content}" />\n  `);
  const sealed = html.replace(/([ \t]*)<\/head>/, (_, indent) => `${indent}${metas.join('')}</head>`);
  if (sealed === html) throw new Error('the page has no head to seal');
  writeFileSync(page, sealed);
  files['index.html'] = [sha256(sealed), Buffer.byteLength(sealed)];

  const head = [`const SEAL = ${JSON.stringify(mark)};`, `const BUILD = ${JSON.stringify(build)};`, `const LATER = ${LATER};`, `const IF_USED = ${IF_USED};`, `const FILES = ${JSON.stringify(files, null, 1)};`];
  writeFileSync(path.join(folder, WORKER), `${head.join('\n')}\n\n${readFileSync(TEMPLATE, 'utf8')}`);
  return mark;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error('usage: seal.mjs FOLDER');
  seal(folder);
}
