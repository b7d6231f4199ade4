// The stage before the first click, and a scene played beat by beat. What plays before the first click
// is a recording of a real run: marked as one, and no part of the run that the page is about.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready, state } from './lib/run.mjs';

const SMALL = {
  preset: 'mini',
  seed: 11,
  engine: 'cpu',
  society: { size: 3, rounds: 1, memories_at_birth: 6 },
  training: { steps: 0 },
  testing: { prompts: 0 },
};
const DESKTOP = { viewport: { width: 1280, height: 900 } };

const text = (page, selector) => page.locator(selector).innerText();
const letters = (words) => words.toLowerCase().replace(/[^a-z]/g, '');
/** The society as it is seen now. */
const picture = async (page) => (await page.locator('#society').screenshot()).toString('base64');
const beat = (page) => page.evaluate(() => [...document.querySelectorAll('.beat-mark')].findIndex((mark) => mark.classList.contains('on')));
const beats = (page) => page.locator('.beat-mark').count();
/** Which lines of the scene can be read. */
const readable = (page) =>
  page.evaluate(() => {
    const seen = (element) => element && getComputedStyle(element).visibility === 'visible';
    const script = document.querySelector('.script');
    const lines = [...script.querySelectorAll('.line.beat')];
    return {
      question: seen(script.querySelector('.question')),
      words: [...lines[1].querySelectorAll('.speech span')].filter(seen).length,
      comments: [...script.querySelectorAll('.comments li')].map((line) => seen(line) && seen(line.querySelector('.rating')) && seen(line.querySelector('.reason'))),
      revision: seen(lines.at(-1).querySelector('.speech')) && lines.length > 3,
      marked: script.querySelectorAll('.marked').length,
      verdict: seen(script.querySelector('.verdict')),
    };
  });
const heights = (page) =>
  page.evaluate(() => [document.querySelector('.conversation').getBoundingClientRect().height, document.querySelector('.script').scrollHeight, document.documentElement.scrollHeight]);

test('a recorded run plays before the first click, is marked as one, and makes room for the run', { timeout: 120_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open('', DESKTOP);
    await page.waitForSelector('#recorded', { timeout: 60_000 });
    t.diagnostic(`the recording is on ${Math.round(await page.evaluate(() => performance.now()))} ms after the page was asked for`);
    assert.match(await text(page, '#recorded'), /^This is a recording\.\s+Run your own\s+Start lesson 1$/);
    assert.equal(await text(page, '.conversation .recorded-mark'), 'Recorded');
    const question = letters(await text(page, '.script .question'));
    assert.ok(question.length > 10);
    // While a question is read nothing moves; then the answer goes round.
    const before = await picture(page);
    let moved = false;
    for (let wait = 0; wait < 30 && !moved; wait++) {
      await page.waitForTimeout(300);
      moved = (await picture(page)) !== before;
    }
    assert.ok(moved, 'something moves');

    // Nothing of it is data: not in state, record, search, list, exports.
    await ready(page);
    const { phase, metrics, receipt } = await state(page);
    assert.deepEqual([phase, metrics.interactions, metrics.rounds, receipt], ['idle', 0, [], null]);
    assert.deepEqual(await page.evaluate(() => window.mores.runs()), []);
    assert.equal(await page.locator('.record-list li').count(), 0);
    assert.equal(await page.locator('#people tbody tr').count(), 0);
    const exported = await page.evaluate(() => window.mores.export('record').then((blob) => blob.text(), (error) => `refused: ${error.message}`));
    assert.ok(!letters(exported).includes(question), exported.slice(0, 200));
    const box = await page.locator('#society').boundingBox();
    for (const share of [0.35, 0.5, 0.65]) await page.mouse.click(box.x + box.width / 2, box.y + box.height * share);
    assert.equal(await page.locator('#inspector[open]').count(), 0, 'nobody of a recording is looked at closely');
    assert.ok(await page.locator('#recorded').isVisible(), 'and it goes on');

    // Run: the recording goes at once, and what is on stage is the run's own.
    await page.evaluate(() => {
      window.asked = [];
      window.mores.on('drafted', ({ question }) => window.asked.push(question));
    });
    await page.click('#run');
    assert.equal(await page.locator('.recorded-mark').count(), 0);
    assert.equal(await page.locator('.script .question').count(), 0, 'nobody has been asked yet');
    await page.waitForSelector('.script .question', { timeout: 60_000 });
    await page.click('#run');
    const live = letters(await text(page, '.script .question'));
    assert.ok((await page.evaluate(() => window.asked)).some((asked) => letters(asked) === live), live);
    await page.click('#reset');
    await page.waitForFunction(() => window.mores.state().phase === 'idle');
    assert.equal(await page.locator('.recorded-mark').count(), 0, 'it does not come back');
  });
});

