// Ours and its peers at the same work, in one session of one browser. `./lab bench browser` runs it.
//
//   node tests/bench/run.mjs OURS [OPTION ..]     OURS: the folder that wasm-bindgen wrote `bench.js` to
//
// Every contender has a worker of its own; they take turns, so that whatever else the machine does
// slows all of them. A peer that computes something else than ours is not measured, and says so.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBrowser } from '../browser/lib/browser.mjs';
import { PACKAGES } from './contenders.mjs';
import { measureModel } from './measure.mjs';
import { options as read } from './options.mjs';
import { Report, say } from './report.mjs';
import { makeSite } from './site.mjs';
import { measureSociety, societyTable } from './society.mjs';
import { built, measureStarts, startsTable } from './starts.mjs';
import { table } from './table.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FILES = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'];

async function versions(contenders) {
  const found = {};
  for (const { library } of contenders) {
    if (!PACKAGES[library]) continue;
    found[library] = JSON.parse(await readFile(path.join(HERE, 'node_modules', PACKAGES[library], 'package.json'), 'utf8')).version;
  }
  return found;
}

/** The contenders at everything, in one browser. */
async function measureAll(page, report, options, contenders) {
  await page.waitForFunction(() => window.bench);
  page.setDefaultTimeout(0);
  const bench = (call, ...parts) => page.evaluate(([call, parts]) => window.bench[call](...parts), [call, parts]);
  report.result.browser = { version: `Chromium ${page.context().browser().version()}`, adapter: await bench('adapter') };
  for (const model of options.models) {
    await bench('model', model, FILES);
    const { opened, alike, rows } = await measureModel(bench, model, contenders, { ...options, say });
    report.add(model, opened, alike, rows);
    await report.keep();
    report.result.society.push(...(await measureSociety(bench, model, contenders, rows, { ...options, say })));
    await report.keep();
  }
}

async function main() {
  const ours = process.argv.splice(2, 1)[0];
  const options = read();
  if (!options) return;
  const of = await versions(options.contenders);
  const contenders = options.contenders.map((one) => ({ ...one, version: of[one.library] }));
  const about = { rounds: options.rounds, patience: options.patience, contenders, society: [], starts: [] };
  const report = new Report(options.json ?? path.join(HERE, 'results', 'browser.json'), about);
  const { result } = report;
  if (options.starts && built()) {
    result.starts = await measureStarts(options.starts, say);
    await report.keep();
  }
  const site = await makeSite(ours);
  try {
    // What a library writes into the console is its own affair.
    await withBrowser({ webgpu: options.adapter === 'system' ? 'system' : true, root: site.folder }, async (open) => {
      await measureAll(await open('', { allow: [/^console error/] }), report, options, contenders);
    });
  } finally {
    await site.remove();
  }
  const where = `${result.browser.version}, WebGPU on ${result.browser.adapter ?? 'no adapter'}`;
  const starts = result.starts.length ? startsTable(result.starts) : options.starts ? '\nNo cold starts: dist/ has no page (./lab build).\n' : '';
  report.print(table(result, { where, threads: 1 }) + societyTable(result.society) + starts);
}

await main();
