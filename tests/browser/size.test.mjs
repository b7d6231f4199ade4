// Size budgets of what a visitor downloads: gzip as a static host sends it (level 6).
// The page's budget also holds the rule that there is no burn in it.
//
// What helped the page, in kB gzip, when it stood at 409 (November 2026):
// - 58: `--cfg erase_components` in .cargo/config.toml;
// - 35: doing without what drags incompressible tables along: `str::parse::<f64>`, writing JSON with
//   numbers in it, lower and upper case of all scripts, sine, cosine, logarithms.
// What did not help: wasm-opt twice, `--converge`, `--merge-similar-functions`, `--flatten`, `--gufa`,
// newer binaryen, -Os or -O3 there (each within 2 kB). The village's texts are not in the page: only
// what the engine calls reads them.
//
// What helped the engine, in kB gzip, when its one program stood at 4,717 (wasm-opt -O1 throughout):
// - 3,189 for whoever computes on the processor: a program of its own, without burn's WebGPU (1,528 left);
// - about 1,550 of the one with WebGPU too (3,430 before): kernels of our own without burn's back end, which brings all of
//   wgpu and its WebGL; the other program, with burn for cards, is fetched for rewards on a card alone;
// - 145 of that one, and about 1,300 of the other: the profile `worker` in Cargo.toml (opt-level "z" for
//   what is called rarely, fat LTO, one codegen unit). What computes stays at 3.
//
// What helped the first file, when all in one stood at 447:
// - 112: what is not seen at first in files of its own (src/ui/surface.rs, .lab/split.mjs), all of them
//   fetched right after; together the files are 30 larger than the one;
// - 35: their texts with them (`Opening` in src/ui/text), and the four acts;
// - 66: `window.mores`, run files and writing links, all that reads or writes JSON.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DIST } from './lib/browser.mjs';

const BUDGETS = [
  { name: 'page', pattern: /^page-[0-9a-f]+_bg\.wasm$/, bytes: 340_000 },
  { name: 'settings', pattern: /^page-[0-9a-f]+_settings\.wasm$/, bytes: 80_000 },
  { name: 'later part', pattern: /^page-[0-9a-f]+_later\.wasm$/, bytes: 250_000 },
  { name: 'runs', pattern: /^page-[0-9a-f]+_runs\.wasm$/, bytes: 120_000 },
  { name: 'kept', pattern: /^page-[0-9a-f]+_kept\.wasm$/, bytes: 70_000 },
  { name: 'library', pattern: /^page-[0-9a-f]+_library\.wasm$/, bytes: 60_000 },
  { name: 'vote', pattern: /^page-[0-9a-f]+_vote\.wasm$/, bytes: 90_000 },
  { name: 'share', pattern: /^page-[0-9a-f]+_share\.wasm$/, bytes: 60_000 },
  { name: 'lessons', pattern: /^page-[0-9a-f]+_lessons\.wasm$/, bytes: 120_000 },
  { name: 'pieces that several share', pattern: /^page-[0-9a-f]+_shared\.wasm$/, bytes: 300_000 },
  { name: 'painter', pattern: /^painter_bg\.wasm$/, bytes: 50_000 },
  { name: 'worker', pattern: /^worker_bg\.wasm$/, bytes: 2_500_000 },
  { name: 'worker with burn for cards', pattern: /^worker_burn_bg\.wasm$/, bytes: 4_000_000 },
];

for (const { name, pattern, bytes } of BUDGETS) {
  test(`the ${name}'s wasm is at most ${bytes / 1000} kB gzip`, async (t) => {
    const files = (await readdir(DIST)).filter((file) => pattern.test(file));
    assert.equal(files.length, 1, `one file of the pattern ${pattern} in dist/, not: ${files}`);
    const size = gzipSync(await readFile(path.join(DIST, files[0])), { level: 6 }).length;
    t.diagnostic(`${files[0]}: ${size} bytes gzip, ${((100 * size) / bytes).toFixed(0)} % of the budget`);
    assert.ok(size <= bytes, `${files[0]} is ${size} bytes gzip`);
  });
}