test('the recording leaves for a setting or a link, and is not missed where it cannot be had', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open, site) => {
    const page = await open('', DESKTOP);
    await page.waitForSelector('#recorded', { timeout: 60_000 });
    await ready(page);
    await page.evaluate(() => window.mores.load({ preset: 'mini' }));
    await page.waitForFunction(() => !document.querySelector('.recorded-mark'));
    assert.match(await text(page, '.script'), /curtain is still down/);

    const linked = await open('#v1.Y2RgAAA', DESKTOP);
    await ready(linked);
    assert.equal(await linked.locator('.recorded-mark').count(), 0, 'whoever brings a run sees that run');

    const profile = page.context().browser();
    const context = await profile.newContext();
    await context.route('**/opening/**', (route) => route.fulfill({ status: 404, body: '' }));
    const without = await context.newPage();
    const errors = [];
    without.on('pageerror', (error) => errors.push(error));
    await without.goto(site.url);
    await ready(without);
    assert.equal(await without.locator('.recorded-mark').count(), 0);
    assert.match(await text(without, '.script'), /curtain is still down/);
    assert.deepEqual(errors, []);
  });
});

test('where nothing may move, the recording is a still scene that can be turned by hand', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await open('', { ...DESKTOP, reducedMotion: 'reduce' });
    await page.waitForSelector('#recorded', { timeout: 60_000 });
    await ready(page);
    await page.waitForTimeout(300);
    const still = await picture(page);
    const seen = await readable(page);
    assert.ok(seen.question && seen.verdict && seen.comments.every(Boolean), JSON.stringify(seen));
    await page.waitForTimeout(1500);
    assert.equal(await picture(page), still, 'nothing moves');
    // A step shows its beat at once, without a flight.
    const last = await beat(page);
    await page.keyboard.press(';');
    assert.equal(await beat(page), last - 1);
    await page.click('#scene-after');
    await page.waitForFunction(() => /scene 2 of/.test(document.querySelector('.scene-count').textContent));
    await page.keyboard.press('P');
    for (let step = 0; step < 2; step++) await page.keyboard.press(',');
    assert.equal(await beat(page), 2);
    assert.equal((await readable(page)).comments[0], true, 'read at once');
    const arrived = await picture(page);
    await page.waitForTimeout(400);
    assert.equal(await picture(page), arrived);
  });
});

