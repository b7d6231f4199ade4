// What this browser keeps: one list, with names, sizes, a way back after deleting, and a way out when the
// storage is full; and whatever was kept elsewhere comes in by pasting.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { digits, finished, ready, state } from './lib/run.mjs';

const MINI = '#v1.Y2RgAAA';
const AXE = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const over = async (page) => {
  await ready(page);
  await page.click('#run');
  const reached = await finished(page, 120_000);
  await page.locator('.acts button').last().click();
  return reached;
};
const told = (page, words) => page.locator('.keep-row [role=status]').getByText(words).waitFor({ timeout: 60_000 });
const openList = async (page) => {
  await page.click('#see-kept');
  await page.locator('.kept-list li, #kept .empty-line').first().waitFor();
};
const rows = (page) =>
  page.$$eval('.kept-list li', (lines) => lines.map((line) => ({
    kind: line.querySelector('.kept-kind').textContent,
    name: line.querySelector('input')?.value ?? line.querySelector('.kept-name').textContent,
    facts: line.querySelector('.kept-facts').textContent,
  })));
const row = (page, kind) => page.locator('.kept-list li', { has: page.getByText(kind, { exact: true }) });
const files = (page) =>
  page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('mores', { create: true });
    const sizes = [];
    for await (const file of folder.values()) sizes.push((await file.getFile()).size);
    return sizes.sort((one, other) => one - other);
  });
const quota = async (page, bytes) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: bytes });
  // The browser counts by what it knew a moment ago.
  await page.waitForTimeout(500);
};
const used = (page) => page.evaluate(async () => (await navigator.storage.estimate()).usage);

test('a run, its model and a checkpoint are kept, renamed, had as files, deleted and put back', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await over(page);
    await page.click('#keep-run');
    await told(page, /Kept as “Run 1 · SA-CPO · seed \d+”.*The browser (has promised|may clear)/);
    await page.click('#keep-model');
    await told(page, /Kept as “Model 1”/);
    await page.click('#keep-checkpoint');
    await told(page, /Kept as “Checkpoint 1: /);

    await openList(page);
    const listed = await rows(page);
    assert.deepEqual(listed.map(({ kind }) => kind), ['Checkpoint', 'Model', 'Run'], 'the newest first');
    for (const { facts } of listed) assert.match(facts, /\d{4}.* · \d+(\.\d)? [kM]B$/, 'a date and a size');
    assert.match(await page.locator('#kept-used').textContent(), /^\d+(\.\d)? [kM]B used, of about \d+(\.\d)? [MG]B/);
    const [small, large] = await files(page);
    assert.ok(small > 1e6 && large > small, `large things lie in files: ${small}, ${large}`);

    await page.evaluate(AXE);
    const faults = await page.evaluate(() => axe.run('#kept', { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)));
    assert.deepEqual(faults, []);

    const field = row(page, 'Model').locator('input');
    await field.fill('My <b>first</b> model');
    await field.press('Enter');
    await page.waitForTimeout(300);
    await page.reload();
    await ready(page);
    await page.locator('.acts button').last().click();
    await openList(page);
    assert.deepEqual((await rows(page)).map(({ name }) => name.replace(/ · seed \d+/, '')).slice(1), ['My <b>first</b> model', 'Run 1 · SA-CPO']);

    const take = async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), row(page, 'Model').getByText('Download').click()]);
      assert.match(download.suggestedFilename(), /\.zip$/);
      return readFile(await download.path());
    };
    const model = await take();
    assert.equal(model.length, small);
    assert.equal(model.subarray(0, 2).toString(), 'PK');
    await row(page, 'Model').getByText('Delete').click();
    await page.locator('.kept-deleted').getByText(/“My <b>first<\/b> model” is deleted/).waitFor();
    assert.equal((await rows(page)).length, 2);
    assert.deepEqual(await files(page), [large], 'its bytes are gone');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'kept-undo');
    await page.keyboard.press('Enter');
    await row(page, 'Model').waitFor();
    assert.deepEqual(await files(page), [small, large]);
    assert.ok(model.equals(await take()), 'what comes back is what was there');

    await row(page, 'Run').getByText('Delete').click();
    await row(page, 'Run').waitFor({ state: 'detached' });
    assert.deepEqual(await page.evaluate(() => window.mores.runs()), [], 'runs side by side have one less');
    await row(page, 'Checkpoint').getByText('Open').click();
    await page.locator('#notices').getByText(/The run from the file is open/).waitFor();
    assert.equal(await page.locator('dialog[open]').count(), 0);
  });
});

test('a full storage is told, loses nothing, and the list makes room', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await over(page);
    await page.click('#keep-model');
    await told(page, /Kept as “Model 1”/);
    // Less than it holds already: how late the browser counts does not matter.
    await quota(page, 1000);
    await page.click('#keep-checkpoint');
    await told(page, /storage for this page is full\. What was kept before is all still here/);
    assert.equal((await files(page)).length, 1, 'nothing half written stays');
    await openList(page);
    assert.deepEqual((await rows(page)).map(({ kind }) => kind), ['Model']);
    await page.locator('.kept-list').getByText('Delete').click();
    await page.locator('.kept-deleted button').waitFor();
    await page.keyboard.press('Escape');
    await quota(page, (await used(page)) + 30_000_000);
    await page.click('#keep-checkpoint');
    await told(page, /Kept as “Checkpoint 1/);
  });
});

