// Runs side by side: two runs are kept and compared, what is shown is counted again here, taken home
// and read again, and survives a reload. And a sweep's file: shown, sorted, opened, or refused in a
// sentence.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready, state } from './lib/run.mjs';

const SMALL = {
  preset: 'mini',
  seed: 11,
  engine: 'cpu',
  society: { size: 3, rounds: 2, memories_at_birth: 6 },
  training: { steps: 3 },
  testing: { prompts: 3 },
};
const FIXTURE = fileURLToPath(new URL('fixtures/sweep.json', import.meta.url));
const NAME = 'DPO, "three" <b>steps</b>';

const text = (page, selector) => page.locator(selector).innerText();
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** No sweep comes with this page, whatever is in dist/. */
const without = (page) => page.route('**/findings/ladder.json', (route) => route.fulfill({ body: '', contentType: 'application/json' }));

async function play(page, run) {
  await page.evaluate((run) => window.mores.load(run).then(() => true), run);
  await page.evaluate(() => window.mores.start());
  await finished(page, 120_000);
}

async function compare(page) {
  await page.click('#compare-runs');
  await page.waitForSelector('#runs[open] #runs-shelf');
}

/** What a click on a button saves. */
async function saved(page, button) {
  const download = page.waitForEvent('download');
  await page.click(button);
  return readFile(await (await download).path(), 'utf8');
}

/** The cells of comma-separated lines. */
const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);

/** Alignment of every answer of the trained model, suite by suite, from a kept run. */
const ratings = (run) => run.tests.filter((suite) => suite.model === 'Trained').map((suite) => suite.each.split(' ').map((word) => Number(word[0])));

