// What `./lab bench browser` can be told.

import { fileURLToPath } from 'node:url';
import { SHARED, counted, numbers, options as read } from './arguments.mjs';
import { CONTENDERS } from './contenders.mjs';

const USAGE = `./lab bench browser [--quick] [OPTION ..]

Without options: all models, training with 1, 8 and 24 sequences, decoding with 1, 4, 16, 64, 100 and 400, whole
rounds of 16, 100 and 1024 agents, and five cold starts of the page in dist/.

  --quick               standard model only, batch 8, 16 sequences, 16 agents, two rounds, three starts
${SHARED}: tests/bench/results/browser.json
  --only LIST           ${CONTENDERS.map(({ id }) => id).join(',')} (mores-cpu is always there: it has the inputs)
  --adapter WHICH       software, or system for a graphics card: software
  --society LIST        sides of the grids whose rounds ours plays, 10 for 100 agents; '' for none
  --starts N            cold starts of the built page, if dist/ has one; 0 for none`;

/** The options as they stand, or null when only the usage was asked for or is needed. */
export const options = () =>
  read({
    usage: USAGE,
    usual: { models: 'weak,standard,strong', training: '1,8,24', decoding: '1,4,16,64,100,400', rounds: '5', patience: '20', adapter: 'software', society: '4,10,32', starts: '5' },
    quick: { models: 'standard', training: '8', decoding: '16', rounds: '2', society: '4', starts: '3' },
    contenders: CONTENDERS,
    texts: ['adapter', 'society', 'starts'],
    more: (chosen) => ({ adapter: chosen.adapter, society: numbers(chosen.society), starts: Number(chosen.starts) }),
    faults: [
      [({ adapter }) => ['software', 'system'].includes(adapter), '--adapter wants software or system'],
      [({ society }) => society.every((side) => Number.isInteger(side) && side >= 3 && side <= 32), '--society wants sides from 3 to 32'],
      [({ starts }) => starts === 0 || counted(starts), '--starts wants a number'],
    ],
  });

// Run alone, it only says whether the arguments make sense.
if (process.argv[1] === fileURLToPath(import.meta.url)) options();
