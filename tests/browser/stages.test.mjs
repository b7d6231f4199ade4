// Learning in stages: set in the settings, named and watched in the second act.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready, state } from './lib/run.mjs';

const MINI = '#v1.Y2RgAAA';
const open_learning = (page) => page.evaluate(() => {
  for (let part = document.querySelector('#stages'); part; part = part.parentElement) if (part.tagName === 'DETAILS') part.open = true;
});
const learnt = async (page) => {
  await page.waitForTimeout(600); // settings are sent a moment after they were changed
  const { config } = await state(page);
  return [config.training, ...config.then].map((stage) => [stage.steps, stage.data.imitation, stage.data.self_critic, stage.data.realignment, stage.objective]);
};

test('stages are chosen ready-made, turned to, changed, copied, moved and removed', async () => {
  await withBrowser({}, async (open) => {
    const page = await open('');
    await ready(page);
    await page.waitForSelector('#stages', { state: 'attached' });
    await open_learning(page);
    await page.locator('#pipeline').selectOption({ index: 1 });
    assert.deepEqual(await learnt(page), [
      [28, 1, 0, 0, 'SupervisedBest'], [6, 0, 1, 0, 'SaCpo'], [6, 0, 0, 1, 'SaCpo'],
    ]);
    const tabs = page.locator('#stages button');
    await tabs.nth(1).click();
    assert.equal(await tabs.nth(1).getAttribute('aria-current'), 'step');
    await page.getByLabel('Learning steps', { exact: true }).fill('9');
    assert.equal((await learnt(page))[1][0], 9);
    await page.getByLabel('Learning steps', { exact: true }).fill('many');
    await tabs.nth(0).click();
    assert.equal(await tabs.nth(1).getAttribute('aria-current'), 'step', 'what was typed is not lost');
    await page.getByLabel('Learning steps', { exact: true }).fill('8');
    const deed = (name) => page.locator('.stage-deeds').getByRole('button', { name, exact: true });
    await deed('Later').click();
    await deed('Duplicate').click();
    assert.ok(await deed('Add').isDisabled());
    assert.deepEqual((await learnt(page)).map((stage) => stage[0]), [28, 6, 8, 8]);
    for (const _ of [1, 2, 3]) await deed('Remove').click();
    assert.ok(await deed('Remove').isDisabled());
    assert.deepEqual(await learnt(page), [[28, 1, 0, 0, 'SupervisedBest']]);
  });
});

test('the second act names the stage, marks where each begins and shows what is watched', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await ready(page);
    await page.evaluate(() => window.mores.load({
      preset: 'mini', training: { steps: 4, data: { dev: 0.3 } }, then: [{ steps: 4, questions_per_step: 2, data: { imitation: 0, self_critic: 1 } }],
    }));
    await page.click('#run');
    await finished(page, 120_000);
    await page.locator('.acts button').nth(1).click();
    await page.locator('#stage-line').getByText('Stage 2 of 2: Self-critic').waitFor();
    assert.equal(await page.locator('.trio .chart-box').first().locator('.beginning').count(), 1);
    assert.equal(await page.locator('.asked > li').count(), 3);
    const looks = page.locator('#look');
    const most = Number(await looks.getAttribute('max'));
    assert.ok(most >= 5, `${most} looks after the first`);
    await looks.focus();
    await page.keyboard.press('Home');
    await page.locator('.look-row output').getByText('after step 0').waitFor();
    await page.locator('.lessons').getByText(/Learns from \d+ questions/).waitFor();
  });
});
