// What can go wrong at a visitor's: each gets one sentence, the page lives, nothing is lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { digits, finished, ready, state } from './lib/run.mjs';

const MINI = '#v1.Y2RgAAA';
const notice = async (page, words) => {
  await page.waitForFunction((pattern) => new RegExp(pattern, 'i').test(document.querySelector('#notices')?.textContent ?? ''), words.source);
};

test('a bad link is told in one sentence, and the default run is there', async () => {
  await withBrowser({}, async (open) => {
    for (const [fragment, words] of [
      ['#v1.@@@', /damaged/],
      ['#v9.AAAA', /version 9/],
      ['#v1.Y2RgAAA&engine=abacus', /engine must be/],
    ]) {
      const page = await open(fragment);
      await ready(page);
      await notice(page, words);
      const { phase, config } = await state(page);
      assert.equal(phase, 'idle');
      assert.equal(config.society.size, 6);
      await page.click('#notices .choose-society');
      await page.locator('#gallery .societies').waitFor();
      assert.equal(await page.locator('.notice').count(), 0, 'and it leads on');
    }
  });
});

test('a bad run file and a bad object are refused, and the run goes on', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await ready(page);
    const why = (run) => page.evaluate((run) => window.mores.load(run).then(() => 'loaded', (error) => error.message), run);
    assert.match(await why('{"format": "shopping-list"}'), /run file/);
    assert.match(await why({ society: { size: 99 } }), /size/);
    assert.match(await why('not a link'), /link|run file/);
    assert.equal((await state(page)).config.society.size, 2);
    assert.equal(await why({ preset: 'mini', seed: 3 }), 'loaded');
    assert.equal((await state(page)).config.seed, 3);
  });
});

test('without WebGPU the CPU engine takes over and the page says why', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(`${MINI}&engine=webgpu`, { viewport: { width: 360, height: 740 } });
    await ready(page);
    const { engine, note } = await state(page);
    assert.equal(engine, 'cpu');
    assert.match(note, /WebGPU/);
    // By the keyboard, as a touch would; nothing moves.
    const height = await page.locator('.transport').evaluate((bar) => bar.offsetHeight);
    await page.locator('.why-engine summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('.why-engine p').getByText(/WebGPU/).waitFor();
    assert.equal(await page.locator('.transport').evaluate((bar) => bar.offsetHeight), height);
    const said = await page.locator('.why-engine p').boundingBox();
    assert.ok(said.x >= 0 && said.x + said.width <= await page.evaluate(() => innerWidth), JSON.stringify(said));
  });
});

test('a setting changed while Run waits for a model does not take Run back', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await ready(page);
    let let_go;
    const held = new Promise((done) => { let_go = done; });
    await page.context().route('**/model.safetensors', async (route) => { await held; await route.continue(); });
    await page.reload();
    await page.locator('#run').click();
    await page.locator('#preset').selectOption({ index: 0 });
    // Settings are sent a moment after they were changed.
    await page.waitForTimeout(1000);
    assert.ok(!['simulating', 'done'].includes((await state(page)).phase));
    let_go();
    const { config } = await finished(page);
    assert.equal(config.society.size, 2, 'the run is of the settings it was begun with');
  });
});

test('a base model that is missing or broken is told, and trying again helps', async () => {
  await withBrowser({}, async (open) => {
    for (const answer of [{ status: 404, body: '' }, { status: 200, body: 'no safetensors' }, { status: 200, body: '' }]) {
      const page = await open(MINI, { allow: [/404/, /ERR_ABORTED/] });
      await ready(page);
      await page.context().route('**/model.safetensors', (route) => route.fulfill(answer));
      await page.reload();
      await notice(page, /base model/);
      await page.context().unrouteAll();
      await page.click('#notices button');
      await ready(page);
      assert.equal((await state(page)).phase, 'idle');
    }
  });
});

