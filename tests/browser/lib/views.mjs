// Every view the page has, and how a person gets there: what is held to the rules of accessibility,
// and what is looked at.

import { finished, ready } from './run.mjs';

const MINI = '#v1.Y2RgAAA';

const act = (number) => async (page) => {
  await page.click(`[data-act="${number}"]`);
  await page.waitForFunction(() => !document.querySelector('.act-panel .vacant'));
};
const sheet = (id) => async (page, button) => {
  await page.click(button);
  await page.waitForSelector(`#${id}[open]`);
  await page.waitForFunction((id) => !document.querySelector(`#${id} .vacant`), id);
};
/** A sheet that an address opens. */
const address = async (page, fragment, id) => {
  await page.evaluate((fragment) => (location.hash = fragment), fragment);
  await page.waitForSelector(`#${id}[open]`);
  await page.waitForFunction((id) => !document.querySelector(`#${id} .vacant`), id);
};
const closed = async (page) => {
  while ((await page.locator('dialog[open]').count()) > 0) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(50);
  }
};

/** Views of a page with nothing run yet: a name, and what leads there. */
export const BEFORE = [
  ['at first', async () => {}],
  ['all settings', (page) => page.evaluate(() => document.querySelectorAll('.settings details').forEach((one) => one.setAttribute('open', '')))],
  ['help', async (page) => {
    await page.keyboard.press('?');
    await page.waitForSelector('#help[open]');
  }],
  ['runs, none kept', (page) => sheet('runs')(page, '#compare-runs')],
  ['gallery', (page) => sheet('gallery')(page, '#open-gallery')],
  ['share', (page) => sheet('share')(page, '#open-share')],
  ['about', (page) => address(page, 'about', 'library')],
  ['glossary', (page) => address(page, 'glossary=margin', 'library')],
  ['a class votes', (page) => address(page, 'vote', 'vote')],
  ['lessons', async (page) => {
    await page.evaluate(() => (location.hash = 'lesson=contents'));
    await page.waitForSelector('.chapter-entry');
  }],
  ['a lesson', async (page) => {
    await page.evaluate(() => (location.hash = 'lesson=5'));
    await page.waitForSelector('#lesson-run');
  }],
  ['for teachers', async (page) => {
    await page.evaluate(() => (location.hash = 'lesson=teacher'));
    await page.waitForFunction(() => !document.querySelector('#lesson-run'));
  }],
];

/** Views of a page with a run that is done. */
export const AFTER = [
  ['simulate', act(0)],
  ['findings', async (page) => {
    await page.keyboard.press('?');
    await page.waitForSelector('#help[open]');
    await sheet('findings')(page, '#help .to-findings');
  }],
  ['train', act(1)],
  ['test', act(2)],
  ['take home', act(3)],
  ['a vote', async (page) => {
    await act(2)(page);
    await sheet('vote')(page, '#open-vote');
  }],
  ['a run kept', async (page) => {
    await page.evaluate(() => window.mores.keep('the only one'));
    await sheet('runs')(page, '#compare-runs');
  }],
  ['somebody', async (page) => {
    await page.focus('#society');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]', { timeout: 3000 }).catch(() => {});
  }],
];

/** Opens the page, and a small run on it if it is to be done. */
export async function opened(open, { done = false, ...options } = {}) {
  const page = await open(MINI, options);
  await ready(page);
  await page.waitForFunction(() => !document.querySelector('.vacant[aria-busy]'));
  if (done) {
    await page.click('#run');
    await finished(page, 120_000);
  }
  return page;
}

/** Goes to each of the views in turn, and away again. */
export async function visit(page, views, each) {
  for (const [name, go] of views) {
    await go(page);
    await each(name);
    await closed(page);
  }
}
