// The figures as a table that can stand in a README.

import { curve } from './curve.mjs';
import { markdown, median, whole } from './markdown.mjs';

const ratio = (value) => `${value.toFixed(2)}x`;

/** Rows of one piece of work, by contender. */
function pieces(rows) {
  const found = new Map();
  for (const row of rows) {
    const key = `${row.model} ${row.work} ${row.batch}`;
    if (!found.has(key)) found.set(key, new Map());
    found.get(key).set(row.contender, row);
  }
  return [...found.values()];
}

/** How many times as fast one is as another: the median of the rounds' ratios, since a round's turns share its weather. */
function against(one, other) {
  if (one.rates.length !== other.rates.length) return one.tokens_per_second / other.tokens_per_second;
  return median(one.rates.map((rate, round) => rate / other.rates[round]));
}

/** Tokens a second, and each of ours against the fastest peer that computes with the same. */
function speeds(rows, contenders, notes) {
  const all = contenders.filter(({ library }) => library === 'mores');
  const head = ['model', 'work', 'batch', ...contenders.map(({ id }) => id), ...all.map(({ id }) => `${id} / best peer`)];
  const note = (why) => {
    if (!notes.includes(why)) notes.push(why);
    return `(${notes.indexOf(why) + 1})`;
  };
  const body = pieces(rows).map((piece) => {
    const any = [...piece.values()][0];
    const rate = ({ id }) => piece.get(id)?.tokens_per_second;
    const cells = contenders.map(({ id }) => (piece.get(id)?.tokens_per_second ? whole(piece.get(id).tokens_per_second) : note(piece.get(id)?.why ?? 'not measured')));
    const ratios = all.map((ours) => {
      const field = contenders.filter(({ device, library }) => device === ours.device && library !== 'mores');
      const peers = field.filter(rate).sort((a, b) => rate(b) - rate(a));
      return rate(ours) && peers.length ? ratio(against(piece.get(ours.id), piece.get(peers[0].id))) : '';
    });
    return [any.model, any.work, any.batch, ...cells, ...ratios];
  });
  return markdown([head, ...body]);
}

/** What a warm step, or a whole batch continued, asks of WebGPU. */
function counts(rows) {
  const counted = rows.filter(({ counts }) => counts?.dispatches);
  if (!counted.length) return '';
  const names = ['dispatches', 'submissions', 'pipelines', 'buffers', 'readbacks'];
  const head = ['model', 'work', 'batch', 'contender', ...names, 'MB allocated', 'MB written', 'pipelines, first time', 'seconds, first time'];
  const mega = (bytes) => (bytes / 1e6).toFixed(1);
  const body = counted.map((row) => [
    row.model, row.work, row.batch, row.contender, ...names.map((name) => whole(row.counts[name])),
    mega(row.counts.allocated), mega(row.counts.written), row.first_counts.pipelines, row.first_seconds.toFixed(1),
  ]);
  return `\nWhat a training step, or a batch continued by 32 tokens, asks of WebGPU once it is warm:\n\n${markdown([head, ...body])}\n`;
}

/** All of it. `where` says what computed, `threads` how many each may use. */
export function table({ machine, rows, contenders, rounds, alike, finished }, { where, threads }) {
  const notes = [];
  const fast = speeds(rows, contenders, notes);
  const first = (row) => rows.find((one) => one.contender === contenders[0].id && one.model === row.model && one.work === row.work && one.batch === row.batch);
  const far = rows.filter(({ losses }) => losses?.length).map((row) => Math.abs(row.losses[0] - first(row).losses[0]));
  const least = Object.values(alike).flatMap((of) => Object.values(of));
  const lines = [
    `${machine.processor}, ${machine.cores} cores, load ${machine.load_before} to ${machine.load_after}; ${where}; ${finished.slice(0, 10)}`,
    `Tokens a second, medians of up to ${rounds} interleaved rounds, ${threads === 1 ? 'one thread' : `${threads} threads`} each. ` +
      contenders.filter(({ version }) => version).map(({ id, version }) => `${id} ${version}`).join(', '),
    '',
    fast,
    '',
    ...notes.map((why, place) => `(${place + 1}) ${why}`),
  ];
  if (far.length) lines.push(`First losses differ from ours by ${Math.max(...far).toExponential(1)} at most.`);
  if (least.length) lines.push(`Of greedy tokens, ${Math.round(100 * Math.min(...least))} % or more are ours.`);
  return `${lines.join('\n')}\n${curve(rows, contenders)}${counts(rows)}`;
}
