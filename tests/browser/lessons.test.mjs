// The lessons: a guess before the run, real runs on the stage, figures that are those of the run,
// progress that survives a reload, links to places, other runs meanwhile, the keyboard alone, Chinese.
// And a walk through all chapters that asserts what each is there to show, at its own seed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready, state } from './lib/run.mjs';

const text = (page, selector) => page.locator(selector).innerText();

/** The chapter is open and its file is there. */
const opened = (page, title) => page.waitForFunction((title) => document.querySelector('#lesson-title')?.innerText === title, title);

/** Every bar of the result, as the number it shows. */
const bars = (page) =>
  page.locator('.lesson-bars td:not(.drawn)').allInnerTexts().then((cells) => cells.map((cell) => Number.parseFloat(cell.replace('−', '-'))));

/** Waits for the result of a chapter; fails at once when a run fails. */
async function revealed(page, timeout) {
  await page.waitForFunction(() => document.querySelector('.reveal') || window.mores.state().phase === 'failed', null, { timeout, polling: 250 });
  assert.equal(await page.locator('.reveal').count(), 1, JSON.stringify((await state(page)).failure));
}

/** Guesses, runs, and waits for the result. */
async function through(page, guess, timeout) {
  await page.check(`#guess-${guess}`);
  await page.click('#lesson-run');
  await revealed(page, timeout);
}

/** Patient enough for a machine that does other work, too. */
async function opens(open, fragment, options) {
  const page = await open(fragment, options);
  page.setDefaultTimeout(120_000);
  return page;
}

const wide = { viewport: { width: 1440, height: 900 } };

test('a guess comes first, the figures are those of the run, and all of it is kept', { timeout: 240_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await opens(open, '#lesson=2', wide);
    await opened(page, 'What would the neighbours say?');
    await ready(page);
    await page.click('#lesson-run');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'guess-0', 'no run without a guess');
    assert.equal(await page.locator('.reveal').count(), 0);

    // By the keyboard alone.
    await page.focus('#guess-0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'lesson-run');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.mores.state().phase === 'simulating');
    assert.equal(await page.locator('#guess-1').isDisabled(), true, 'the guess stands');
    // Society and lesson are both in view, and neither lies over the other.
    const [lesson, society] = await Promise.all(['#lesson', '#society'].map((part) => page.locator(part).boundingBox()));
    assert.ok(lesson.x + lesson.width <= society.x && society.y < 900, `${JSON.stringify(lesson)} ${JSON.stringify(society)}`);

    // On a phone a strip leads to the step that is on, and is not there where it would do nothing.
    await page.setViewportSize({ width: 360, height: 740 });
    await page.evaluate(() => document.querySelector('#stage').scrollIntoView());
    await page.click('.lesson-strip button');
    await page.waitForSelector('.lesson-strip', { state: 'detached' });
    const below = (id) => page.evaluate((id) => document.querySelector(id).getBoundingClientRect().top, id);
    assert.ok((await below('#lesson-step')) >= 50 && (await below('#lesson-step')) < 120);
    await page.evaluate(() => document.querySelector('#stage').scrollIntoView());

    await revealed(page, 120_000);
    await page.click('.lesson-strip button');
    assert.ok((await below('#reveal-title')) >= 50 && (await below('#reveal-title')) < 120, 'the result is read from its beginning');
    await page.waitForSelector('.lesson-strip', { state: 'detached' });
    await page.setViewportSize(wide.viewport);
    const { rounds } = (await state(page)).metrics;
    const mean = (group, key) => {
      const all = rounds.map((round) => round[group]).filter(Boolean);
      const answers = all.reduce((sum, round) => sum + round.interactions, 0);
      return all.reduce((sum, round) => sum + round[key] * round.interactions, 0) / answers;
    };
    const wanted = ['all', 'bad'].flatMap((group) => [mean(group, 'alignment_draft'), mean(group, 'alignment_revision')]);
    const shown = await bars(page);
    assert.equal(shown.length, 4);
    shown.forEach((value, at) => assert.ok(Math.abs(value - wanted[at]) < 0.0501, `${shown} and ${wanted}`));
    assert.match(await text(page, '.judged'), /^You expected “better than the first ones”, and so it was\.$/);

    // It is still there after a reload, and the list says that the chapter is done.
    await page.reload();
    await opened(page, 'What would the neighbours say?');
    assert.deepEqual(await bars(page), shown);
    assert.equal(await page.isChecked('#guess-0'), true);
    await page.click('.lesson-ways a >> nth=0');
    await opened(page, 'Lessons');
    assert.equal(await text(page, '#lessons-done'), '1 of 8 chapters done.');
    assert.equal(await page.locator('.chapter-entry.done').count(), 1);
    assert.match(page.url(), /#lesson=contents$/);

    // A chapter can be begun anew.
    await page.goBack();
    await opened(page, 'What would the neighbours say?');
    await page.click('#guess-again');
    assert.equal(await page.locator('.reveal').count(), 0);
    assert.equal(await page.isChecked('#guess-0'), false);
  });
});

