// Whole rounds of societies, played by ours alone: what they cost by phase, and how they grow.
//
// The natively played are `mores bench society`'s, which prints the same phases.

import { fine, markdown } from './markdown.mjs';

/** A round is given up after so many times `--patience`, and not begun if it would take as long. */
const LONGEST = 20;
const SEED = 1;

const reading = ({ drafting, rating, revising }) => drafting.reading + rating.reading + revising.reading;

const PHASES = {
  search: ({ searching }) => searching,
  'read prompts': reading,
  'write drafts': ({ drafting }) => drafting.writing,
  'write ratings': ({ rating }) => rating.writing,
  'write revisions': ({ revising }) => revising.writing,
  embed: ({ embedding }) => embedding,
  'all else': ({ society }) => society,
};

const total = (round) => Object.values(PHASES).reduce((sum, of) => sum + of(round), 0);

/** What a promise gives, or an error that says that it took too long. */
function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), 1000 * seconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** How many times as long as the first contender one needs for a token, as decoding has shown; 1 if it has not. */
function slower(id, first, rows) {
  const rate = (contender, batch) => rows.find((row) => row.work === 'decoding' && row.contender === contender && row.batch === batch)?.tokens_per_second;
  const times = rows.filter((row) => row.contender === id && row.work === 'decoding').map(({ batch }) => rate(first, batch) / rate(id, batch));
  return Math.min(...times.filter(Number.isFinite), times.length ? Infinity : 1);
}

/**
 * Plays a round on grids of these sides, smallest first, with every contender of ours. A row each, with `why`
 * instead of `seconds` where what was measured before foretells that it would take too long: `rows` are those of
 * decoding, and the first contender's rounds come first.
 */
export async function measureSociety(bench, model, contenders, rows, { society, patience, say }) {
  const played = [];
  const longest = LONGEST * patience;
  const ours = contenders.filter(({ library }) => library === 'mores');
  for (const { id, library, device } of society.length ? ours : []) {
    const firsts = new Map(played.map(({ agents, seconds }) => [agents, seconds]));
    let each = 0;
    try {
      await bench('open', id, library, device);
      for (const side of [...society].sort((a, b) => a - b)) {
        const agents = side * side;
        const row = { model, contender: id, agents };
        played.push(row);
        const foretold = each ? each * agents : (firsts.get(agents) ?? 0) * slower(id, ours[0].id, rows);
        if (foretold > longest) {
          row.why = Number.isFinite(foretold) ? `would take about ${fine(foretold)} s` : 'too slow at decoding to be timed';
          continue;
        }
        say(`${model}: ${id} plays ${agents} agents`);
        row.round = await within(longest, bench('society', id, side, SEED));
        row.seconds = total(row.round);
        each = row.seconds / agents;
      }
    } catch (error) {
      played.push({ model, contender: id, why: error.message.split('\n')[0] });
    }
    // Ends it, whatever it is doing.
    await bench('close', id);
  }
  return played;
}

/** The exponent of the power law through `[[size, cost], ..]` that fits best in logarithms: 1 is linear. */
export function growth(points) {
  const logarithms = points.map((point) => point.map(Math.log));
  const mean = (place) => logarithms.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const along = logarithms.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return along / logarithms.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

/** How a contender's rounds grow, in words. */
function grown(rows) {
  const points = rows.filter(({ seconds }) => seconds).map(({ agents, seconds }) => [agents, seconds]);
  if (points.length < 2) return [];
  const [[few, little], [many, much]] = [points[0], points.at(-1)];
  const times = much / many / (little / few);
  return [`${rows[0].model}, ${rows[0].contender}: from ${few} to ${many} agents a round grows as their number to the power ${growth(points).toFixed(2)}; an interaction costs ${times.toFixed(2)} times as much.`];
}

export function societyTable(rows) {
  if (!rows.length) return '';
  const names = Object.keys(PHASES);
  const head = ['model', 'contender', 'agents', 'round, s', 'interactions a second', ...names, 'birth'];
  const body = rows.filter(({ seconds }) => seconds).map(({ model, contender, agents, seconds, round }) => [
    model, contender, agents, fine(seconds), fine(agents / seconds), ...names.map((name) => PHASES[name](round).toFixed(2)), round.birth.toFixed(2),
  ]);
  const players = new Set(rows.map(({ model, contender }) => `${model} ${contender}`));
  const lines = [...players].flatMap((player) => grown(rows.filter(({ model, contender }) => `${model} ${contender}` === player)));
  const missing = rows.filter(({ why }) => why).map(({ model, contender, agents, why }) => `${model}, ${contender}${agents ? `, ${agents} agents` : ''}: ${why}.`);
  const table = body.length ? markdown([head, ...body], 2) : '';
  const parts = [table, [...lines, ...missing].join('\n')].filter(Boolean);
  return `\nA whole round of ours, seconds by phase; birth comes once and is no part of it:\n\n${parts.join('\n\n')}\n`;
}
