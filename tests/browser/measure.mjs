// What a visitor waits for, measured and printed; no test, because a busy machine is no mistake of
// the page's. Serve nothing else meanwhile.
//
//   node tests/browser/measure.mjs            first picture and interaction, responses while the model trains
//   node tests/browser/measure.mjs start [DIST ..]  only the first half; of several sites in turn
//   node tests/browser/measure.mjs lighthouse Lighthouse's scores instead; it has to be there:
//                                             npm --prefix tests/browser install --no-save lighthouse

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DIST, withBrowser } from './lib/browser.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ready } from './lib/run.mjs';
import { serve } from './lib/server.mjs';

const ROUNDS = 5;
const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const summed = (values) => `median ${Math.round(middle(values))} ms, ${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))} ms`;

/** From the address to the stage with people on it, with nothing in the cache, and to the first interaction of the default run. */
async function firstStage(sites) {
  const all = sites.map((root) => ({ root, painted: [], peopled: [], able: [], told: [] }));
  for (let turn = 0; turn < ROUNDS * sites.length; turn++) {
    const { root, painted, peopled, able, told } = all[turn % sites.length];
    await withBrowser({ root }, async (open) => {
      const page = await open('');
      await page.waitForFunction(() => {
        const canvas = document.querySelector('#society');
        if (!canvas?.width) return false;
        const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
        const is = data?.some((part) => part !== 0);
        if (is) window.peopledAt ??= performance.now();
        return is;
      }, null, { polling: 'raf' });
      peopled.push(await page.evaluate(() => window.peopledAt));
      painted.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN));
      await ready(page);
      able.push(await page.evaluate(() => performance.now()));
      // Pressed at once; a visitor who presses it before the engine is there waits no longer than this.
      await page.evaluate(() => {
        window.mores.on('interaction', () => { window.firstAt ??= performance.now(); });
        document.querySelector('#run').click();
      });
      await page.waitForFunction(() => window.firstAt, null, { polling: 20 });
      told.push(await page.evaluate(() => window.firstAt));
    });
  }
  for (const { root, painted, peopled, able, told } of all) {
    if (sites.length > 1) console.log(`${root}:`);
    console.log(`first contentful paint: ${summed(painted)}`);
    console.log(`people on the stage: ${summed(peopled)}`);
    console.log(`engine there, Run can be pressed: ${summed(able)}`);
    console.log(`first interaction of the default run, on the CPU engine: ${summed(told)}`);
  }
}

/** How soon the page answers while the model trains: clicks, keys, typing. */
async function responses() {
  await withBrowser({}, async (open) => {
    const page = await open('');
    await ready(page);
    await page.evaluate(() => {
      window.answered = new Map();
      new PerformanceObserver((list) => {
        for (const { interactionId, duration } of list.getEntries()) {
          if (interactionId) window.answered.set(interactionId, Math.max(duration, window.answered.get(interactionId) ?? 0));
        }
      }).observe({ type: 'event', durationThreshold: 16, buffered: true });
      window.mores.load({ preset: 'village', training: { steps: 400 } });
    });
    await ready(page);
    await page.click('#run');
    await page.waitForFunction(() => window.mores.state().metrics.training.length > 2, null, { timeout: 240_000 });
    let made = 0;
    for (let round = 0; round < 6; round++) {
      for (const act of [0, 1, 2, 3, 1]) {
        await page.click(`[data-act="${act}"]`);
        await page.waitForTimeout(150);
        made += 1;
      }
      await page.focus('#society');
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
        await page.keyboard.press(key);
        await page.waitForTimeout(100);
        made += 1;
      }
      await page.keyboard.press('?');
      await page.waitForTimeout(200);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(150);
      made += 2;
    }
    const phase = await page.evaluate(() => window.mores.state().phase);
    const all = await page.evaluate(() => [...window.answered.values()]);
    const slow = all.sort((a, b) => b - a);
    // Interactions under 16 ms are not told by the browser.
    console.log(`while the model trains (${phase} at the end): ${made} interactions, the slowest ${slow.slice(0, 5).join(', ')} ms; ${slow.filter((one) => one > 100).length} over 100 ms`);
  });
}

/** Lighthouse's scores of the built page from localhost. */
async function lighthouse() {
  const site = await serve(DIST, {});
  const folder = await mkdtemp(path.join(tmpdir(), 'mores-lighthouse-'));
  try {
    for (const preset of ['mobile', 'desktop']) {
      const out = path.join(folder, `${preset}.json`);
      // Never the waiting kind of starting: the server that answers Lighthouse lives in this process.
      try {
        await promisify(execFile)(
          process.execPath,
          [fileURLToPath(new URL('./node_modules/lighthouse/cli/index.js', import.meta.url)), site.url, '--output=json', `--output-path=${out}`,
            '--only-categories=performance,accessibility,best-practices', '--chrome-flags=--headless=new --no-sandbox --disable-quic --no-first-run', '--quiet',
            ...(preset === 'desktop' ? ['--preset=desktop'] : [])],
          { env: { ...process.env, CHROME_PATH: findChromium() } },
        );
      } catch (error) {
        console.log(`lighthouse, ${preset}: it did not run: ${String(error.stderr ?? error).slice(-600)}`);
        continue;
      }
      const { categories, audits } = JSON.parse(await readFile(out, 'utf8'));
      const scores = Object.values(categories).map(({ title, score }) => `${title} ${Math.round(100 * score)}`);
      const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'].map((id) => `${id} ${audits[id]?.displayValue}`);
      console.log(`lighthouse, ${preset}: ${scores.join(', ')} (${times.join(', ')})`);
      const lost = Object.values(audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== 'informative');
      for (const { id, title, displayValue } of lost) console.log(`  ${id}: ${title} ${displayValue ?? ''}`);
    }
  } finally {
    await site.close();
    await rm(folder, { recursive: true });
  }
}

if (process.argv.includes('lighthouse')) {
  await lighthouse();
} else if (process.argv[2] === 'start') {
  await firstStage(process.argv.length > 3 ? process.argv.slice(3) : [DIST]);
} else {
  await firstStage([DIST]);
  await responses();
}
