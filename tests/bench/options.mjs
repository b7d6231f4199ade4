// What `./lab bench browser` can be told.

import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CONTENDERS } from './contenders.mjs';

const USAGE = `./lab bench browser [--quick] [OPTION ..]

  --quick               standard model only, batch 8, 16 sequences, two rounds
  --models LIST         weak,standard,strong
  --training LIST       sequences of a training step: 1,8,24
  --decoding LIST       sequences decoded together: 1,16,100,400
  --rounds N            interleaved rounds of each piece of work, after one that warms up: 5
  --patience SECONDS    a contender whose warm step takes longer is timed by that step alone,
                        and not at all with a larger batch: 20
  --only LIST           ${CONTENDERS.map(({ id }) => id).join(',')} (mores-cpu is always there: it has the inputs)
  --adapter WHICH       software, or system for a graphics card: software
  --json FILE           where the figures go: tests/bench/results/browser.json`;

const OPTIONS = {
  quick: { type: 'boolean' },
  help: { type: 'boolean' },
  models: { type: 'string' },
  training: { type: 'string' },
  decoding: { type: 'string' },
  rounds: { type: 'string' },
  patience: { type: 'string' },
  only: { type: 'string' },
  adapter: { type: 'string', default: 'software' },
  json: { type: 'string' },
};

const list = (text) => text.split(',').filter(Boolean);
const numbers = (text) => list(text).map(Number);

/** The options as they stand, or null when only the usage was asked for or is needed. */
export function options() {
  let given;
  try {
    given = parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    console.error(`lab: ${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
  if (given.help) {
    console.log(USAGE);
    return null;
  }
  const usual = given.quick
    ? { models: 'standard', training: '8', decoding: '16', rounds: '2', patience: '20' }
    : { models: 'weak,standard,strong', training: '1,8,24', decoding: '1,16,100,400', rounds: '5', patience: '20' };
  const chosen = { ...usual, ...given };
  const only = chosen.only ? ['mores-cpu', ...list(chosen.only)] : CONTENDERS.map(({ id }) => id);
  const result = {
    quick: Boolean(given.quick),
    models: list(chosen.models),
    training: numbers(chosen.training),
    decoding: numbers(chosen.decoding),
    rounds: Number(chosen.rounds),
    patience: Number(chosen.patience),
    contenders: CONTENDERS.filter(({ id }) => only.includes(id)),
    adapter: chosen.adapter,
    json: chosen.json,
  };
  const fits = (batch) => [1, 2, 3].includes(batch) || (batch % 4 === 0 && batch > 0 && batch <= 64);
  const counted = (number) => Number.isInteger(number) && number > 0 && number <= 1024;
  const fault =
    (!result.training.every(fits) && '--training wants 1 to 4, or multiples of 4 up to 64: a question has 4 candidates') ||
    (!result.decoding.every(counted) && '--decoding wants numbers from 1 to 1024') ||
    (!counted(result.rounds) && '--rounds wants a number') ||
    (!['software', 'system'].includes(result.adapter) && '--adapter wants software or system') ||
    (!(result.patience > 0) && '--patience wants seconds') ||
    (!result.models.every((model) => ['weak', 'standard', 'strong'].includes(model)) && '--models wants weak, standard or strong');
  if (!fault) return result;
  console.error(`lab: ${fault}\n\n${USAGE}`);
  process.exitCode = 2;
  return null;
}

// Run alone, it only says whether the arguments make sense.
if (process.argv[1] === fileURLToPath(import.meta.url)) options();
