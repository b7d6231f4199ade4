// What both benchmarks can be told, in a browser and natively; each adds its own.

import process from 'node:process';
import { parseArgs } from 'node:util';

/** What everybody's usage says of these. */
export const SHARED = `  --models LIST         weak,standard,strong
  --training LIST       sequences of a training step
  --decoding LIST       sequences decoded together
  --rounds N            interleaved rounds of each piece of work, after one that warms up: 5
  --patience SECONDS    a contender whose warm step takes longer is timed by that step alone,
                        and not at all with a larger batch: 20
  --json FILE           where the figures go`;

const TEXTS = ['models', 'training', 'decoding', 'rounds', 'patience', 'only', 'json'];

export const list = (text) => text.split(',').filter(Boolean);
export const numbers = (text) => list(text).map(Number);

const fits = (batch) => [1, 2, 3].includes(batch) || (batch % 4 === 0 && batch > 0 && batch <= 64);
export const counted = (number) => Number.isInteger(number) && number > 0 && number <= 1024;

const FAULTS = [
  [({ training }) => training.every(fits), '--training wants 1 to 4, or multiples of 4 up to 64: a question has 4 candidates'],
  [({ decoding }) => decoding.every(counted), '--decoding wants numbers from 1 to 1024'],
  [({ rounds }) => counted(rounds), '--rounds wants a number'],
  [({ patience }) => patience > 0, '--patience wants seconds'],
  [({ models }) => models.every((model) => ['weak', 'standard', 'strong'].includes(model)), '--models wants weak, standard or strong'],
];

/**
 * The options as they stand, or null when only the usage was asked for or is needed.
 *
 * @param {object} of `usage`; `usual` and `quick`, the values that nobody has to give; `contenders`, the first of
 *   them ours, which always takes part; `texts`, further options that have a value; `more(chosen)`, what they mean;
 *   `faults`, pairs of what has to hold of the result and what is said otherwise.
 */
export function options({ usage, usual, quick, contenders, texts = [], more = () => ({}), faults = [] }) {
  const refuse = (why) => {
    console.error(`lab: ${why}\n\n${usage}`);
    process.exitCode = 2;
    return null;
  };
  const known = { quick: { type: 'boolean' }, help: { type: 'boolean' } };
  for (const name of [...TEXTS, ...texts]) known[name] = { type: 'string' };
  let given;
  try {
    given = parseArgs({ options: known }).values;
  } catch (error) {
    return refuse(error.message);
  }
  if (given.help) {
    console.log(usage);
    return null;
  }
  const chosen = { ...usual, ...(given.quick ? quick : {}), ...given };
  const ids = contenders.map(({ id }) => id);
  const only = chosen.only ? [ids[0], ...list(chosen.only)] : ids;
  const stranger = only.find((id) => !ids.includes(id));
  if (stranger) return refuse(`--only does not know ${stranger}`);
  const result = {
    models: list(chosen.models),
    training: numbers(chosen.training),
    decoding: numbers(chosen.decoding),
    rounds: Number(chosen.rounds),
    patience: Number(chosen.patience),
    contenders: contenders.filter(({ id }) => only.includes(id)),
    json: chosen.json,
    ...more(chosen),
  };
  const fault = [...FAULTS, ...faults].find(([holds]) => !holds(result));
  return fault ? refuse(fault[1]) : result;
}
