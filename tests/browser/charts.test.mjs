// Charts: read by hand and by keys, taken home as SVG, PNG and CSV, and quick with ten thousand points.
// What is shown is known here beforehand: steps of a training are put on the wire as the engine would
// put them there, and a sweep's file is brought.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready } from './lib/run.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const FIXTURE = fileURLToPath(new URL('fixtures/sweep.json', import.meta.url));
const POINTS = 10_000;
/** The loss of a step, by a rule that is known here too. */
const loss = (step) => Math.fround(0.4 + Math.exp(-step / 2500) + 0.1 * Math.sin(1.7 * step) + (step === 7_777 ? 2 : 0));

const text = (page, selector) => page.locator(selector).innerText();
const chart = (page, id) => page.locator(`[data-chart=${id}]`);

/** No sweep comes with this page, whatever is in dist/. */
const without = (page) => page.route('**/findings/ladder.json', (route) => route.fulfill({ body: '', contentType: 'application/json' }));

/** What the three buttons of a chart save. */
async function taken(page, id) {
  const shown = chart(page, id);
  if (await shown.locator('details[open]').count() === 0) await shown.locator('summary').click();
  const files = {};
  for (const kind of ['SVG', 'PNG', 'CSV']) {
    const download = page.waitForEvent('download');
    await shown.locator(`button[data-file=${kind}]`).click();
    const file = await download;
    assert.equal(file.suggestedFilename(), `${id}.${kind.toLowerCase()}`);
    files[kind] = await readFile(await file.path());
  }
  return files;
}