test('parts of the page that can’t be fetched say so, the run goes on, and trying again helps', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI, { allow: [/ERR_FAILED/, /_\w+\.wasm/, /Failed to fetch/] });
    await ready(page);
    await page.context().route(/page-[0-9a-f]+_(?!bg)\w+\.wasm/, (route) => route.abort());
    await page.reload();
    const missed = page.locator('.vacant [role=alert]');
    await missed.nth(2).waitFor();
    assert.ok((await missed.allTextContents()).every((words) => /could not be fetched/.test(words)));
    await page.waitForFunction(() => document.querySelector('#run:not([disabled])'));
    await page.click('#run');
    await page.waitForSelector('.conversation .question', { timeout: 60_000 });
    await page.keyboard.press('?');
    await page.locator('#help .vacant button').waitFor();
    await page.context().unrouteAll();
    // The next act asks by itself, and may have been faster.
    await page.click('#help .vacant button', { timeout: 3000 }).catch(() => {});
    await page.waitForSelector('#help-title');
    await page.keyboard.press('Escape');
    // It fetched its own file only; this one has a button of its own.
    const settings = page.locator('.settings.vacant button');
    await page.locator('#preset').or(settings).first().waitFor();
    await settings.click({ timeout: 1000 }).catch(() => {});
    await page.waitForSelector('#preset');
    await page.waitForSelector('#moment');
    assert.equal(await page.locator('.vacant').count(), 0);
    await finished(page, 120_000);
  });
});

test('a worker that dies is replaced, and the run goes on to the same end', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI, { allow: [/thrown by the test/] });
    await ready(page);
    await page.click('#run');
    const undisturbed = await finished(page, 120_000);
    await page.evaluate(() => window.mores.reset());
    await page.click('#run');
    await page.waitForFunction(() => window.mores.state().phase === 'training');
    await page.workers()[0].evaluate(() => {
      setTimeout(() => {
        throw new Error('thrown by the test');
      });
    });
    const goOn = page.locator('#notices button.primary');
    await goOn.click({ timeout: 30_000 });
    await page.waitForFunction(() => window.mores.state().paused || window.mores.state().phase === 'done');
    if ((await state(page)).phase !== 'done') await page.click('#run');
    const resumed = await finished(page, 120_000);
    assert.deepEqual(digits(resumed), digits(undisturbed));
  });
});

test('the keyboard alone runs, pauses, steps, resets and asks for help', async () => {
  await withBrowser({}, async (open) => {
    const page = await open('');
    await ready(page);
    await page.keyboard.press('Space');
    await page.waitForFunction(() => window.mores.state().phase === 'simulating');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => window.mores.state().paused);
    await page.keyboard.press('.');
    await page.waitForFunction(() => window.mores.state().paused);
    await page.keyboard.press('r');
    await page.waitForFunction(() => window.mores.state().phase === 'idle');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached' }).catch(() => {});
    assert.equal(await page.locator('dialog[open]').count(), 0);
  });
});

test('at 360 pixels nothing scrolls sideways, in both languages and both themes', async () => {
  await withBrowser({}, async (open) => {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open('', { viewport: { width: 360, height: 740 }, colorScheme });
      await ready(page);
      for (const language of ['en', 'zh']) {
        const value = await page.$$eval('#language option', (options, wanted) => options.map((o) => o.value).find((v) => v.startsWith(wanted)), language);
        await page.selectOption('#language', value);
        await page.waitForFunction((wanted) => document.documentElement.lang.startsWith(wanted), language);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `${wide} pixels too wide in ${language}, ${colorScheme}`);
      }
    }
  });
});

test('settings that make no sense are told beside the field', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await ready(page);
    const size = page.getByLabel('Village side', { exact: true });
    await size.fill('99');
    await page.waitForFunction(() => [...document.querySelectorAll('.settings .fault')].some((fault) => fault.textContent.trim()));
    assert.equal(await size.getAttribute('aria-invalid'), 'true');
  });
});