test('where there is no room for the run on stage, the page says so once and leads to the list', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await ready(page);
    await quota(page, 1000);
    await page.click('#run');
    const notice = page.locator('#notices').getByText(/a reload would lose it/);
    await notice.waitFor({ timeout: 60_000 });
    await page.click('#make-room');
    await page.locator('#kept .empty-line').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#notices .plain').first().click();
    await finished(page, 120_000);
    assert.equal(await notice.count(), 0);
  });
});

test('two tabs keep at once and lose nothing, and each sees what the other does', async () => {
  await withBrowser({}, async (open) => {
    const one = await open(MINI);
    const other = await one.context().newPage();
    await other.goto(one.url());
    for (const page of [one, other]) await over(page);
    await Promise.all([one, other].map((page) => page.evaluate(() => Promise.all([1, 2, 3].map((n) => window.mores.keep(`Run of ${n}`))))));
    for (const page of [one, other]) {
      const names = (await page.evaluate(() => window.mores.runs())).map(({ name }) => name);
      assert.deepEqual(names.sort(), ['Run of 1', 'Run of 1', 'Run of 2', 'Run of 2', 'Run of 3', 'Run of 3']);
    }
    for (const page of [one, other]) await openList(page);
    await one.locator('.kept-list').getByText('Delete').first().click();
    await one.waitForFunction(() => document.querySelectorAll('.kept-list li').length === 5);
    await other.waitForFunction(() => document.querySelectorAll('.kept-list li').length === 5);
    await one.click('#kept-undo');
    await other.waitForFunction(() => document.querySelectorAll('.kept-list li').length === 6);
  });
});

test('without files of its own a browser keeps large things all the same', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await ready(page);
    await page.addInitScript(() => delete FileSystemFileHandle.prototype.createWritable);
    await page.reload();
    await over(page);
    await page.click('#keep-model');
    await told(page, /Kept as “Model 1”/);
    assert.deepEqual(await files(page), []);
    await openList(page);
    const [download] = await Promise.all([page.waitForEvent('download'), row(page, 'Model').getByText('Download').click()]);
    assert.ok((await readFile(await download.path())).length > 1e6);
  });
});

test('a link, a kept run and a file are pasted anywhere but into fields', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await over(page);
    const kept = await page.evaluate(() => window.mores.keep('Pasted').then(() => window.mores.runs()));
    const paste = (given, where = 'body') =>
      page.evaluate(([given, where]) => {
        const data = new DataTransfer();
        if (given.file) data.items.add(new File([given.file], 'a-run.json', { type: 'application/json' }));
        else data.setData('text/plain', given.text);
        document.querySelector(where).dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }, [given, where]);

    await paste({ text: JSON.stringify(kept[0]) });
    await page.locator('#runs .shelf li').nth(1).waitFor();
    assert.equal((await page.evaluate(() => window.mores.runs())).length, 2);
    await page.keyboard.press('Escape');

    await paste({ text: '{"preset": "mini", "seed": 4}' });
    await page.locator('#notices').getByText(/settings are loaded/).waitFor();
    assert.equal((await state(page)).config.seed, 4);
    await paste({ file: '{"preset": "mini", "seed": 5}' });
    await page.waitForFunction(() => window.mores.state().config.seed === 5);
    await page.locator('.acts button').last().click();
    await paste({ text: '{"preset": "mini", "seed": 6}' }, '#pasted-link');
    await page.waitForTimeout(300);
    assert.equal((await state(page)).config.seed, 5, 'a field keeps what is pasted into it');
    await paste({ text: 'a shopping list' });
    await page.locator('#notices').getByText(/can't be opened/).waitFor();
  });
});

test('a reload in the middle of testing goes on to the same receipt', async () => {
  await withBrowser({}, async (open) => {
    const run = { preset: 'mini', seed: 3, testing: { prompts: 30 } };
    const begin = async (page) => {
      await ready(page);
      await page.evaluate((run) => window.mores.load(run), run);
      await page.click('#run');
    };
    const undisturbed = await open('');
    await begin(undisturbed);
    const expected = digits(await finished(undisturbed, 120_000));
    const page = await open('');
    await begin(page);
    await page.waitForFunction(() => window.mores.state().phase === 'testing', null, { timeout: 120_000, polling: 20 });
    await page.waitForTimeout(400);
    await page.reload();
    await ready(page);
    await page.locator('#interrupted').getByText(/interrupted: being tested/).waitFor();
    await page.locator('.acts button').last().click();
    await openList(page);
    const [interrupted] = await rows(page);
    assert.equal(interrupted.kind, 'Interrupted run');
    assert.match(interrupted.facts, / · \d+(\.\d)? MB$/);
    await row(page, 'Interrupted run').getByText('Open').click();
    assert.deepEqual(digits(await finished(page, 120_000)), expected);
  });
});
