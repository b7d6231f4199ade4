// A closer look at a small run: its words, memories, record and past; a person in a seat; a rumour.
// Whatever a person does is part of the run: its link gives the same record without them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
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

const load = (page, run) => page.evaluate((run) => window.mores.load(run).then(() => true), run);
/** Everybody as the table beside the canvas says. */
const people = (page) => page.locator('.mirror tbody tr').allTextContents();
const text = (page, selector) => page.locator(selector).innerText();
const closeInspector = (page) => page.click('#inspector .close');

/** Notes every interaction and every question to the person. */
const listen = (page) =>
  page.evaluate(() => {
    window.record = [];
    window.asked = [];
    window.mores.on('interaction', ({ interaction }) => window.record.push(interaction));
    window.mores.on('waiting', ({ asked }) => asked && window.asked.push(asked));
  });

test('a run is looked at closely, searched, and seen again', { timeout: 200_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await ready(page);
    await load(page, SMALL);
    await listen(page);
    await page.click('#run');
    await finished(page, 120_000);
    const record = await page.evaluate(() => window.record);
    assert.equal(record.length, 18);

    // The newest line of the record, by keyboard alone.
    await page.getByRole('button', { name: /Simulate/ }).first().click();
    await page.focus('.record-list li button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#inspector[open]');
    const one = record[17];
    assert.match(await text(page, '#inspector-title'), new RegExp(`No. ${one.agent_id} .*round 2`));

    // The words of the draft: their probabilities multiply to what was recorded.
    const ask = page.locator('#the-draft .likely > button');
    await ask.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#the-draft .token');
    const chances = await page.locator('#the-draft .token').evaluateAll((words) => words.map((word) => Number(word.dataset.probability)));
    const sum = chances.reduce((sum, chance) => sum + Math.log(chance), 0);
    t.diagnostic(`${chances.length} tokens, sum of logarithms ${sum.toFixed(4)}, recorded ${one.draft_log_probability.toFixed(4)}`);
    assert.ok(Math.abs(sum - one.draft_log_probability) < 1e-2);
    await page.locator('#the-draft .token').first().focus();
    await page.keyboard.press('ArrowRight');
    const second = page.locator('#the-draft .token').nth(1);
    assert.ok(await second.evaluate((word) => word === document.activeElement), 'arrows go from word to word');
    assert.equal(await page.locator('#the-draft .likely-else li').count(), 5);
    const named = await second.getAttribute('aria-label');
    // What is said is of the word in focus.
    await page.waitForFunction(
      (word) => document.querySelector('#the-draft .likely-else').innerText.replace(/\s+/g, ' ').startsWith(word),
      named.replace(',', '').replace(/\s+/g, ' ').trim(),
    );

    // Memory: told or too far, always with the limit.
    const distance = await text(page, '#memory-distance');
    assert.match(distance, /0\.081/);
    assert.match(distance, one.memory ? /distance 0\.\d\d\d/ : /Too far: \d\.\d\d\d/);

    // From the author to what they remember: childhood and two rounds, the newest first.
    await page.getByRole('button', { name: `Look at No. ${one.agent_id}` }).click();
    await page.waitForSelector('.memories li');
    assert.match(await text(page, '#memories-found'), /^8, newest first$/);
    const words = (words) => words.toLowerCase().replace(/[^a-z]/g, '');
    const newest = await page.locator('.memories li').first().innerText();
    assert.equal(words(newest), words(one.question + one.revised_answer));
    await page.fill('#memory-search', one.question.split(' ').slice(0, 4).join(' '));
    assert.match(await text(page, '#memories-found'), /^\d of 8$|^8, newest/);
    const neighbours = await page.locator('.neighbour').count();
    assert.ok(neighbours >= 2 && neighbours <= 8, `${neighbours} neighbours`);
    await page.locator('.neighbour').first().click();
    await page.waitForFunction((id) => document.querySelector('#inspector-title').textContent !== `No. ${id}`, one.agent_id);
    await closeInspector(page);

    // The record, filtered: the same counts as from the data itself.
    const found = async (count) => page.waitForFunction((count) => document.querySelector('#record-found').textContent.startsWith(count === 18 ? '18 answers' : `${count} of 18`), count);
    await page.evaluate(() => (document.querySelector('.sieve').open = true));
    await page.selectOption('#only-round', '2');
    await found(9);
    await page.check('#only-changed');
    await found(record.filter((one) => one.iteration === 1 && one.draft_answer !== one.revised_answer).length);
    await page.selectOption('#only-after', '3');
    const kind = record.filter((one) => one.iteration === 1 && one.draft_answer !== one.revised_answer && one.gen_moral_score_after >= 5);
    await found(kind.length);
    assert.equal(await page.locator('.record-list > ol > li').count(), kind.length);
    await page.click('#record-clear');
    await found(18);
    assert.equal(await page.locator('#only-round').inputValue(), '0', 'cleared is cleared');
    const word = one.question.split(' ').filter((word) => word.length > 3).at(-1);
    await page.fill('#record-search', word);
    const has = (one) => [one.question, one.draft_answer, one.revised_answer, ...one.feedback].some((text) => text.includes(word));
    await found(record.filter(has).length);
    await page.click('#record-clear');

    // Back to the first answer and forth again: everything as it was.
    const now = await people(page);
    await page.focus('#moment');
    await page.keyboard.press('Home');
    const nobody = await people(page);
    assert.ok(nobody.every((row) => /not yet.*not yet/.test(row)), nobody.join('; '));
    await page.keyboard.press('ArrowRight');
    assert.match(await text(page, '.moment-words'), new RegExp(`^1 of 18 · round 1 · No. ${record[0].agent_id}$`));
    const first = (await people(page))[record[0].agent_id];
    assert.ok(first.includes(`like everybody${record[0].gen_moral_score_after}${record[0].gen_engagement_score_after}`.replaceAll('-1', 'not yet')), first);
    assert.equal(words(await text(page, '.conversation .question')), words(record[0].question), 'the conversation follows');
    await page.keyboard.press('PageUp');
    assert.match(await text(page, '.moment-words'), /^9 of 18 · round 1/);
    const halfway = await people(page);
    await page.keyboard.press('PageUp');
    assert.deepEqual(await people(page), now, 'at the end, what is now');
    await page.keyboard.press('PageDown');
    assert.deepEqual(await people(page), halfway, 'backwards as forwards');
    await page.click('#now');
    assert.deepEqual(await people(page), now);
    // Played, at the highest speed, to its end; and at once.
    await page.selectOption('#speed', '6');
    await page.click('#play');
    await page.waitForFunction(() => /^\d+ of 18/.test(document.querySelector('.moment-words').textContent));
    await page.waitForFunction(() => /^Now/.test(document.querySelector('.moment-words').textContent), null, { timeout: 20_000 });
    await page.selectOption('#speed', '7');
    await page.click('#play-back');
    assert.deepEqual(await people(page), nobody);
  });
});

