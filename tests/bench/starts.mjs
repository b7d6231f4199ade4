// From the address to the first interaction, on the built page, with a browser that has never seen it.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { DIST, withBrowser } from '../browser/lib/browser.mjs';
import { markdown, median } from './markdown.mjs';

/** What is waited for, in seconds from the address on, in this order. */
const MOMENTS = {
  painted: 'something is seen',
  able: 'Run can be pressed',
  drafted: 'the first answer is there',
  interaction: 'the first interaction is complete',
};

export const built = () => existsSync(path.join(DIST, 'index.html'));

/** In the page: presses Run as soon as it can be, and notes when. Loops, because nothing tells when that is. */
async function press() {
  const now = () => performance.now() / 1000;
  const times = {};
  const runnable = () => {
    const { engine, config, phase } = window.mores?.state() ?? {};
    return engine && config && phase === 'idle' && document.querySelector('#run:not([disabled])');
  };
  while (!runnable()) await new Promise((resolve) => setTimeout(resolve, 5));
  times.able = now();
  times.engine = window.mores.state().engine;
  const heard = new Promise((resolve, reject) => {
    window.mores.on('*', ({ event, message }) => {
      if (event === 'drafted' || event === 'interaction') times[event] ??= now();
      if (event === 'interaction') resolve();
      if (event === 'failure') reject(new Error(message));
    });
  });
  document.querySelector('#run').click();
  await heard;
  times.painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime / 1000;
  return times;
}

/** Starts the page so many times, each in a browser of its own. Without WebGPU, so that the CPU engine computes. */
export async function measureStarts(count, say) {
  const starts = [];
  // The first one, which is not counted, is also what makes the server pack the files.
  for (let start = 0; start <= count; start++) {
    say(`cold starts: ${start === 0 ? 'the files are packed' : `round ${start} of ${count}`}`);
    await withBrowser({}, async (open) => {
      const page = await open('');
      const times = await page.evaluate(press);
      if (start > 0) starts.push(times);
    });
  }
  return starts;
}

export function startsTable(starts) {
  const seconds = (value) => value.toFixed(2);
  const body = Object.entries(MOMENTS).map(([name, said]) => {
    const all = starts.map((times) => times[name]);
    return [said, seconds(median(all)), seconds(Math.min(...all)), seconds(Math.max(...all))];
  });
  const engines = [...new Set(starts.map(({ engine }) => engine))].join(', ');
  return `\nSeconds from the address on, the built page in a browser that has never seen it (${starts.length} starts, engine: ${engines}; from this machine, packed):\n\n${markdown([['until', 'median', 'least', 'most'], ...body], 1)}\n`;
}
