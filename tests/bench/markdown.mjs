// Tables that can stand in a README.

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

export const whole = (value) => Math.round(value).toLocaleString('en');

/** With three digits that mean something, or all there are before the point. */
export const fine = (value) => (value >= 100 ? whole(value) : value.toPrecision(3));

/** Rows of cells as Markdown; all but the first `left` columns are numbers. */
export const markdown = ([head, ...rows], left = 3) =>
  [head, head.map((_, place) => (place < left ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
