// Ours and its peers at the same work, in one session of one browser. `./lab bench browser` runs it.
//
//   node tests/bench/run.mjs OURS [OPTION ..]     OURS: the folder that wasm-bindgen wrote `bench.js` to
//
// Every contender has a worker of its own; they take turns, so that whatever else the machine does
// slows all of them. A peer that computes something else than ours is not measured, and says so.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBrowser } from '../browser/lib/browser.mjs';
import { PACKAGES } from './contenders.mjs';
import { measureModel } from './measure.mjs';
import { options as read } from './options.mjs';
import { makeSite } from './site.mjs';
import { table } from './table.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FILES = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'];

const load = () => loadavg()[0].toFixed(1);

/** A line that the next one replaces, for whoever sits at a terminal; else a line each. */
function say(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (!/round/.test(text)) process.stderr.write(`   ${text}\n`);
}

async function versions(contenders) {
  const found = {};
  for (const { library } of contenders) {
    if (!PACKAGES[library]) continue;
    found[library] = JSON.parse(await readFile(path.join(HERE, 'node_modules', PACKAGES[library], 'package.json'), 'utf8')).version;
  }
  return found;
}

async function main() {
  const ours = process.argv.splice(2, 1)[0];
  const options = read();
  if (!options) return;
  const of = await versions(options.contenders);
  const contenders = options.contenders.map((one) => ({ ...one, version: of[one.library] }));
  const machine = { processor: cpus()[0].model, cores: cpus().length, memory_gb: Math.round(totalmem() / 2 ** 30), load_before: load() };
  const result = { begun: new Date().toISOString(), build: process.env.MORES_BUILD, machine, rounds: options.rounds, patience: options.patience };
  const file = path.resolve(options.json ?? path.join(HERE, 'results', 'browser.json'));
  const keep = async () => {
    Object.assign(machine, { load_after: load() });
    result.finished = new Date().toISOString();
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
  };
  const site = await makeSite(ours);
  try {
    // What a library writes into the console is its own affair.
    await withBrowser({ webgpu: options.adapter === 'system' ? 'system' : true, root: site.folder }, async (open) => {
      const page = await open('', { allow: [/^console error/] });
      await page.waitForFunction(() => window.bench);
      page.setDefaultTimeout(0);
      const bench = (call, ...parts) => page.evaluate(([call, parts]) => window.bench[call](...parts), [call, parts]);
      result.browser = { version: `Chromium ${page.context().browser().version()}`, adapter: await bench('adapter') };
      Object.assign(result, { contenders, opened: {}, alike: {}, rows: [] });
      for (const model of options.models) {
        await bench('model', model, FILES);
        const { opened, alike, rows } = await measureModel(bench, model, contenders, { ...options, say });
        result.opened[model] = opened;
        result.alike[model] = alike;
        result.rows.push(...rows);
        // Kept after each model, because all of them together take hours on a slow adapter.
        await keep();
      }
    });
  } finally {
    await site.remove();
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(table(result));
  console.log(`All figures: ${file}`);
  if (result.rows.some(({ wrong }) => wrong)) process.exitCode = 1;
}

await main();
