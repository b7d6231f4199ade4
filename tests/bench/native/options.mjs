// What `./lab bench native` can be told.

import { fileURLToPath } from 'node:url';
import { SHARED, counted, options as read } from '../arguments.mjs';

/** Ours and its peers, and the name by which `peer.py` knows a library; ours is built twice, see Cargo.toml's `fused`. */
export const CONTENDERS = [
  { id: 'mores', library: 'mores', device: 'cpu' },
  { id: 'mores-fused', library: 'mores', device: 'cpu' },
  { id: 'torch', library: 'torch', device: 'cpu' },
  { id: 'transformers', library: 'transformers', device: 'cpu' },
];

const USAGE = `./lab bench native [--quick] [OPTION ..]

Ours and PyTorch in turn, on the processor. Without options: all models, training with 1, 8 and 24 sequences, decoding
with 1, 4, 16, 64, 100 and 400. MORES_PYTHON names a Python that has torch, and transformers for the last contender.

  --quick               standard model only, batch 8, 16 sequences, two rounds
${SHARED}: tests/bench/results/native.json
  --only LIST           ${CONTENDERS.map(({ id }) => id).join(',')} (mores is always there: it has the inputs)
  --threads N           threads of each: 1`;

/** The options as they stand, or null when only the usage was asked for or is needed. */
export const options = () =>
  read({
    usage: USAGE,
    usual: { models: 'weak,standard,strong', training: '1,8,24', decoding: '1,4,16,64,100,400', rounds: '5', patience: '20', threads: '1' },
    quick: { models: 'standard', training: '8', decoding: '16', rounds: '2' },
    contenders: CONTENDERS,
    texts: ['threads'],
    more: (chosen) => ({ threads: Number(chosen.threads) }),
    faults: [[({ threads }) => counted(threads), '--threads wants a number']],
  });

// Run alone, it only says whether the arguments make sense.
if (process.argv[1] === fileURLToPath(import.meta.url)) options();