test('an interaction is stepped through in order, and the letter is seen on its way', { timeout: 180_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open('?canvas=2d', DESKTOP);
    await ready(page);
    await page.evaluate((run) => window.mores.load(run).then(() => true), SMALL);
    await page.evaluate(() => {
      window.record = [];
      window.mores.on('interaction', ({ interaction }) => window.record.push(interaction));
    });
    await page.click('#run');
    await finished(page, 120_000);
    const record = await page.evaluate(() => window.record);
    // Some scene in which several neighbours speak and words are kept and changed.
    const index = record.findIndex((one) => one.rating.length >= 2 && one.draft_answer !== one.revised_answer);
    assert.ok(index >= 0 && index < record.length - 1, `${index}`);
    for (let guard = 0; guard < 40; guard++) {
      if ((await text(page, '.scene-count')).startsWith(`scene ${index + 1} of`)) break;
      await page.click((await page.locator('#scene-before').isEnabled()) ? '#scene-before' : '#scene-after');
    }
    const one = record[index];
    assert.match(await text(page, '.scene-count'), new RegExp(`^scene ${index + 1} of ${record.length}$`));
    assert.equal(await beats(page), one.rating.length + 4);
    await page.selectOption('#pace', '0');

    // The beginning: the question, and nothing else.
    await page.click('#play-scene');
    await page.locator('.conversation .script').focus();
    while ((await beat(page)) > 0) await page.keyboard.press('ArrowLeft');
    const room = await heights(page);
    assert.equal(letters(await text(page, '.script .question')), letters(one.question));
    const { question, ...rest } = await readable(page);
    assert.deepEqual([question, rest], [true, { words: 0, comments: one.rating.map(() => false), revision: false, marked: 0, verdict: false }]);

    // The answer is said word by word.
    await page.click('#beat-step');
    const some = (await readable(page)).words;
    await page.waitForFunction((some) => [...document.querySelectorAll('.script .line.beat')[1].querySelectorAll('.speech span')].filter((word) => getComputedStyle(word).visibility === 'visible').length > some, some);
    await page.waitForFunction(() => !document.querySelector('.script .unheard'));

    // Each neighbour: the letter flies, then lies still, and only then it is read.
    for (let neighbour = 0; neighbour < 2; neighbour++) {
      await page.keyboard.press(',');
      assert.equal((await readable(page)).comments[neighbour], false, 'not before it arrives');
      const first = await picture(page);
      await page.waitForTimeout(350);
      assert.notEqual(await picture(page), first, 'the letter moves');
      await page.waitForFunction((at) => !document.querySelectorAll('.script .comments li')[at].matches('.flies, .ahead'), neighbour);
      const known = one.rating.map((_, place) => place <= neighbour);
      assert.deepEqual((await readable(page)).comments, known);
      await page.waitForTimeout(700);
      const third = await picture(page);
      await page.waitForTimeout(400);
      assert.equal(await picture(page), third, 'and then lies still');
    }
    const place = await beat(page);
    assert.equal(place, 3);
    assert.match(await page.textContent('.playing [role="status"]'), /No\. \d+\. Rating: /);

    // Back and forth by the keyboard; held in mid-air, nothing moves.
    await page.keyboard.press(';');
    assert.equal(await beat(page), place - 1);
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(500);
    await page.keyboard.press('p');
    const held = await picture(page);
    await page.waitForTimeout(500);
    assert.equal(await picture(page), held, 'held in mid-air');
    assert.equal((await readable(page)).comments[1], false);

    // The end: everything, with what changed marked. No height moved in all this.
    await page.keyboard.press('End');
    await page.waitForTimeout(100);
    const whole = await readable(page);
    assert.ok(whole.verdict && whole.revision && whole.comments.every(Boolean), JSON.stringify(whole));
    t.diagnostic(`${whole.marked} marked pieces; ${JSON.stringify(one.draft_answer)} -> ${JSON.stringify(one.revised_answer)}`);
    assert.ok(await page.locator('#beat-step').isDisabled());
    assert.deepEqual(await heights(page), room);

    // Played from the beginning at twice the pace, it comes to its end by itself and rests there.
    await page.selectOption('#pace', '2');
    await page.click('#play-scene');
    assert.equal(await beat(page), 0);
    await page.waitForFunction((last) => document.querySelectorAll('.beat-mark')[last].classList.contains('on'), (await beats(page)) - 1, { timeout: 60_000 });
    // The run's own keys are still the run's.
    assert.equal((await state(page)).phase, 'done');
  });
});
