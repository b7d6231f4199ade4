// The whole path on the CPU engine, by clicks: simulate, train, test, take home, and the link opened
// by somebody else. The figures printed here are those the README quotes.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withBrowser } from './lib/browser.mjs';
import { digits, finished, noteTimes, ready, state, times } from './lib/run.mjs';

async function download(page, button) {
  const [parcel] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  return { name: parcel.suggestedFilename(), path: await parcel.path() };
}

const python = process.env.MORES_PYTHON ?? 'python3';
const hasTransformers = spawnSync(python, ['-c', 'import transformers, torch']).status === 0;
const kept = await mkdtemp(path.join(tmpdir(), 'mores-'));
after(() => rm(kept, { recursive: true }));
const zip = path.join(kept, 'model.zip');

test('the default preset from Run to a link that somebody else opens', { timeout: 400_000 }, async (t) => {
  let link;
  let first;
  await withBrowser({}, async (open) => {
    const page = await open('', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ready(page);
    assert.equal((await state(page)).phase, 'idle', 'nothing starts by itself');
    await noteTimes(page);
    await page.click('#run');

    // Pause arrives in the middle, nothing moves while paused, and Step moves a little.
    await page.waitForFunction(() => window.mores.state().metrics.interactions > 0);
    await page.click('#run');
    await page.waitForFunction(() => window.mores.state().paused);
    const paused = await state(page);
    await page.waitForTimeout(1500);
    assert.deepEqual((await state(page)).metrics, paused.metrics, 'paused is paused');
    // A step goes on and pauses again: two more events that say so.
    const heard = await page.evaluate(() => window.heard.paused);
    await page.click('#step');
    await page.waitForFunction((before) => window.heard.paused === before + 2, heard);
    await page.click('#run');

    first = await finished(page, 240_000);
    const seen = await times(page);
    t.diagnostic(`seconds after Run, a pause of 1.5 s among them: ${JSON.stringify(seen)}`);
    t.diagnostic(`training: ${Math.round(first.metrics.tokens_per_second)} tokens/s on ${first.adapter}`);
    assert.ok(seen.interaction < 10, `first interaction after ${seen.interaction} s`);
    assert.ok(seen.finished < 120, `finished after ${seen.finished} s`);
    assert.equal(first.metrics.interactions, 108);
    assert.equal(first.metrics.training.length, 40);
    assert.ok(first.metrics.training.every((step) => Number.isFinite(step.loss) && Number.isFinite(step.gradient_norm)));
    const { headline } = first.receipt;
    assert.ok(headline.alignment_trained > headline.alignment_base + 0.5, JSON.stringify(headline));
    assert.ok(headline.bad_trained < headline.bad_base, JSON.stringify(headline));

    // Test: every suite has a row with both models, and both answer a question.
    await page.getByRole('button', { name: /Test/ }).first().click();
    const rows = await page.locator('.table-frame table tbody tr').count();
    assert.ok(rows >= 6, `${rows} rows in the benchmark table`);
    await page.fill('#question', "How can I take my sister's coat?");
    await page.click('#ask');
    await page.waitForFunction(() => document.querySelectorAll('.answers .speech').length === 2);

    // Take home: the three files and the link.
    await page.getByRole('button', { name: /Take home/ }).first().click();
    const model = await download(page, '#take-model');
    assert.match(model.name, /\.zip$/);
    await copyFile(model.path, zip);
    const record = await download(page, '#take-record');
    const lines = (await readFile(record.path, 'utf8')).trim().split('\n');
    assert.equal(lines.length, 108);
    const interaction = JSON.parse(lines[0]);
    for (const field of ['agent_id', 'question', 'draft_answer', 'feedback', 'rating', 'revised_answer', 'gen_moral_score_after']) {
      assert.ok(field in interaction, field);
    }
    const run = await download(page, '#take-run');
    const file = JSON.parse(await readFile(run.path, 'utf8'));
    assert.equal(file.format, 'mores-run');
    assert.ok(file.weights_digest.startsWith(first.receipt.weights), 'the file holds the whole digest');
    await page.click('#copy-link');
    await page.waitForFunction(() => document.querySelector('.copied')?.textContent.trim());
    link = await page.evaluate(() => window.mores.link());
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
    const fragment = link.slice(link.indexOf('#'));
    assert.match(fragment, /^#v1\.[A-Za-z0-9_-]+$/);
    assert.ok(fragment.length <= 2000, `${fragment.length} characters`);
    t.diagnostic(`link: ${fragment.length} characters, receipt included`);
    link = fragment;
  });

  // Somebody else, another browser, another profile.
  await withBrowser({}, async (open) => {
    const page = await open(link);
    await ready(page);
    assert.equal((await state(page)).phase, 'idle', 'a link never starts by itself');
    await page.click('#run');
    const second = await finished(page, 240_000);
    assert.deepEqual(digits(second), digits(first), 'the same digests');
    assert.equal(second.comparison, 'same');
    await page.getByRole('button', { name: /Take home/ }).first().click();
    await page.waitForSelector('#comparison[data-same="true"]');
  });
});

test('whose values and which model: chosen by hand, told beside the results, carried by the link', { timeout: 400_000 }, async (t) => {
  const MINI = '#v1.Y2RgAAA';
  await withBrowser({}, async (open) => {
    const page = await open(MINI, { viewport: { width: 360, height: 740 } });
    await ready(page);

    // The keyboard alone: profiles turn with the arrows, and a weight that is moved makes them one's own.
    await page.focus('#values-common');
    await page.keyboard.press('ArrowDown');
    assert.ok(await page.isChecked('#values-careful'));
    await page.focus('#values-own');
    await page.keyboard.press('Space');
    await page.waitForSelector('.weights[open]');
    assert.ok(await page.isChecked('#values-own'));
    await page.focus('#weight-2');
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => window.mores.state().config.society.values.harm === 95);

    await page.check('#values-kin');
    await page.selectOption('#model', { label: 'weak' });
    await page.locator('#multiple-choice').evaluate((box) => box.click());
    await page.waitForFunction(() => {
      const { config, phase } = window.mores.state();
      return phase === 'idle' && config.testing.multiple_choice && config.model === 'weak' && config.society.values.honesty < config.society.values.care;
    });
    await ready(page);
    const wanted = (await state(page)).config;
    await page.click('#run');
    const { metrics } = await finished(page, 300_000);
    assert.equal(metrics.tests.length, 20, 'ten splits, two models');
    assert.equal(metrics.languages.length, 2);

    // The interaction on stage says whose values its scores follow.
    assert.match(await page.textContent('.conversation .by-values'), /Kin/);

    // The whole table: every split twice, seven figures each, and what became of the language.
    await page.getByRole('button', { name: /Test/ }).first().click();
    const table = page.locator('.whole-table');
    const names = await table.locator('th[rowspan]').allTextContents();
    t.diagnostic(`rows: ${names.join(', ')}`);
    assert.equal(new Set(names).size, 11, 'ten splits, and all together');
    const figures = await table.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.querySelectorAll('td').length));
    assert.deepEqual(figures, Array(22).fill(7));
    for (const cell of await table.locator('tbody td').allTextContents()) assert.match(cell, /\d.*\d–\d|^–/);
    assert.match(await page.textContent('.perplexity'), /before \d+\.\d\d .*after \d+\.\d\d .*language/);
    t.diagnostic(await page.textContent('.perplexity'));

    // On a phone the page stays as wide as it is; the table scrolls in its frame, and the names stay in view.
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
    await page.locator('details:has(.whole-table) > summary').click();
    const held = await table.evaluate((table) => {
      const frame = table.parentElement;
      const name = table.querySelector('th[rowspan]');
      const before = name.getBoundingClientRect().left;
      frame.scrollLeft = 200;
      return { scrolled: frame.scrollLeft, moved: name.getBoundingClientRect().left - before };
    });
    assert.ok(held.scrolled > 100 && Math.abs(held.moved) < 2, JSON.stringify(held));

    const link = await page.evaluate(() => window.mores.link());
    const other = await open(link.slice(link.indexOf('#')));
    await ready(other);
    const { config } = await state(other);
    assert.deepEqual([config.model, config.society.values], ['weak', wanted.society.values]);
    assert.ok(await other.isChecked('#values-kin'));
  });
});

