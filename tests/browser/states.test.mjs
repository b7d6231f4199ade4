// What the page says while there is nothing to see yet, while it works unseen, and when the graphics
// card is taken away. What goes wrong otherwise is in trouble.test.mjs, storage.test.mjs and
// offline.test.mjs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready, state } from './lib/run.mjs';

const MINI = '#v1.Y2RgAAA';

/** Opens the page and writes down everything that a part of it ever says. */
async function overheard(open, fragment, selector) {
  const page = await open('');
  await ready(page);
  await page.addInitScript((selector) => {
    window.said = [];
    const listen = () => {
      const words = document.querySelector(selector)?.textContent;
      if (words && window.said.at(-1) !== words) window.said.push(words);
    };
    new MutationObserver(listen).observe(document, { subtree: true, childList: true, characterData: true });
  }, selector);
  // Only the fragment changes, so nothing is fetched before the reload.
  if (fragment) await page.goto(page.url() + fragment);
  await page.reload();
  return page;
}

test('while the engine is fetched, the page says how much of it is here', async () => {
  await withBrowser({}, async (open) => {
    const page = await overheard(open, '', '.status-count');
    await ready(page);
    const told = (await page.evaluate(() => window.said)).map((words) => words.match(/^(\d+\.\d) of (\d+\.\d) MB$/)).filter(Boolean);
    assert.ok(told.length > 3, `${told.length} times`);
    const here = told.map(([, here]) => Number(here));
    assert.deepEqual(here, [...here].sort((one, other) => one - other), 'more and more');
    const all = new Set(told.map(([, , all]) => all));
    assert.equal(all.size, 1);
    assert.ok(here.at(-1) <= Number([...all][0]) && Number([...all][0]) > 2, `${here.at(-1)} of ${[...all]}`);
    assert.equal(await page.locator('.status-count').textContent(), '', 'and nothing of it once the engine is there');
  });
});

test('the title of the tab tells how the run stands', async () => {
  await withBrowser({}, async (open) => {
    const page = await overheard(open, MINI, 'title');
    await ready(page);
    assert.equal(await page.title(), 'Mores');
    await page.click('#run');
    await finished(page, 120_000);
    await page.waitForFunction(() => document.title === 'The play is over · Mores');
    const said = await page.evaluate(() => window.said);
    for (const stage of [/^round \d+ of \d+ · Mores$/, /^Train · Mores$/, /^Test · Mores$/]) assert.ok(said.some((title) => stage.test(title)), `${stage} is not among ${said.join(', ')}`);
    await page.click('#reset');
    await page.waitForFunction(() => document.title === 'Mores');
  });
});

test('a graphics card that is taken away is told, and the run goes on from what is safe', { timeout: 300_000 }, async () => {
  await withBrowser({ webgpu: true }, async (open) => {
    const page = await open(`${MINI}&engine=webgpu`, { allow: [/lost|destroy|Device|panicked|unreachable/i] });
    await ready(page);
    // The worker's device is ours to break once the page is opened anew: the hook stands before the engine.
    await page.context().route('**/worker_loader.js*', async (route) => {
      const answer = await route.fetch();
      const hook = 'const untouched = GPUAdapter.prototype.requestDevice; GPUAdapter.prototype.requestDevice = async function (...given) { const device = await untouched.apply(this, given); self.taken = () => device.destroy(); return device; };\n';
      await route.fulfill({ response: answer, body: hook + (await answer.text()) });
    });
    await page.reload();
    await ready(page);
    assert.equal((await state(page)).engine, 'webgpu');
    await page.click('#run');
    await page.waitForFunction(() => ['preparing', 'simulating'].includes(window.mores.state().phase), null, { timeout: 120_000 });
    await page.workers()[0].evaluate(() => self.taken());
    const notice = page.locator('#notices .notice.bad');
    await notice.waitFor({ timeout: 120_000 });
    const help = notice.locator('button').first();
    assert.match(await notice.innerText(), /broke down|stopped/);
    // The next engine's loader may be on its way through the hook.
    await page.context().unrouteAll({ behavior: 'wait' });
    await help.click();
    await page.waitForFunction(() => !document.querySelector('#notices .notice.bad'), null, { timeout: 60_000 });
    const after = await state(page);
    assert.ok(['idle', 'preparing', 'simulating'].includes(after.phase), after.phase);
  });
});