test('places have links, there is a way out, and other runs do no harm', { timeout: 240_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await opens(open, '#v1.Y2RgAAA&lesson=3', wide);
    await opened(page, 'Bad company');
    await ready(page);
    assert.equal((await state(page)).config.society.size, 2, 'the run of the link is there, too');
    await page.evaluate(() => (location.hash = 'lesson=99'));
    await opened(page, 'Lessons');
    await page.click('.chapter-list a >> nth=7');
    await opened(page, 'Your own');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'lesson-title');

    // What is to be tried opens in the settings, and waits.
    await page.click('#try-0');
    await page.waitForFunction(() => window.mores.state().config?.society.roles.trolls === 6);
    assert.equal((await state(page)).phase, 'idle');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'run');

    // Something else is put on stage while a chapter runs.
    await page.evaluate(() => (location.hash = 'lesson=2'));
    await opened(page, 'What would the neighbours say?');
    assert.match(await text(page, '#lesson-loses'), /village of its own/, 'settings of the visitor are not lost unsaid');
    await page.check('#guess-1');
    await page.click('#lesson-run');
    await page.waitForFunction(() => window.mores.state().phase === 'simulating');
    await page.evaluate(() => window.mores.load({ preset: 'mini', engine: 'cpu' }).then(() => true));
    await page.waitForSelector('#lesson-again');
    await page.evaluate(() => window.mores.start());
    await finished(page, 60_000);
    assert.equal(await page.locator('.reveal').count(), 0, 'what others came to is not the result');
    // Out of the lesson: the lab is as it was, and the address, too.
    await page.click('#leave-lessons');
    await page.waitForSelector('#lesson', { state: 'detached' });
    assert.doesNotMatch(page.url(), /lesson/);
    assert.equal((await state(page)).phase, 'done');
    // The run begins anew when wanted; stopped before its time, its figures do not count.
    await page.click('#open-lessons');
    await opened(page, 'Lessons');
    await page.goBack();
    await page.evaluate(() => (location.hash = 'lesson=2'));
    await page.click('#lesson-again');
    await page.waitForFunction(() => window.mores.state().phase === 'simulating');
    await page.evaluate(() => window.mores.cancel());
    await page.waitForFunction(() => document.querySelector('.lesson-run')?.innerText.includes('before its time'));
    assert.equal(await page.locator('.reveal').count(), 0);

    await page.evaluate(() => (location.hash = 'lesson=teacher'));
    await opened(page, 'For teachers: 45 minutes');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.house').isVisible(), false, 'only the page is printed');
    assert.equal(await page.locator('.teacher').isVisible(), true);
  });
});

test('in Chinese, on a phone', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await opens(open, '#lesson=1', { viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
    await page.waitForSelector('#lesson-title');
    const seen = [];
    for (const place of ['contents', 1, 2, 3, 4, 5, 6, 7, 8, 'teacher']) {
      await page.evaluate((place) => (location.hash = `lesson=${place}`), place);
      await page.waitForFunction((before) => !before.includes(document.querySelector('#lesson-title').innerText), seen);
      seen.push(await text(page, '#lesson-title'));
      const words = await text(page, '.lesson-inside');
      assert.doesNotMatch(words.replaceAll(/SA-CPO|Back-Scatter|KTO|#?lesson|&|v1/g, ''), /[A-Za-z]{12,}|\bthe\b/, String(place));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${place} is wider than the screen: ${wider}`);
    }
    assert.ok(seen.every((title) => /\p{Script=Han}/u.test(title)), seen.join());
  });
});

/** What each chapter is there to show, by what its page shows: its bars, and which answer came true. */
const POINTS = [
  ['copying everything makes nobody kinder', (bars, came) => came > 0 && bars[1] < bars[0] + 0.4],
  ['second answers are better than first ones', (bars, came) => came === 0 && bars[1] > bars[0] + 0.2],
  ['bad company costs something', (bars, came) => came === 0 && bars[5] > bars[1]],
  ['comparing teaches more than copying', (bars, came) => came === 0 && bars[2] > bars[1] + 0.4],
  ["under attack the copier's bad answers exceed those of the one that compares", (bars, came) => came === 0 && bars[4] > bars[5] && bars[1] >= bars[2] && bars[0] > bars[1]],
  ['the reward rises and the judge is not pleased', (bars, came) => came === 1 && bars[1] > bars[0] && bars[3] < bars[2]],
  ['values decide what is declined', (bars, came) => came === 0 && bars[3] > bars[4] && bars[0] > bars[1]],
];

// Two pages, because there are two processors: the engine in each uses one.
const WALKS = [[1, 2, 3, 4], [5, 6, 7]];

test('every chapter shows its point at its own seed', { timeout: 1_500_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const walk = async (chapters) => {
      const page = await opens(open, `#lesson=${chapters[0]}`, wide);
      await page.waitForSelector('#lesson-run');
      await ready(page);
      for (const chapter of chapters) {
        const [point, holds] = POINTS[chapter - 1];
        await page.evaluate((number) => (location.hash = `lesson=${number}`), chapter);
        await page.waitForFunction((number) => document.querySelector('.lesson-number')?.innerText.includes(` ${number} `), chapter);
        const begun = performance.now();
        await through(page, 0, 400_000);
        const seconds = (performance.now() - begun) / 1000;
        const [shown, came] = [await bars(page), Number(await page.getAttribute('.reveal', 'data-came'))];
        t.diagnostic(`chapter ${chapter}: ${seconds.toFixed(0)} s, ${shown.join(' ')}, answer ${came}`);
        assert.ok(holds(shown, came), `${point}: ${shown}, answer ${came}`);
      }
      return page;
    };
    const [page] = await Promise.all(WALKS.map(walk));
    await page.evaluate(() => (location.hash = 'lesson=8'));
    await page.click('#try-4');
    await page.evaluate(() => (location.hash = 'lesson=contents'));
    const done = WALKS[0].length + 1;
    await page.waitForFunction((done) => document.querySelectorAll('.chapter-entry.done').length === done, done);
    assert.equal(await text(page, '#lessons-done'), `${done} of 8 chapters done.`);
  });
});
