// The folder that the browser is served: links to what lies elsewhere, so that nothing is copied or stale.

import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Makes it; `ours` is where wasm-bindgen put the program. Gives its path and `remove()`. */
export async function makeSite(ours) {
  const folder = await mkdtemp(path.join(tmpdir(), 'mores-bench-'));
  const link = (from, name) => symlink(path.resolve(from), path.join(folder, name));
  for (const name of readdirSync(path.join(HERE, 'site'))) await link(path.join(HERE, 'site', name), name);
  await link(path.join(HERE, 'node_modules'), 'peers');
  await link(path.join(HERE, '../../public/models'), 'models');
  await link(ours, 'ours');
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
