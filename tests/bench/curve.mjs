// What a decoded token costs, by how many sequences are decoded together.

import { fine, markdown } from './markdown.mjs';

/** A larger batch that is not this much cheaper a token is no cheaper. */
const CHEAPER = 0.95;

/** The size from which on no larger one makes a token much cheaper, of `[[size, cost], ..]` in order. */
function settles(points) {
  const least = Math.min(...points.map(([, cost]) => cost));
  return points.find(([, cost]) => cost * CHEAPER <= least)[0];
}

/** A row for each model and contender that decoded with two sizes or more; nothing if there is none. */
export function curve(rows, contenders) {
  const decoded = rows.filter((row) => row.work === 'decoding' && row.tokens_per_second);
  const sizes = [...new Set(decoded.map(({ batch }) => batch))].sort((a, b) => a - b);
  const body = [];
  for (const model of new Set(decoded.map((row) => row.model))) {
    for (const { id } of contenders) {
      const own = decoded.filter((row) => row.model === model && row.contender === id);
      const points = own.map((row) => [row.batch, 1e6 / row.tokens_per_second]).sort(([a], [b]) => a - b);
      if (points.length < 2) continue;
      const cells = sizes.map((size) => fine(points.find(([of]) => of === size)?.[1] ?? NaN).replace('NaN', ''));
      const [last] = points.at(-1);
      const end = settles(points);
      body.push([model, id, ...cells, end === last ? `not up to ${last}` : end]);
    }
  }
  if (!body.length) return '';
  const head = ['model', 'contender', ...sizes, 'stops falling at'];
  return `\nMicroseconds a decoded token, by sequences decoded together, and the least of them from which on no more make it 5 % cheaper:\n\n${markdown([head, ...body], 2)}\n`;
}