test('a person sits down, a rumour goes round, and the link does it all again', { timeout: 300_000 }, async (t) => {
  let fragment;
  let first;
  let record;
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await ready(page);
    await load(page, SMALL);
    await listen(page);

    // Choose a seat before anybody is there to be clicked.
    await page.getByText('Take a seat yourself').click();
    await page.fill('#seat-number', '12');
    await page.click('#sit-down');
    assert.match(await text(page, '#seat-fault'), /0 to 8/);
    await page.fill('#seat-number', '4');
    await page.click('#sit-down');
    assert.match(await text(page, '.seat-note'), /No. 4/);
    await page.click('#run');

    // Asked for an answer: the keyboard is there already.
    await page.waitForSelector('#seat-words', { timeout: 60_000 });
    await page.waitForFunction(() => document.activeElement?.id === 'seat-words');
    await page.keyboard.press('Control+Enter');
    assert.match(await text(page, '#seat-words-fault'), /Say something/);

    // Meanwhile, something else is let happen.
    await page.getByText('Let something happen').click();
    await page.selectOption('#happening-kind', '1');
    await page.fill('#happening-question', 'What should one do at night?');
    await page.fill('#happening-answer', 'You should sing to your neighbor.');
    await page.fill('#happening-hearers', '1, 77');
    await page.click('#happen');
    assert.match(await text(page, '#happening-fault'), /0 to 8/);
    await page.fill('#happening-hearers', '1, 2');
    await page.click('#happen');
    await page.waitForFunction(() => /Round 2, to come.*sing to your neighbor/.test(document.querySelector('.happened')?.textContent ?? ''));
    assert.equal((await state(page)).config.society.happenings.length, 1);

    // A turn after the other, whatever is asked; what is refused stays to be mended.
    const mine = 'You should ask your neighbor before you take it.';
    const seen = { Draft: 0, Critique: 0, Revision: 0 };
    let passed = 0;
    for (let turn = 0; turn < 6; turn++) {
      await page.waitForFunction((turn) => window.asked.length > turn || window.mores.state().phase === 'done', turn, { timeout: 60_000 });
      const asked = await page.evaluate((turn) => window.asked[turn], turn);
      if (!asked) break;
      seen[asked.purpose]++;
      if (asked.purpose === 'Critique') {
        await page.waitForSelector('#seat-rating-2');
        await page.waitForFunction(() => document.querySelector('#seat-words')?.value === '');
        if (seen.Critique === 2) {
          // This one is left to the model.
          await page.click('#pass');
          passed = 1;
          continue;
        }
        await page.fill('#seat-words', 'That is not yours.');
        if (seen.Critique === 1) {
          await page.click('#say');
          assert.match(await text(page, '#seat-words-fault'), /rating/);
          assert.equal(await page.inputValue('#seat-words'), 'That is not yours.', 'what was typed stays');
        }
        await page.check('#seat-rating-2');
        await page.click('#say');
      } else if (asked.purpose === 'Revision') {
        await page.waitForFunction((draft) => document.querySelector('#seat-words')?.value === draft, mine);
        assert.ok((await page.locator('.seat-panel .comments li').count()) >= 1, 'the comments are there');
        await page.fill('#seat-words', `${mine} Please wait.`);
        await page.keyboard.press('Control+Enter');
      } else {
        await page.waitForFunction(() => document.querySelector('#seat-words')?.value === '');
        await page.fill('#seat-words', mine);
        await page.keyboard.press('Control+Enter');
      }
      if (seen.Revision) break;
    }
    t.diagnostic(`asked: ${JSON.stringify(seen)}`);
    assert.ok(seen.Draft === 1 && seen.Critique >= 1 && seen.Revision === 1, JSON.stringify(seen));
    // Enough: the model speaks for No. 4 from now on.
    await page.click('#leave-seat');
    first = await finished(page, 120_000);
    record = await page.evaluate(() => window.record);
    const theirs = record.find((one) => one.agent_id === 4 && one.iteration === 0);
    assert.deepEqual([theirs.draft_by, theirs.revision_by], ['person', 'person']);
    assert.equal(theirs.revised_answer, 'you should ask your neighbor before you take it . please wait .');

    // In the record and in the inspector they are a person's words.
    await page.getByRole('button', { name: /Simulate/ }).first().click();
    await page.evaluate(() => (document.querySelector('.sieve').open = true));
    await page.selectOption('#only-voice', '3');
    const people = record.filter((one) => JSON.stringify(one).includes('"person"')).length;
    await page.waitForFunction((count) => document.querySelector('#record-found').textContent.startsWith(`${count} of 18`), people);
    await page.locator('.record-list > ol > li button').last().click();
    await page.waitForSelector('#inspector[open] .whose[data-voice="person"], #inspector[open] .voice[data-voice="person"]');
    await closeInspector(page);
    assert.match(await text(page, '.happened'), /Round 2: a rumour goes round/);
    const link = await page.evaluate(() => window.mores.link());
    fragment = link.slice(link.indexOf('#'));
    t.diagnostic(`link: ${fragment.length} characters`);
    const { config } = await state(page);
    assert.equal(config.society.happenings.length, 1 + seen.Draft + seen.Critique + seen.Revision - passed);
    assert.equal(config.society.seat, null, 'nobody is waited for when it is done again');
  });

  // Somebody else, without a person: nobody is waited for, and the record is the same.
  await withBrowser({}, async (open) => {
    const page = await open(fragment);
    await ready(page);
    await page.click('#run');
    const second = await finished(page, 120_000);
    assert.equal(second.receipt.record, first.receipt.record);
    assert.equal(second.comparison, 'same');
    await page.getByRole('button', { name: /Simulate/ }).first().click();
    assert.match(await text(page, '.happened'), /Round 2: a rumour goes round/);
  });
});