test('two runs are kept, compared and taken home', { timeout: 240_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await without(page);
    await ready(page);
    // Nothing is there to be kept yet, and the sheet says how to begin.
    await assert.rejects(page.evaluate(() => window.mores.keep()), /can be kept when it is done/);
    await compare(page);
    assert.match(await text(page, '#runs-shelf'), /Nothing is kept yet/);
    await page.keyboard.press('Escape');

    await play(page, SMALL);
    await page.click('#keep-run');
    await page.waitForFunction(() => document.querySelector('.keep-row')?.innerText.includes('Kept as “Run 1 · SA-CPO · seed 11”'));
    await play(page, { ...SMALL, training: { steps: 3, objective: 'Dpo' } });
    assert.equal(await page.evaluate((name) => window.mores.keep(name), NAME), NAME);

    const runs = await page.evaluate(() => window.mores.runs());
    assert.deepEqual(runs.map((run) => run.name), ['Run 1 · SA-CPO · seed 11', NAME]);
    assert.equal(runs[0].training.length, 3);
    assert.deepEqual(new Set(ratings(runs[0]).map((suite) => suite.length)), new Set([3]));
    t.diagnostic(`a kept run has ${JSON.stringify(runs[0]).length} bytes`);

    await compare(page);
    const differ = await text(page, '#runs-differ');
    assert.match(differ, /training\.objective: prefer the best known answer/);
    assert.match(differ, /training\.objective: DPO/);
    assert.doesNotMatch(differ, /seed:|steps:/, 'what is the same is not listed');

    // The paired difference in alignment, counted in the plainest way.
    const [one, two] = runs.map(ratings);
    const wanted = mean(two.map((suite, at) => mean(suite.map((rating, prompt) => rating - one[at][prompt]))));
    const rows = page.locator('.runs-table tbody tr');
    assert.equal(await rows.count(), 3, 'the model before training and both runs');
    const paired = await rows.nth(2).locator('td').first().locator('.paired').first().innerText();
    const shown = Number.parseFloat(paired.match(/[+−]?\d+\.\d+/)[0].replace('−', '-'));
    assert.ok(Math.abs(shown - wanted) < 0.0051, `${paired} and ${wanted}`);
    assert.match(paired, /p [=≤] 0?\.?\d/);
    assert.equal(await text(page, '#runs-uneven'), '', 'both were asked the same questions');
    assert.equal(await rows.nth(1).locator('.paired').count(), 0, 'a run is not compared with itself');
    await page.selectOption('#runs-reference', '0');
    assert.equal(await rows.nth(1).locator('.paired').count(), 6, 'now with its own model before');
    assert.equal(await page.locator('[data-chart=runs-plane] .mark').count(), 3);
    assert.equal(await page.locator('[data-chart=runs-curves] .name').count(), 4);
    assert.equal(await page.locator('.runs-bars tbody tr').count(), 10);
    await page.check('#runs-bars input >> nth=2');
    assert.match(await text(page, '.runs-bars tbody tr >> nth=0'), /\d+\.\d/);

    // What is taken home can be read.
    const lines = (await saved(page, '#take-runs-csv')).trim().split('\n').map(cells);
    assert.deepEqual([...new Set(lines.map((line) => line.length))], [12]);
    const head = lines[0];
    const rowsOf = (wanted) => lines.filter((line) => Object.entries(wanted).every(([name, value]) => line[head.indexOf(name)] === value));
    assert.equal(rowsOf({ run: NAME, objective: 'Dpo', figure: 'loss' }).length, 3);
    assert.equal(rowsOf({ run: runs[0].name, model: 'trained', figure: 'bad', against: '' }).length, 11);
    assert.equal(rowsOf({ against: 'base', figure: 'alignment' }).length, 2);
    const [first] = rowsOf({ run: runs[0].name, model: 'trained', suite: 'all', figure: 'alignment', against: '' });
    assert.ok(Math.abs(first[head.indexOf('value')] - mean(one.map(mean))) < 1e-4);
    const markdown = await saved(page, '#take-runs-markdown');
    const table = markdown.split('\n').filter((line) => line.startsWith('|'));
    assert.equal(new Set(table.slice(0, 5).map((line) => line.split('|').length)).size, 1, markdown);

    // Names are edited, one run is left out, and all of it survives a reload.
    await page.fill('#runs-shelf input[type=text] >> nth=0', 'anchored');
    await page.keyboard.press('Tab');
    await page.uncheck('#runs-shelf input[type=checkbox] >> nth=1');
    assert.match(await text(page, '#runs-differ'), /There is one run/);
    await page.waitForFunction(() => window.mores.runs().then(([run]) => run.name === 'anchored'));
    await page.reload();
    await ready(page);
    await compare(page);
    await page.waitForSelector('.shelf li >> nth=1');
    const names = () => page.locator('.shelf input[type=text]').evaluateAll((fields) => fields.map((field) => field.value));
    assert.deepEqual(await names(), ['anchored', NAME]);

    // Deleted, and back; deleted for good.
    await page.click('.shelf li:first-child button >> nth=1');
    assert.match(await text(page, '.shelf-deleted'), /“anchored” is deleted/);
    assert.deepEqual(await names(), [NAME]);
    await page.waitForFunction(() => document.activeElement?.id === 'runs-undo');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.shelf li >> nth=1');
    assert.deepEqual(await names(), ['anchored', NAME]);
    await page.click('.shelf li:last-child button >> nth=1');
    await page.waitForFunction(() => document.querySelectorAll('.shelf li').length === 1);
    await page.reload();
    await ready(page);
    await page.waitForFunction(() => window.mores.runs().then((runs) => runs.length === 1));

    // Its link brings its settings back, and the sheet makes room.
    await compare(page);
    await page.click('.shelf li:first-child button >> nth=0');
    await page.waitForFunction(() => window.mores.state().config?.training.steps === 3);
    assert.equal(await page.locator('#runs[open]').count(), 0);

    // A run on stage is not thrown away unasked.
    await play(page, { ...SMALL, training: { steps: 3, objective: 'Kto' }, testing: { prompts: 2 } });
    await page.evaluate(() => window.mores.keep('shorter'));
    await compare(page);
    assert.match(await text(page, '#runs-uneven'), /different numbers of questions: 30, 20\./);
    await page.click('.shelf li:first-child button >> nth=0');
    await page.waitForSelector('.notice button:text("Load them")');
    assert.equal((await state(page)).phase, 'done');
    await page.click('.notice button:text("Keep this run")');

    // On a narrow dark screen in Chinese nothing is wider than the screen.
    await page.setViewportSize({ width: 360, height: 800 });
    await page.selectOption('#language', 'zh-Hans');
    await page.selectOption('#theme', 'dark');
    await compare(page);
    await page.waitForSelector('.runs-table');
    assert.match(await text(page, '#runs'), /运行并排比较[\s\S]*不同之处[\s\S]*结果/);
    assert.equal(await page.evaluate(() => document.querySelector('#runs').scrollWidth - document.querySelector('#runs').clientWidth), 0);
  });
});

test('where the browser keeps nothing, a run stays until the page is closed', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await open();
    await without(page);
    await ready(page);
    await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
    await page.reload();
    await ready(page);
    await play(page, { ...SMALL, society: { ...SMALL.society, rounds: 1 }, testing: { prompts: 1 } });
    await assert.rejects(page.evaluate(() => window.mores.keep('here')), /only until this page is closed.*keeps nothing/);
    const runs = await page.evaluate(() => window.mores.runs());
    assert.deepEqual(runs.map((run) => run.name), ['here']);
    await compare(page);
    assert.match(await text(page, '#runs-trouble'), /only until this page is closed/);
  });
});