/** Holds the files of a chart to what they are: gives the SVG's text and the CSV's lines. */
async function sound(page, { SVG, PNG, CSV }, points) {
  const svg = SVG.toString();
  const read = await page.evaluate((svg) => {
    const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    return { name: root.nodeName, fault: root.querySelector('parsererror')?.textContent, title: root.querySelector('title')?.textContent, size: ['width', 'height'].map((name) => Number(root.getAttribute(name))) };
  }, svg);
  assert.deepEqual([read.name, read.fault], ['svg', undefined]);
  assert.ok(read.title.length > 2);
  assert.doesNotMatch(svg, /var\(|NaN/, 'nothing of the page is needed');
  assert.deepEqual([...PNG.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  assert.deepEqual([PNG.readUInt32BE(16), PNG.readUInt32BE(20)], read.size.map((side) => 2 * side), 'a PNG of twice the size');
  assert.ok(PNG.length > 3_000, 'and not an empty one');
  const lines = CSV.toString().trim().split('\n');
  assert.equal(lines.length - 1, points);
  return { svg, lines };
}

/** From now on the page's workers are known, with the head of what the engine says. */
const overhear = (page) =>
  page.addInitScript(() => {
    window.Worker = class extends Worker {
      constructor(...of) {
        super(...of);
        if (!String(of[0]).includes('worker_loader')) return;
        window.engine = this;
        this.addEventListener('message', ({ data }) => {
          window.heard = new Uint8Array(data.buffer ?? data).slice(0, 200);
        });
      }
    };
  });

/** Says to the page what an engine says after training steps: `from` to `to`, of so many. */
const say = (page, losses, from, steps) =>
  page.evaluate(([losses, from, steps]) => {
    const varint = (value) => {
      const bytes = [];
      for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
      return [...bytes, value];
    };
    const single = (value) => [...new Uint8Array(new Float32Array([value]).buffer)];
    // The head: protocol, build (a text), run, sequence; each number in bytes of seven bits.
    let at = 0;
    const skip = () => {
      while (window.heard[at] > 127) at += 1;
      at += 1;
    };
    skip();
    at += 1 + window.heard[at];
    skip();
    skip();
    const head = [...window.heard.slice(0, at)];
    // `Event::Trained` is the 22nd of its kind (src/lab/message.rs).
    const event = (step, loss) =>
      [...head, 21, ...varint(step), 0, ...single(loss), ...single(1), ...single(loss / 2), ...single(0), ...single(Math.abs(loss) * 3), ...single(1e-3), ...varint(64), 0, ...varint(steps), ...single(step / 10)];
    losses.forEach((loss, place) => {
      const bytes = new Uint8Array(event(from + place, loss));
      window.engine.dispatchEvent(new MessageEvent('message', { data: bytes }));
    });
  }, [losses, from, steps]);

/**
 * Says a step ten times a second, from a step on; gives the milliseconds of its processor that the page's
 * main thread took for each: script, style, layout and paint. Of the processor, not of the clock, so that
 * a busy machine is not blamed on the charts.
 */
async function busy(page, first, times) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = async () => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const before = await taken();
  for (let step = first; step < first + times; step += 1) {
    await say(page, [loss(step)], step, 2 * POINTS);
    await page.waitForTimeout(100);
  }
  const after = await taken();
  await devtools.detach();
  return (1000 * (after - before)) / times;
}

const losses = (from, to) => Array.from({ length: to - from + 1 }, (_, place) => loss(from + place));

test('ten thousand points: read, taken home, and drawn again in no time', { timeout: 120_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open();
    await ready(page);
    await overhear(page);
    await page.reload();
    await ready(page);
    await page.click('[data-act="1"]');
    await page.waitForSelector('[data-chart=loss]');
    const bare = await busy(page, 1, 40);
    await say(page, losses(41, POINTS), 41, 2 * POINTS);
    await page.waitForFunction((last) => document.querySelector('.trio output')?.textContent === last, loss(POINTS).toFixed(3));

    // By hand: the values of the step under the pointer, beside it.
    const place = chart(page, 'loss').locator('.chart-place');
    await place.scrollIntoViewIfNeeded();
    const box = await place.boundingBox();
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
    const tip = chart(page, 'loss').locator('.chart-tip');
    const read = async () => {
      const [, step, value] = (await tip.innerText()).match(/step (\d+)[\s\S]*?(-?\d+\.\d+)$/);
      assert.equal(value, loss(Number(step)).toFixed(3), `step ${step}`);
      return Number(step);
    };
    assert.ok(Math.abs((await read()) - 0.3 * 2 * POINTS) < 0.12 * 2 * POINTS, await tip.innerText());
    const words = await tip.boundingBox();
    assert.ok(words.x >= box.x - 1 && words.x + words.width <= box.x + box.width + 1, 'the words are inside the chart');
    await page.mouse.move(box.x + box.width / 2, box.y - 40);
    assert.equal(await tip.innerText(), '', 'and gone with the pointer');

    // By keys: one stop of the Tab key, and the arrows lead from point to point.
    await place.focus();
    await page.keyboard.press('End');
    assert.equal(await read(), POINTS);
    await page.keyboard.press('ArrowLeft');
    assert.equal(await read(), POINTS - 1);
    await page.keyboard.press('PageUp');
    assert.equal(await read(), POINTS - 1 - POINTS / 10);
    await page.keyboard.press('Home');
    assert.equal(await read(), 1);
    assert.equal(await chart(page, 'loss').locator('output').evaluate((output) => output.getAttribute('aria-live') ?? 'implied'), 'implied', 'an output is read out by itself');
    await page.keyboard.press('Escape');
    assert.equal(await tip.innerText(), '');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.closest('[data-chart]')?.dataset.chart + document.activeElement.tagName), 'lossSUMMARY');

    // The peak is in the picture, though most points are not.
    const drawn = await chart(page, 'loss').locator('.chart-drawing .line').first().getAttribute('points');
    const corners = drawn.split(' ').map((corner) => corner.split(',').map(Number));
    assert.ok(corners.length < 3_000, `${corners.length} corners`);
    const heights = corners.map(([, y]) => y).sort((one, other) => one - other);
    assert.ok(heights[1] - heights[0] > 15, 'step 7777 stands out');

    const { lines } = await sound(page, await taken(page, 'loss'), POINTS);
    const [step, value] = lines[7_777].split(',');
    assert.deepEqual([step, Math.fround(Number(value))], ['7777', loss(7_777)]);
    assert.match(await text(page, '[data-chart=loss] .chart-values'), /first 500 of 10000 lines/);
    assert.equal(await page.locator('[data-chart=loss] .chart-values tbody tr').count(), 500);
    await chart(page, 'loss').locator('summary').click();

    // Ten updates a second: what do they cost beyond what they cost when there was next to nothing to draw?
    const full = await busy(page, POINTS + 1, 40);
    t.diagnostic(`main thread for an update: ${full.toFixed(1)} ms with three curves of 10,000 points, ${bare.toFixed(1)} ms with next to none`);
    // The figures are for the README; a machine that does other work is no mistake of the charts, a long task is.
    assert.ok(full - bare < 50, `the charts hold the page up: ${full - bare} ms`);
  });
});

