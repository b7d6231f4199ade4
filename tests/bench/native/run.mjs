// Ours and PyTorch at the same work, in turn. `./lab bench native` runs it.
//
//   node tests/bench/native/run.mjs OURS [OPTION ..]     OURS: the folder of the programs `mores` and `mores-fused`
//
// The measuring is that of the browser's benchmark (`../measure.mjs`): every contender is a process of its own that
// has its own clock, they take turns, and a peer that computes something else than ours is not measured.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureModel } from '../measure.mjs';
import { Report, say } from '../report.mjs';
import { table } from '../table.mjs';
import { options as read } from './options.mjs';
import { start } from './process.mjs';

const PEER = fileURLToPath(new URL('peer.py', import.meta.url));
const RESULTS = fileURLToPath(new URL('../results/native.json', import.meta.url));
const MODELS = fileURLToPath(new URL('../../../public/models', import.meta.url));

/** What `measureModel` asks, with the contenders as processes. */
function session(ours, python, threads) {
  const running = new Map();
  let first = null;
  let known = new Map();
  let model = null;
  /** What ours says once, for everybody: sequences or prompts. */
  const given = async (call, parts) => {
    const key = JSON.stringify([call, parts]);
    if (!known.has(key)) known.set(key, await first.ask(call, parts));
    return known.get(key);
  };
  const does = {
    async open(id, library) {
      const program = library === 'mores' ? start(path.join(ours, id), ['bench', 'served'], threads) : start(python, [PEER, library], threads);
      running.set(id, program);
      const told = await program.ask('open', { model: path.join(MODELS, model) });
      if (id === 'mores') {
        first = program;
        known = new Map();
      }
      return told;
    },
    close(id) {
      running.get(id)?.end();
      running.delete(id);
    },
    train: async (id, batch) => running.get(id).ask('train', { batch, sequences: await given('sequences', { batch }) }),
    step: (id) => running.get(id).ask('step'),
    decode: async (id, batch, round, temperature) =>
      running.get(id).ask('decode', { batch, round, temperature, prompts: await given('prompts', { batch, round }) }),
  };
  return {
    bench: async (call, ...parts) => does[call](...parts),
    opens: (name) => { model = name; },
    end: () => [...running.keys()].forEach(does.close),
  };
}

async function main() {
  const ours = process.argv.splice(2, 1)[0];
  const options = read();
  if (!options) return;
  const report = new Report(options.json ?? RESULTS, { rounds: options.rounds, patience: options.patience, threads: options.threads, contenders: options.contenders });
  const { bench, opens, end } = session(ours, process.env.MORES_PYTHON || 'python3', String(options.threads));
  try {
    for (const model of options.models) {
      opens(model);
      const { opened, alike, rows } = await measureModel(bench, model, options.contenders, { ...options, say });
      report.add(model, opened, alike, rows);
      await report.keep();
    }
  } finally {
    end();
  }
  const { torch } = report.result.opened[options.models[0]] ?? {};
  report.print(table(report.result, { where: torch ? `PyTorch ${torch.version}, eager` : 'no PyTorch', threads: options.threads }));
}

await main();