const without = hasTransformers ? false : `${python} has no transformers and torch (pip install them, or set MORES_PYTHON)`;
test('the zip loads in transformers, unchanged, and speaks', { skip: without }, (t) => {
  const script = new URL('../reference/load_zip.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(python, [script, zip], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  t.diagnostic(`it says: ${stdout.trim()}`);
});

// The native program computes with other registers, several threads and other sizes of everything; the order of sums is the
// same, so the bytes are. It is there once the native tests were built.
const program = path.join(process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url)), 'release', 'mores');
const root = fileURLToPath(new URL('../..', import.meta.url));
test('the native program comes to the same bytes as the browser', { timeout: 240_000 }, async (t) => {
  const folder = path.join(kept, 'native');
  const { status, stderr } = spawnSync(program, ['run', 'mini', '--models', path.join(root, 'public/models'), '--out', folder], { encoding: 'utf8' });
  if (status !== 0) return t.skip(`no native program to compare with: ${stderr ?? program}`);
  const native = JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8')).receipt;
  await withBrowser({}, async (open) => {
    const page = await open('#v1.Y2RgAAA');
    await ready(page);
    const { build } = await state(page);
    if (build !== native.build) return t.skip(`the native program is of build ${native.build}, the page of ${build}`);
    await page.click('#run');
    const { receipt } = await finished(page, 120_000);
    assert.deepEqual([receipt.record, receipt.weights], [native.record, native.weights]);
  });
});
