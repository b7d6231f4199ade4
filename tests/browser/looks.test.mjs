// The page looks as it did: pictures at four widths in both themes, compared with those kept in
// `looks/`. What may differ from machine to machine (the engine's own words, seconds) is covered.
//
// `UPDATE_LOOKS=1 ./lab test browser tests/browser/looks.test.mjs` takes the pictures anew; look at
// them before they are kept. Fonts are the system's, so a machine with others can't compare: the
// width of a line of text tells, and the test says that it was left out.

import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { withBrowser } from './lib/browser.mjs';
import { ready } from './lib/run.mjs';
import { opened } from './lib/views.mjs';

const KEPT = fileURLToPath(new URL('./looks/', import.meta.url));
const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));
const UPDATE = process.env.UPDATE_LOOKS === '1';
/** Share of the pixels that may differ: the edge of a letter, not a word. */
const MOST = 0.0005;
const COVERED = ['.colophon p', '.engine', '.why-engine', '.status-count', '[data-varies]'];

const fonts = (page) =>
  page.evaluate(() => {
    const measure = (selector, words) => {
      const line = document.createElement('span');
      line.style.cssText = `position:absolute;white-space:pre;font:20px ${getComputedStyle(document.querySelector(selector)).fontFamily}`;
      line.textContent = words;
      document.body.append(line);
      const wide = line.getBoundingClientRect().width;
      line.remove();
      return Math.round(wide * 10) / 10;
    };
    return [measure('h1', 'A small village learns its manners'), measure('body', 'A small village learns its manners'), measure('body', '一座小村庄')].join(' ');
  });

/** States that an address leads to: a name, the address, what shows that it is there, and what moves. */
const STATES = [
  ['recorded', '', '#recorded', []],
  ['bad-link', '#v1.@@@', '#notices .choose-society', []],
  ['lesson', '#lesson=1', '#lesson-run', []],
];

/** Compares with the picture of that name, or keeps it. Returns what is wrong, if anything is. */
async function compare(name, picture) {
  const file = path.join(KEPT, `${name}.png`);
  if (UPDATE) {
    await mkdir(KEPT, { recursive: true });
    await writeFile(file, picture);
    return null;
  }
  const [is, was] = [PNG.sync.read(picture), PNG.sync.read(await readFile(file))];
  if (is.width !== was.width || is.height !== was.height) return `${name}: ${is.width} x ${is.height} instead of ${was.width} x ${was.height}`;
  const difference = new PNG({ width: is.width, height: is.height });
  const count = pixelmatch(is.data, was.data, difference.data, is.width, is.height, { threshold: 0.15 });
  if (count <= MOST * is.width * is.height) return null;
  await mkdir(RESULTS, { recursive: true });
  await writeFile(path.join(RESULTS, `${name}.png`), picture);
  await writeFile(path.join(RESULTS, `${name}-difference.png`), PNG.sync.write(difference));
  return `${name}: ${count} pixels differ (see tests/browser/results/)`;
}

/** `moving` are parts that show whatever was last on stage. */
async function look(page, name, moving = []) {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(300);
  const mask = [...COVERED, ...moving].map((selector) => page.locator(selector));
  const picture = await page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide', mask, maskColor: '#808080' });
  return compare(name, picture);
}

test('the page looks as it did, at four widths and in both themes', { timeout: 600_000 }, async (t) => {
  const noted = path.join(KEPT, 'fonts.txt');
  await withBrowser({}, async (open) => {
    const wrong = [];
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [1440, 1024, 768, 360]) {
        const page = await opened(open, { colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
        const these = await fonts(page);
        if (UPDATE) {
          await mkdir(KEPT, { recursive: true });
          await writeFile(noted, `${these}\n`);
        } else if ((await readFile(noted, 'utf8')).trim() !== these) {
          t.skip(`this machine has other fonts: ${these}`);
          return;
        }
        wrong.push(await look(page, `first-${width}-${colorScheme}`));
        await page.close();
      }
    }
    for (const [width, colorScheme] of [[1440, 'light'], [360, 'dark']]) {
      const options = { colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' };
      for (const [name, fragment, there, moving] of STATES) {
        const page = await open(fragment, options);
        await ready(page);
        await page.waitForFunction(() => !document.querySelector('.vacant[aria-busy]'));
        await page.waitForSelector(there);
        wrong.push(await look(page, `${name}-${width}-${colorScheme}`, moving));
        await page.close();
      }
      const halted = await opened(open, options);
      await halted.click('#step');
      await halted.waitForFunction(() => window.mores.state().metrics && document.querySelector('#run:not([disabled])') && window.mores.state().phase === 'simulating');
      wrong.push(await look(halted, `paused-${width}-${colorScheme}`, ['.conversation', '.plate']));
      await halted.close();
      const page = await opened(open, { colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce', done: true });
      await page.click('[data-act="2"]');
      await page.waitForSelector('.table-frame table');
      wrong.push(await look(page, `tested-${width}-${colorScheme}`, ['.conversation', '.plate']));
      await page.close();
    }
    assert.deepEqual(wrong.filter(Boolean), []);
  });
});
