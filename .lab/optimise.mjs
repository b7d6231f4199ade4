// Trunk's hook after a build: adds the files that `split.mjs` took out of the page, and makes all
// WebAssembly files small with `wasm-opt`. Trunk could run that
// program itself, but not do without it where it is missing, and not mend what Debian's and Ubuntu's
// version of it (108) breaks: below 110, it writes every exported table as table 0, so the table of
// JavaScript values that wasm-bindgen exports would be taken for the table of functions. Last, it
// seals the site, when everything that ships is as it will be. The style sheets, one a surface for those who write them, become one
// file, because the first picture waits for each of them.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seal } from './seal.mjs';

// What rustc 1.95 emits by default, and SIMD. Size comes first for the page and its painter; the worker is far too
// large for the passes that only make small things smaller, and it wants speed.
const FEATURES = [
  'bulk-memory',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
  'simd',
].map((feature) => `--enable-${feature}`);
const LEVELS = { page: '-Oz', painter: '-Oz', worker: '-O1' };

const TARGET = process.env.CARGO_TARGET_DIR || 'target';
const EXPORTED_TABLE = 1;
const SECTION = { custom: 0, table: 4, export: 7 };
const PAGE_FILES = path.join(TARGET, 'wasm-bindgen', 'page-files');

/** Reads a module's bytes from left to right. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  skip(count) {
    this.at += count;
  }

  name() {
    const length = this.number();
    this.skip(length);
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  /** Goes to the first entry of a section; returns how many entries it has. */
  section(wanted) {
    this.at = 8;
    while (this.at < this.bytes.length) {
      const id = this.bytes[this.at++];
      const size = this.number();
      if (id === wanted) return this.number();
      this.skip(size);
    }
    return 0;
  }
}

/** The types of a module's tables, and its exported tables: name, index, and where the index stands. */
function tables(bytes, file) {
  const reader = new Reader(bytes);
  const types = [];
  for (let left = reader.section(SECTION.table); left > 0; left--) {
    types.push(bytes[reader.at++]);
    const limits = reader.number();
    reader.number();
    if (limits & 1) reader.number();
  }
  const exported = [];
  for (let left = reader.section(SECTION.export); left > 0; left--) {
    const name = reader.name();
    const kind = bytes[reader.at++];
    const at = reader.at;
    const index = reader.number();
    if (kind === EXPORTED_TABLE) exported.push({ name, index, at });
  }
  if (exported.some(({ index }) => index >= types.length)) throw new Error(`${file} exports a table that it imports`);
  return { types, exported };
}

/** Points each exported table of `after` at the table that has the type it had in `before`. Returns whether any did not. */
function mendTables(before, after, file) {
  const was = tables(before, file);
  const is = tables(after, file);
  let mended = false;
  for (const { name, index, at } of is.exported) {
    const type = was.types[was.exported.find((old) => old.name === name).index];
    if (is.types[index] === type) continue;
    const right = is.types.indexOf(type);
    if (right < 0 || right !== is.types.lastIndexOf(type) || right > 0x7f || after[at] > 0x7f) {
      throw new Error(`wasm-opt broke the table ${name} of ${file}: use version 110 or newer`);
    }
    after[at] = right;
    mended = true;
  }
  return mended;
}

/** Optimises `file` into `result`. */
function optimise(file, result, level) {
  const { status, error, stderr } = spawnSync('wasm-opt', [level, ...FEATURES, file, '-o', result]);
  if (error) throw error;
  // What it says when all is well is only that it does not know every kind of name.
  if (status !== 0) throw new Error(`wasm-opt failed on ${file}: ${stderr}`);
  const after = readFileSync(result);
  const mended = mendTables(readFileSync(file), after, file);
  if (!WebAssembly.validate(after)) throw new Error(`wasm-opt made no valid module of ${file}`);
  if (mended) writeFileSync(result, after);
}

/**
 * Optimises `file` in place. The worker takes most of a minute, so the last result of each file is
 * kept in the target folder, under a digest of everything that went into it.
 */