/** Lets go of a file over the page. */
const drop = (page, name, body) =>
  page.evaluate(([name, body]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([body], name, { type: 'application/json' }));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, [name, body]);

test("a sweep's file is shown, sorted and run, and a damaged one is refused in a sentence", { timeout: 60_000 }, async () => {
  const body = await readFile(FIXTURE, 'utf8');
  const sweep = JSON.parse(body);
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await page.route('**/findings/ladder.json', (route) => route.fulfill({ body, contentType: 'application/json' }));
    await ready(page);
    // Dropped on the page itself, it opens the sheet; the one that ships is there too.
    await drop(page, 'mine.json', body);
    await page.waitForSelector('#sweep-brought .ladder');
    await page.waitForSelector('#sweep-shipped .ladder');
    assert.match(await text(page, '#sweep-brought > h4'), /mine\.json/);
    const part = page.locator('#sweep-brought');
    const methods = () => part.locator('.ladder tbody th > b').allInnerTexts();
    assert.deepEqual(await methods(), sweep.methods.map((method) => method.name));
    assert.equal(await part.locator('.ladder tbody th >> nth=1').locator('small').first().innerText(), sweep.methods[1].about);
    const cell = part.locator('.ladder tbody td').first();
    assert.deepEqual(await Promise.all(['b', 'em', 'small'].map((part) => cell.locator(part).innerText())), ['5.40', 'best', '5.20–5.60']);
    await part.locator('.ladder thead button >> nth=1').click();
    assert.deepEqual(await methods(), ['dpo', 'sa-cpo', 'sft-best'], 'the most engaging first');
    assert.equal(await part.locator('.ladder thead th[aria-sort=descending]').count(), 1);
    await part.locator('.ladder thead button >> nth=2').click();
    assert.deepEqual(await methods(), ['sa-cpo', 'dpo', 'sft-best'], 'fewer bad answers first, and last what has none');
    await part.locator('#sweep-suite').selectOption({ index: 1 });
    assert.deepEqual(await part.locator('.ladder thead button').allInnerTexts(), ['Alignment', 'Bad answers']);
    assert.equal(await part.locator('[data-chart=methods] .mark').count(), 3);
    assert.equal(await part.locator('.plane-key em').count(), 2);
    await part.locator('#sweep-scatter input >> nth=1').check();
    assert.match(await part.locator('[data-chart=methods] .chart-place').getAttribute('aria-label'), /^Bad under attack · Needless refusals\./);

    // Claims: a known one in the page's words, an unknown one in the file's own.
    const claims = part.locator('.claim-list li');
    assert.equal(await claims.count(), sweep.claims.length);
    assert.match(await claims.nth(0).innerText(), /better than copying[\s\S]*the paper[\s\S]*replicated[\s\S]*\+0\.60[\s\S]*\+0\.30 to \+0\.90/);
    assert.match(await claims.nth(1).innerText(), /undecided[\s\S]*−6\.00 points[\s\S]*<i>too<\/i>/);
    assert.match(await claims.nth(2).innerText(), /moon is cheese[\s\S]*the opposite[\s\S]*an unknown name/);
    assert.deepEqual(await Promise.all([0, 1, 2].map((at) => claims.nth(at).locator('button').count())), [2, 1, 1]);

    // Damaged, unknown or newer: one sentence, and what was shown stays.
    for (const [name, broken, sentence] of [
      ['cut.json', body.slice(0, 500), /“cut\.json” can't be shown: it is damaged/],
      ['other.json', body.replace('mores-sweep', 'shopping'), /its format is “shopping”/],
      ['newer.json', body.replace('"version": 1', '"version": 9'), /it has version 9/],
    ]) {
      await page.setInputFiles('#sweep-file', { name, mimeType: 'application/json', buffer: Buffer.from(broken) });
      await page.waitForFunction((name) => document.querySelector('#sweep-trouble').innerText.includes(name), name);
      assert.match(await text(page, '#sweep-trouble'), sentence);
      assert.equal(await part.locator('.ladder').count(), 1);
    }
    await page.setInputFiles('#sweep-file', FIXTURE);
    await page.waitForFunction(() => document.querySelector('#sweep-trouble').innerText === '');

    await claims.nth(0).locator('button >> nth=1').click();
    await page.waitForFunction(() => window.mores.state().config?.training.objective === 'Dpo');
    assert.equal((await state(page)).config.seed, 11);
    assert.equal(await page.locator('#runs[open]').count(), 0);
  });
});