test('methods of a sweep: a plane, the same seed by seed, and nothing for axe', { timeout: 90_000 }, async () => {
  const body = await readFile(FIXTURE, 'utf8');
  const sweep = JSON.parse(body);
  await withBrowser({}, async (open) => {
    for (const [width, colorScheme, locale] of [[1280, 'light', 'en'], [360, 'dark', 'zh-Hans']]) {
      const page = await open('', { viewport: { width, height: 800 }, colorScheme, locale });
      await page.route('**/findings/ladder.json', (route) => route.fulfill({ body, contentType: 'application/json' }));
      await ready(page);
      await page.evaluate(() => document.querySelector('#compare-runs').click());
      await page.waitForSelector('[data-chart=methods] .mark');
      assert.equal(await chart(page, 'methods').locator('.mark').count(), 3);
      // A panel a seed, on the same axes.
      const seeds = chart(page, 'methods-by-seed');
      const names = await seeds.locator('.name').allTextContents();
      assert.deepEqual(names.map((name) => name.replace(/\D/g, '')), ['1', '2']);
      const ticks = await seeds.locator('.tick').allTextContents();
      assert.deepEqual(ticks.slice(0, ticks.length / 2), ticks.slice(ticks.length / 2));

      const place = chart(page, 'methods').locator('.chart-place');
      await place.focus();
      await page.keyboard.press('Home');
      const heard = [];
      for (let key = 0; key < 3; key += 1) {
        heard.push(await chart(page, 'methods').locator('.chart-tip strong').textContent());
        await page.keyboard.press('ArrowRight');
      }
      assert.ok(heard.every((name) => sweep.methods.some((method) => name.endsWith(method.name))), heard.join());
      const { svg } = await sound(page, await taken(page, 'methods'), 3);
      assert.match(svg, /class='front'[^>]*stroke='(#23272e|#ece4d3)'/, "the front, in this theme's ink");
      for (const method of sweep.methods) assert.ok(svg.includes(`${method.name}</text>`), `${method.name} is named in the file`);
      await sound(page, await taken(page, 'methods-by-seed'), 6);
      const over = await page.locator('#runs').evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth);
      assert.ok(over <= 0, `${over} pixels too wide at ${width}`);
      await page.evaluate(await readFile(axe, 'utf8'));
      const found = await page.evaluate(() => window.axe.run('.chart', { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)));
      assert.deepEqual(found, []);
    }
  });
});

test('runs that differ by their seed, a small panel each', { timeout: 180_000 }, async () => {
  const run = { preset: 'mini', engine: 'cpu', society: { size: 3, rounds: 2, memories_at_birth: 6 }, training: { steps: 2 }, testing: { prompts: 1 } };
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await without(page);
    await ready(page);
    for (const seed of [12, 11]) {
      await page.evaluate((run) => window.mores.load(run).then(() => true), { ...run, seed });
      await page.evaluate(() => window.mores.start());
      await finished(page, 80_000);
      await page.evaluate((seed) => window.mores.keep(`Seed ${seed}`), seed);
    }
    await page.click('[data-act="2"]');
    // The test of the run on stage: a bar for every kind of question and model, read one by one.
    const bars = chart(page, 'benchmark');
    await bars.locator('.chart-place').focus();
    await page.keyboard.press('Home');
    assert.match(await bars.locator('.chart-tip').innerText(), /^All questions\s+before \d\.\d\d \(\d\.\d\d–\d\.\d\d\)$/);
    const rows = await bars.locator('.row').count();
    const { lines } = await sound(page, await taken(page, 'benchmark'), 2 * rows);
    assert.match(lines[0], /low.*high/);

    await page.click('#compare-runs');
    const seeds = chart(page, 'seeds');
    await seeds.locator('.line').first().waitFor();
    assert.deepEqual(await seeds.locator('.name').allTextContents(), ['Seed 11', 'Seed 12']);
    const kept = await page.evaluate(() => window.mores.runs());
    const last = (seed) => kept.find((one) => one.config.seed === seed).rounds.at(-1).alignment;
    await seeds.locator('.chart-place').focus();
    await page.keyboard.press('End');
    assert.match(await seeds.locator('.chart-tip').innerText(), new RegExp(`Seed 12 · round 2\\s+${last(12).toFixed(2)}`, 'i'));
    // All runs over each other: four figures, two lines in each, in one file.
    const { svg } = await sound(page, await taken(page, 'runs-curves'), 8);
    assert.equal(svg.match(/class='line'/g).length, 8);
    assert.match(svg, /#06524b[\s\S]*stroke-dasharray='7 3'/, 'told apart by colour and by dash');
  });
});
