// Data sets leave the page and come back: every format with the same counts, broken files with their
// line numbers, a large one without a moment in which the page would not answer.

import assert from 'node:assert/strict';
import { mkdtemp, open as openFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready, state } from './lib/run.mjs';

const SMALL = {
  preset: 'mini',
  seed: 11,
  engine: 'cpu',
  society: { size: 3, rounds: 2, memories_at_birth: 6 },
  training: { steps: 0 },
  testing: { prompts: 0 },
};
/** A task longer than this is a moment in which the page does not answer. */
const LONGEST_TASK = 200;
const LARGE_ROWS = 120_000;

let folder;
before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'mores-data-'))));
after(() => rm(folder, { recursive: true, force: true }));

const atHome = (page) => page.getByRole('button', { name: /Take home/ }).first().click();
const text = (page, selector) => page.locator(selector).innerText();
/** The figures of what was brought, by name. */
const facts = (page) =>
  page.$$eval('#brought .facts > div', (all) => Object.fromEntries(all.map((one) => [one.children[0].textContent, one.children[1].textContent])));

/** Brings a file and waits until it is summed up. */
async function bring(page, file) {
  await page.setInputFiles('#data-file', file);
  await page.waitForFunction((name) => document.querySelector('#brought-name')?.textContent === name, path.basename(file), { timeout: 60_000 });
  return facts(page);
}

