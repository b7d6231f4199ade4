// The measuring: contenders take turns at each piece of work, and every turn is kept.

import { median } from './markdown.mjs';

/** Differences that rounding explains: of the first loss, and of the second, which the first update is in. */
const CLOSE = [1e-3, 1e-2];
/** Share of the greedy tokens that have to be the same; a sequence that takes another way once stays on it. */
const ALIKE = 0.75;
/** Seconds that a turn lasts at least, by doing short work several times. */
const TURN = 0.5;
/** How many times as long as `--patience` the first of each may take, in which everything is compiled. */
const FIRST = 4;
/** Sequences of the comparison of what is said. */
const COMPARED = 4;

const seconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;

/** Something to time: how to begin, do and check it. */
const trainingWork = (bench, batch) => ({
  name: 'training',
  batch,
  tokens: batch * 128,
  begin: (id) => bench('train', id, batch),
  once: (id) => bench('step', id),
  /** Why the losses are not those of ours, or null. */
  fault(losses, ours) {
    const far = CLOSE.findIndex((close, step) => !(Math.abs(losses[step] - ours[step]) <= close));
    return far < 0 ? null : `loss ${far + 1} is ${losses[far]}, ours ${ours[far]}`;
  },
});

const decodingWork = (bench, batch) => ({
  name: 'decoding',
  batch,
  tokens: batch * 32,
  begin: async () => {},
  once: (id, round) => bench('decode', id, batch, round, 1),
  fault: () => null,
});

/** Times one piece of work. Gives a row for each contender, measured or with the reason why not. */
async function turns(work, field, { rounds, patience, say }) {
  const rows = [];
  for (const contender of field) {
    const { id } = contender;
    const row = { work: work.name, batch: work.batch, contender: id, rates: [], losses: [] };
    rows.push(row);
    row.why = contender.broken ?? contender.lacks?.[work.name] ?? contender.slow?.[work.name];
    if (row.why) continue;
    try {
      await work.begin(id);
      say(`${work.name} ${work.batch}: ${id} warms up`);
      const first = await work.once(id, 0);
      if (first.seconds > FIRST * patience) {
        row.why = `the first took ${seconds(first.seconds)}: --patience is ${patience} s`;
        contender.slow = { ...contender.slow, [work.name]: row.why };
        continue;
      }
      const warm = await work.once(id, 0);
      row.losses.push(first.loss, warm.loss);
      Object.assign(row, { first_seconds: first.seconds, first_counts: first.counts, counts: warm.counts, warm_seconds: warm.seconds });
      if (warm.seconds > patience) {
        // More of the same would not be faster, nor a larger batch.
        row.rates.push(work.tokens / warm.seconds);
        contender.slow = { ...contender.slow, [work.name]: `took ${seconds(warm.seconds)} with a batch of ${work.batch}: --patience is ${patience} s` };
      }
      row.why = rows[0] === row ? null : work.fault(row.losses, rows[0].losses);
      row.wrong = row.why !== null;
    } catch (error) {
      row.why = error.message.split('\n')[0].replace(/^page\.evaluate: (Error: )?/, '');
      row.wrong = true;
    }
  }
  const able = rows.filter((row) => !row.why);
  for (let round = 1; round <= rounds; round++) {
    // Who goes first takes turns too.
    const order = round % 2 ? able : [...able].reverse();
    for (const row of order) {
      if (row.why || row.warm_seconds > patience) continue;
      say(`${work.name} ${work.batch}: ${row.contender}, round ${round} of ${rounds}`);
      const times = Math.min(20, Math.max(1, Math.round(TURN / row.warm_seconds)));
      let spent = 0;
      try {
        for (let i = 0; i < times; i++) {
          const { seconds, loss } = await work.once(row.contender, round);
          spent += seconds;
          if (loss !== undefined) row.losses.push(loss);
        }
        row.rates.push((times * work.tokens) / spent);
      } catch (error) {
        row.why = error.message.split('\n')[0];
        row.wrong = true;
      }
    }
  }
  for (const row of rows) {
    if (row.rates.length) row.tokens_per_second = median(row.rates);
    row.losses = row.losses.filter((loss) => loss !== undefined).slice(0, 3);
  }
  return rows;
}

/** Whether contenders say the same as ours when they take the likeliest token. Marks those that don't. */
async function compare(bench, field, { patience, say }) {
  const [ours, ...others] = field;
  const said = {};
  const { tokens } = await bench('decode', ours.id, COMPARED, 0, 0);
  for (const contender of others) {
    if (contender.broken || contender.lacks?.decoding) continue;
    say(`${contender.id}: are its tokens ours?`);
    try {
      const { tokens: theirs, seconds: taken } = await bench('decode', contender.id, COMPARED, 0, 0);
      const alike = tokens.filter((token, place) => token === theirs[place]).length / tokens.length;
      said[contender.id] = alike;
      if (alike < ALIKE) contender.lacks = { ...contender.lacks, decoding: `only ${Math.round(100 * alike)} % of its greedy tokens are ours` };
      if (taken > FIRST * patience) contender.slow = { ...contender.slow, decoding: `took ${seconds(taken)} with a batch of ${COMPARED}: --patience is ${patience} s` };
    } catch (error) {
      contender.lacks = { ...contender.lacks, decoding: error.message.split('\n')[0] };
    }
  }
  return said;
}

/** Everything with one model: rows, and how much of what is said agrees. */
export async function measureModel(bench, model, contenders, options) {
  const { training, decoding, say } = options;
  const field = contenders.map((one) => ({ ...one }));
  const opened = {};
  for (const contender of field) {
    say(`${model}: opening ${contender.id}`);
    try {
      opened[contender.id] = await bench('open', contender.id, contender.library, contender.device);
    } catch (error) {
      if (contender === field[0]) throw error;
      contender.broken = error.message.split('\n')[0].replace(/^page\.evaluate: (Error: )?/, '');
    }
  }
  const rows = [];
  for (const batch of training) rows.push(...(await turns(trainingWork(bench, batch), field, options)));
  const alike = decoding.length ? await compare(bench, field, options) : {};
  for (const batch of decoding) rows.push(...(await turns(decodingWork(bench, batch), field, options)));
  for (const { id } of field) await bench('close', id);
  return { opened, alike, rows: rows.map((row) => ({ model, ...row })) };
}
