// Adds a build to the published site, where every build stays under an address of its own.
//
//   node .lab/publish.mjs DIST KEPT SITE BUILD
//
// KEPT is the folder of all published builds, one folder each: the new one is added there, and none is ever
// changed again. SITE is made anew: the newest build at its root, all of them below `builds/`, and
// `builds.json`, which tells the pages of each other. Addresses are relative throughout.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { seal } from './seal.mjs';

/** What a site on GitHub Pages may weigh is 1 GB. */
const MOST_BYTES = 900e6;
const NOTE = 'published.json';

const weight = (folder) =>
  readdirSync(folder, { recursive: true }).reduce((sum, name) => {
    const found = statSync(path.join(folder, name));
    return found.isFile() ? sum + found.size : sum;
  }, 0);

/** The kept builds, newest first. */
function published(kept) {
  const ids = readdirSync(kept).filter((id) => existsSync(path.join(kept, id, NOTE)));
  const all = ids.map((id) => ({ id, date: JSON.parse(readFileSync(path.join(kept, id, NOTE), 'utf8')).date }));
  return all.sort((one, other) => other.date.localeCompare(one.date));
}

/** Publishes `dist` as `build`; returns what `builds.json` says. */
export function publish(dist, kept, site, build, { date = new Date().toISOString(), most = MOST_BYTES } = {}) {
  if (!/^[\w.+-]+$/.test(build)) throw new Error(`a build of the name ${build} has no address`);
  mkdirSync(kept, { recursive: true });
  const place = path.join(kept, build);
  // The same build again may differ in what is not compiled: its own address keeps what was there first.
  if (!existsSync(path.join(place, NOTE))) {
    cpSync(dist, place, { recursive: true });
    seal(place, { build, builds: '../../builds.json' });
    writeFileSync(path.join(place, NOTE), `${JSON.stringify({ date })}\n`);
  }
  rmSync(site, { recursive: true, force: true });
  cpSync(dist, site, { recursive: true });
  seal(site, { build, builds: 'builds.json' });

  let room = most - weight(site);
  const all = published(kept);
  const told = [all.find(({ id }) => id === build), ...all.filter(({ id }) => id !== build)].filter(({ id }) => {
    room -= weight(path.join(kept, id));
    return room >= 0;
  });
  for (const { id } of told) {
    const copy = path.join(site, 'builds', id);
    cpSync(path.join(kept, id), copy, { recursive: true });
    rmSync(path.join(copy, NOTE));
  }
  const list = { newest: build, builds: told };
  writeFileSync(path.join(site, 'builds.json'), `${JSON.stringify(list, null, 1)}\n`);
  return list;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [dist, kept, site, build] = process.argv.slice(2);
  if (!build) throw new Error('usage: publish.mjs DIST KEPT SITE BUILD');
  const { builds } = publish(dist, kept, site, build);
  console.log(`${builds.length} builds published, the newest is ${build}`);
}