function optimiseOnce(file, version) {
  const program = path.basename(file, '.wasm').replace(/-[0-9a-f]{8,}/, '');
  const level = LEVELS[program.split('_')[0]];
  const kept = path.join(TARGET, 'optimised', program);
  const digest = createHash('sha256').update(readFileSync(file)).update(readFileSync(import.meta.filename)).update(version);
  const result = path.join(kept, `${digest.digest('hex')}.wasm`);
  if (!existsSync(result)) {
    rmSync(kept, { recursive: true, force: true });
    mkdirSync(kept, { recursive: true });
    const unfinished = `${result}.unfinished`;
    optimise(file, unfinished, level);
    renameSync(unfinished, result);
  }
  copyFileSync(result, file);
}

/** Puts the files that belong to the page beside it. */
function addPageFiles(folder) {
  const page = readdirSync(folder).find((name) => /^page-[0-9a-f]+\.js$/.test(name));
  const [, mark] = readFileSync(path.join(folder, page), 'utf8').match(/"\.\/(page-[0-9a-f]+_)\w+\.wasm"/) ?? [];
  const files = mark ? readdirSync(PAGE_FILES).filter((name) => name.startsWith(mark)) : [];
  if (files.length === 0) throw new Error('the page is in one piece and would not run: build with ./lab');
  for (const name of files) copyFileSync(path.join(PAGE_FILES, name), path.join(folder, name));
}

/** An unsigned LEB128 number. */
const leb = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]);

/** Packs the pieces that several files of the page share into one, a module that has them as its sections. */
function packPieces(folder) {
  const pieces = readdirSync(folder).map((file) => file.match(/^(page-[0-9a-f]+_)(chunk_\d+)\.wasm$/)).filter(Boolean);
  const sections = pieces.map(([file, , name]) => {
    const bytes = readFileSync(path.join(folder, file));
    rmSync(path.join(folder, file));
    const called = [name.length, ...Buffer.from(name)];
    return Buffer.concat([Buffer.from([SECTION.custom, ...leb(called.length + bytes.length), ...called]), bytes]);
  });
  const [, mark] = pieces[0] ?? [];
  if (!mark) throw new Error('no piece of the page is shared: another version of wasm-split-cli?');
  writeFileSync(path.join(folder, `${mark}shared.wasm`), Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), ...sections]));
}

/** Makes one style sheet of all that the page names, in their order. */
function joinStyles(folder) {
  const page = path.join(folder, 'index.html');
  const html = readFileSync(page, 'utf8');
  const links = [...html.matchAll(/[ \t]*<link rel="stylesheet" href="\.\/([\w-]+\.css)"\s*\/>\n?/g)];
  if (links.length === 0) throw new Error('the page names no style sheet');
  // Addresses in a style sheet are relative to it: all of them lie beside the page, and so does the one.
  const style = links.map(([, name]) => readFileSync(path.join(folder, name), 'utf8')).join('\n');
  const name = `style-${createHash('sha256').update(style).digest('hex').slice(0, 16)}.css`;
  writeFileSync(path.join(folder, name), style);
  for (const [, old] of links) rmSync(path.join(folder, old));
  const [first, ...rest] = links.map(([link]) => link);
  writeFileSync(page, rest.reduce((text, link) => text.replace(link, ''), html).replace(first, `    <link rel="stylesheet" href="./${name}" />\n`));
}

addPageFiles(process.env.TRUNK_STAGING_DIR);
joinStyles(process.env.TRUNK_STAGING_DIR);
if (process.env.TRUNK_PROFILE === 'release') {
  const { status, stdout: version } = spawnSync('wasm-opt', ['--version']);
  if (status !== 0) {
    console.log('   without wasm-opt: it all works, the files are larger (sudo apt-get install binaryen, or brew install binaryen)');
  } else {
    const folder = process.env.TRUNK_STAGING_DIR;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.wasm'))) {
      optimiseOnce(path.join(folder, file), version);
    }
  }
}

packPieces(process.env.TRUNK_STAGING_DIR);
seal(process.env.TRUNK_STAGING_DIR);
