// A run that was interrupted goes on to the same end, from the browser's storage and from a file.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { answersYes, digits, finished, ready, state } from './lib/run.mjs';

// Long enough to be interrupted in every act: six rounds of four, twenty-four steps.
const RUN = { preset: 'mini', seed: 5, society: { rounds: 6 }, training: { steps: 24 } };

const load = async (page) => {
  await ready(page);
  await page.evaluate((run) => window.mores.load(run), RUN);
};
const until = (page, condition) => page.waitForFunction(condition, null, { timeout: 120_000, polling: 20 });
// What is written is there; nothing of the page can be asked for it.
const written = (page, key) => answersYes(page, (key) => new Promise((done) => {
  const request = indexedDB.open('mores', 1);
  request.onerror = () => done(false);
  request.onsuccess = () => {
    const all = request.result.transaction('checkpoints').objectStore('checkpoints').getAllKeys();
    all.onsuccess = () => { request.result.close(); done(all.result.some((name) => name.includes(key))); };
  };
}), key);

async function undisturbed(open) {
  const page = await open('');
  await load(page);
  await page.click('#run');
  return finished(page, 120_000);
}

test('a reload in the middle of talking and of learning goes on to the same receipt', async () => {
  await withBrowser({}, async (open) => {
    const expected = digits(await undisturbed(open));
    const page = await open('');
    await load(page);
    await page.click('#run');
    await until(page, () => window.mores.state().metrics.interactions >= 8);
    await written(page, '/state');
    await page.reload();
    await ready(page);
    await page.locator('#interrupted').getByText(/interrupted: round [1-6] of 6/).waitFor();
    await page.click('#go-on');
    await until(page, () => window.mores.state().metrics.training.length > 11);
    await page.reload();
    await ready(page);
    await page.locator('#interrupted').getByText(/interrupted: step \d+ of 24/).waitFor();
    const settings = await state(page);
    assert.equal(settings.config.training.steps, 40, 'until it is taken up, the usual settings are there');
    await page.click('#go-on');
    assert.deepEqual(digits(await finished(page, 120_000)), expected);
    assert.equal(await page.locator('#interrupted').count(), 0);
    // What is over is not offered again.
    await page.waitForTimeout(500);
    await page.reload();
    await ready(page);
    await page.waitForTimeout(500);
    assert.equal(await page.locator('#interrupted').count(), 0);
  });
});

test('an interrupted run can be thrown away, and one that another tab computes is not offered', async () => {
  await withBrowser({}, async (open) => {
    const page = await open('');
    await load(page);
    await page.click('#run');
    await until(page, () => window.mores.state().phase === 'training');
    await written(page, '/state');
    const other = await page.context().newPage();
    await other.goto(page.url());
    await ready(other);
    await other.waitForTimeout(500);
    assert.equal(await other.locator('#interrupted').count(), 0);
    await page.close();
    await other.reload();
    await ready(other);
    await other.click('#throw-away');
    await other.locator('#interrupted').waitFor({ state: 'detached' });
    await other.reload();
    await ready(other);
    await other.waitForTimeout(500);
    assert.equal(await other.locator('#interrupted').count(), 0);
  });
});

test('a checkpoint is a file that goes on elsewhere; cut off or of another build it says so', async () => {
  await withBrowser({}, async (open) => {
    const expected = digits(await undisturbed(open));
    const page = await open('');
    await load(page);
    await page.click('#run');
    await until(page, () => window.mores.state().metrics.training.length > 10);
    await page.click('#run');
    await page.locator('.acts button').last().click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-checkpoint')]);
    assert.match(download.suggestedFilename(), /^mores-step-\d+\.mores-checkpoint$/);
    const whole = await readFile(await download.path());

    const elsewhere = await open('');
    await ready(elsewhere);
    await elsewhere.locator('.acts button').last().click();
    const choose = (bytes) => elsewhere.setInputFiles('#run-file', { name: 'a.mores-checkpoint', mimeType: '', buffer: bytes });
    await choose(whole.subarray(0, whole.length >> 1));
    await elsewhere.locator('#notices').getByText(/damaged or cut off/).waitFor();
    assert.equal((await state(elsewhere)).config.training.steps, 40);
    await choose(whole);
    await elsewhere.locator('#notices').getByText(/step \d+ of 24\. Press Run/).waitFor();
    await until(elsewhere, () => window.mores.state().paused);
    await elsewhere.click('#run');
    assert.deepEqual(digits(await finished(elsewhere, 120_000)), expected);
  });
});

test('without storage a run goes on all the same, and that is said once', async () => {
  await withBrowser({}, async (open) => {
    const page = await open('');
    await ready(page);
    await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
    await page.reload();
    await load(page);
    await page.click('#run');
    await page.locator('#notices').getByText(/a reload would lose it/).waitFor();
    await page.locator('#notices .plain').click();
    await finished(page, 120_000);
    assert.equal(await page.locator('#notices').getByText(/a reload would lose it/).count(), 0);
  });
});