/** Clicks, and gives what is saved: its name, its path here, and its rows. */
async function taken(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  const name = download.suggestedFilename();
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}-${name}`);
  await download.saveAs(file);
  const words = name.endsWith('.zip') ? '' : await readFile(file, 'utf8');
  const rows = name.endsWith('.jsonl') ? words.trim().split('\n').map((row) => JSON.parse(row)) : name.endsWith('.json') ? JSON.parse(words) : [];
  return { name, file, rows };
}

test('what is taken home is read back with the same counts', { timeout: 180_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1440, height: 1000 } });
    await ready(page);
    await page.evaluate((run) => window.mores.load(run).then(() => true), SMALL);
    await page.evaluate(() => {
      window.record = [];
      window.mores.on('interaction', ({ interaction }) => window.record.push(interaction));
    });
    await page.click('#run');
    await finished(page, 120_000);
    const record = await page.evaluate(() => window.record);
    assert.equal(record.length, 18);
    await atHome(page);

    const mean = (one, when) => (one[`gen_moral_score_${when}`] + one[`gen_engagement_score_${when}`]) / 2;
    const improved = record.filter((one) => mean(one, 'after') > mean(one, 'before') && mean(one, 'after') > 4).length;
    t.diagnostic(`${improved} improved answers`);

    // Each set in each format: rows as in the file.
    const kinds = ['queries with scored responses', 'preferences', 'answers to imitate', 'answers, good or not'];
    for (const [set, name] of ['imitation', 'self-critic', 'realignment', 'mixture'].entries()) {
      await page.selectOption('#data-set', String(set));
      for (const [format, kind] of kinds.entries()) {
        if (set === 2 && improved === 0) continue;
        await page.selectOption('#data-format', String(format));
        const made = await taken(page, '#make-data');
        assert.equal(made.name, `mores-${name}.${format === 0 ? 'json' : 'jsonl'}`);
        assert.ok(made.rows.length > 0);
        const known = await bring(page, made.file);
        t.diagnostic(`${name}, ${kind}: ${known[kind]}`);
        assert.equal(known[kind], `${made.rows.length} rows`);
        assert.match(await text(page, '#brought'), /Every row could be read/);
        if (format === 0) {
          const answers = made.rows.reduce((sum, row) => sum + row.responses.length, 0);
          assert.deepEqual([known.Questions, known.Answers], [String(made.rows.length), String(answers)]);
          const scores = made.rows.flatMap((row) => row.scores);
          assert.equal(known['Mean score'], (scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(2));
        }
      }
    }

    // One format into another: as many preferences as answers that are not the best.
    await page.selectOption('#data-set', '0');
    await page.selectOption('#data-format', '0');
    const authors = await taken(page, '#make-data');
    await bring(page, authors.file);
    await page.selectOption('#convert-format', '1');
    const pairs = await taken(page, '#convert-data');
    const worse = authors.rows.reduce((sum, row) => sum + row.scores.filter((score) => score < Math.max(...row.scores)).length, 0);
    assert.equal(pairs.rows.length, worse);
    await page.selectOption('#convert-format', '0');
    const again = await taken(page, '#convert-data');
    assert.deepEqual(again.rows, authors.rows);

    // Looked through: found where the words are.
    const word = authors.rows[0].query.split(' ').filter((one) => one.length > 4).at(-1);
    await page.fill('#data-search', word.toUpperCase());
    const has = authors.rows.filter((row) => [row.query, ...row.responses].some((one) => one.toLowerCase().includes(word.toLowerCase())));
    await page.waitForFunction((count) => document.querySelector('#data-found').textContent === (count === 1 ? '1 question' : `${count} questions`), has.length);

    // Some questions kept apart come as a zip.
    await page.selectOption('#data-kept', '3');
    assert.equal((await taken(page, '#make-data')).name, 'mores-imitation.zip');
    await page.selectOption('#data-kept', '0');

    // The record in both its forms, and each as a run to look at.
    for (const button of ['#take-record', '#take-memory']) {
      const made = await taken(page, button);
      assert.equal(made.rows.length, 18);
      assert.equal(made.rows[7].draft_answer, record[7].draft_answer);
      const known = await bring(page, made.file);
      assert.deepEqual([known.interactions, known.Answers], ['18 rows', '36']);
      // Its data sets are those of the run.
      assert.equal(await page.locator('#data-source').inputValue(), '1');
      await page.selectOption('#data-set', '0');
      await page.selectOption('#data-format', '0');
      assert.deepEqual((await taken(page, '#make-data')).rows, authors.rows);
      await page.click('#open-brought');
      await page.waitForSelector('#guest');
      const shown = await state(page);
      assert.deepEqual([shown.phase, shown.metrics.interactions, shown.receipt], ['done', 18, null]);
      assert.equal(await page.locator('.mirror tbody tr').count(), 9);
      await page.click('.record-list li button');
      await page.waitForSelector('#inspector[open]');
      assert.match(await text(page, '#inspector-title'), new RegExp(`No. ${record[17].agent_id} .*round 2`));
      assert.equal(await page.locator('#inspector .likely').count(), 0, 'nobody asks this engine about it');
      await page.click('#inspector .close');
      await page.focus('#moment');
      await page.keyboard.press('Home');
      assert.match(await text(page, '.moment-words'), /^(0 of 18|Before)/i);
      assert.match(await text(page, '#status'), /A record that was brought/);
      assert.ok(!(await page.evaluate(() => window.mores.link())).includes('undefined'));
      if (button === '#take-record') {
        // Done again for the second form.
        await page.click('#guest button');
        await page.waitForFunction(() => window.mores.state().phase === 'idle');
        assert.equal(await page.locator('#guest').count(), 0);
        await page.click('#run');
        await finished(page, 120_000);
        await atHome(page);
        await page.click('#forget-data');
      }
    }
  });
});

test('a broken file is told line by line, and nothing is lost', { timeout: 60_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await ready(page);
    await atHome(page);
    const put = async (name, bytes) => {
      const file = path.join(folder, name);
      await writeFile(file, bytes);
      return file;
    };
    const good = '{"prompt": "Why ?", "chosen": "So .", "rejected": "No ."}';
    const bad = Array.from({ length: 150 }, () => 'no row');
    const rows = [good, '{"prompt": 7}', good, '', ...bad, '{"prompt": "cut in the mid'];
    const known = await bring(page, await put('broken.jsonl', rows.join('\n')));
    assert.equal(known.preferences, '2 rows');
    assert.match(await text(page, '#data-broken summary'), /^152 rows are broken and left out$/);
    const lines = await page.locator('#data-broken li').allInnerTexts();
    assert.equal(lines.length, 21);
    assert.match(lines[0], /^Line 2 missing field|^Line 2 /);
    assert.match(lines[1], /^Line 5 it is not a JSON object/);
    assert.equal(lines[20], 'and 132 more');

    const huge = await put('huge.jsonl', '');
    await truncate(huge, 2 ** 31);
    const refused = [
      [await put('empty.json', ''), /empty\.json can't be used\. .*it is empty/],
      [await put('letter.txt', 'Dear all,\nno data here.\n'), /2 rows were tried .* line 1: it is not a JSON object/],
      [await put('picture.json', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255, 254, 10, 0, 255])), /rows were tried/],
      [await put('letters.jsonl', Buffer.concat([Buffer.from('{"prompt": "'), Buffer.from([0xc3, 0x28]), Buffer.from('", "completion": "so"}')])), /unicode/],
      [huge, /huge\.jsonl can't be used\. it has 2147 MB, and a browser can take in 1000 MB/],
    ];
    for (const [file, said] of refused) {
      await page.setInputFiles('#data-file', file);
      await page.waitForFunction((name) => document.querySelector('#data-fault')?.textContent.includes(name), path.basename(file));
      assert.match(await text(page, '#data-fault'), said);
      assert.equal(await text(page, '#brought-name'), 'broken.jsonl', 'what was there before stays');
    }

    // Dropped anywhere: data goes to its place, a run file to its own.
    const drop = (name, words) =>
      page.evaluate(([name, words]) => {
        const data = new DataTransfer();
        data.items.add(new File([words], name));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      }, [name, words]);
    await drop('dropped.json', `[${good}]`);
    await page.waitForFunction(() => document.querySelector('#brought-name')?.textContent === 'dropped.json');
    await drop('run.json', '{"preset": "mini", "seed": 41}');
    await page.waitForFunction(() => window.mores.state().config.seed === 41);
    await drop('note.txt', 'hello');
    await page.waitForFunction(() => /neither a run nor a link/.test(document.querySelector('#notices').textContent));
  });
});

test('a large file is read beside everything else, and can be given up', { timeout: 120_000 }, async (t) => {
  const large = path.join(folder, 'large.jsonl');
  const file = await openFile(large, 'w');
  const answer = 'It depends on who is asked , and on what they have heard before . '.repeat(2);
  let bytes = 0;
  for (let from = 0; from < LARGE_ROWS; from += 10_000) {
    const rows = Array.from({ length: 10_000 }, (_, at) => {
      const row = from + at;
      if (row % 30_000 === 29_999) return '{"query": "cut';
      return JSON.stringify({ query: `Question number ${row >> 1} ?`, responses: [`${answer}${row}`, `${answer}no`, 'No .'], scores: [1 + (row % 7), 3, 2], models: ['good/draft', 'good/revision', 'bad/draft'] });
    });
    const words = `${rows.join('\n')}\n`;
    bytes += Buffer.byteLength(words);
    await file.write(words);
  }
  await file.close();
  assert.ok(bytes > 40e6, `${bytes} bytes`);

  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await ready(page);
    await atHome(page);
    await page.evaluate(() => {
      window.tasks = [];
      new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: 'longtask' });
    });
    // Given up on the way.
    await page.setInputFiles('#data-file', large);
    await page.waitForFunction(() => / [1-9]\d* rows/.test(document.querySelector('#data-progress').textContent), null, { polling: 20 });
    await page.click('#data-cancel');
    await page.waitForFunction(() => document.querySelector('.data-reading').hidden);
    assert.equal(await page.locator('#brought').count(), 0);

    const begun = Date.now();
    await page.setInputFiles('#data-file', large);
    // The page answers meanwhile.
    await page.keyboard.press('?');
    await page.waitForSelector('#help[open]', { timeout: 2_000 });
    await page.keyboard.press('Escape');
    await page.waitForSelector('#brought', { timeout: 60_000 });
    const seconds = (Date.now() - begun) / 1000;
    const tasks = await page.evaluate(() => window.tasks);
    const longest = Math.round(Math.max(0, ...tasks));
    t.diagnostic(`${(bytes / 1e6).toFixed(0)} MB, ${LARGE_ROWS} rows in ${seconds.toFixed(1)} s; ${tasks.length} tasks over 50 ms, the longest ${longest} ms`);
    assert.ok(longest < LONGEST_TASK, `a task of ${longest} ms`);
    const known = await facts(page);
    assert.equal(known['queries with scored responses'], `${LARGE_ROWS - LARGE_ROWS / 30_000} rows`);
    assert.equal(known.Questions, String(LARGE_ROWS / 2));
    assert.match(await text(page, '#data-broken summary'), /^4 rows are broken/);
    assert.match((await page.locator('#data-broken li').allInnerTexts())[0], /^Line 30000 /);
    // Searched, and written anew, by the worker alone.
    await page.fill('#data-search', 'number 777 ?');
    await page.waitForFunction(() => document.querySelector('#data-found').textContent === '1 question');
    await page.selectOption('#convert-format', '3');
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.click('#convert-data')]);
    const saved = path.join(folder, 'large-kto.jsonl');
    await download.saveAs(saved);
    const written = (await readFile(saved, 'utf8')).trim().split('\n').length;
    assert.equal(String(written), known.Answers);
    const after = Math.round(Math.max(0, ...(await page.evaluate(() => window.tasks))));
    t.diagnostic(`with the conversion, the longest task is ${after} ms`);
    assert.ok(after < LONGEST_TASK, `a task of ${after} ms`);
  });
});
