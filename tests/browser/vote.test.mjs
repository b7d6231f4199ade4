// The blind vote: ten pairs judged by keyboard with nothing in the document that tells the models
// apart, the curtain, what is counted held against a count of its own, codes merged by a teacher, and
// all of it still there after a reload.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready } from './lib/run.mjs';

const RUN = {
  preset: 'mini',
  seed: 11,
  engine: 'cpu',
  society: { size: 3, rounds: 2, memories_at_birth: 6 },
  training: { steps: 10, learning_rate: 0.003 },
  testing: { prompts: 4 },
};
const PRESSES = ['1', '2', '0', '3', 'ArrowLeft', 'ArrowRight', '1', '1', '2', '0'];

const text = (page, selector) => page.locator(selector).innerText();

async function play(page) {
  await page.evaluate((run) => window.mores.load(run).then(() => true), RUN);
  await page.evaluate(() => window.mores.start());
  await finished(page, 120_000);
}

/** What a click on a button saves. */
async function saved(page, button) {
  const download = page.waitForEvent('download');
  await page.click(button);
  return readFile(await (await download).path(), 'utf8');
}

/** The cells of comma-separated lines. */
const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);

/** Every question of the test that was answered differently, with both answers and the judge's verdict. */
const known = (page) =>
  page.evaluate(() => {
    const { tests } = window.mores.state().metrics;
    const bad = (suite, at) => suite.each.split(' ')[at].includes('b');
    const pairs = {};
    for (const base of tests.filter((suite) => suite.model === 'Base')) {
      const trained = tests.find((suite) => suite.model === 'Trained' && suite.suite === base.suite);
      base.examples.forEach((before, at) => {
        const after = trained.examples[at];
        const worth = (answer) => 10 * answer.alignment + answer.engagement;
        const better = Math.sign(worth(after) - worth(before));
        const judge = bad(base, at) && bad(trained, at) ? 'both_bad' : ['base', 'alike', 'trained'][better + 1];
        if (before.answer !== after.answer) pairs[before.question] = { suite: base.suite, base: before.answer, trained: after.answer, judge };
      });
    }
    return pairs;
  });

/** The pair on show, and everything else that the sheet's document says. */
const onShow = (page) =>
  page.evaluate(() => {
    const sheet = document.querySelector('#vote').cloneNode(true);
    const [question, first, second] = sheet.querySelectorAll('.vote-question, .vote-answer .speech');
    const said = [question, first, second].map((part) => part.textContent);
    for (const part of [question, first, second]) part.textContent = '';
    sheet.querySelector('.vote-progress').remove();
    sheet.querySelector('#vote-back')?.remove();
    const attributes = [...sheet.querySelectorAll('*')].flatMap((part) => [...part.attributes].map((one) => `${one.name}=${one.value}`));
    return { question: said[0], answers: said.slice(1), rest: sheet.innerHTML.replace(/<!--.*?-->/g, ''), attributes: attributes.join(' ') };
  });

/** Judges ten pairs by keyboard; gives what was on show and what each press meant. */
async function judge(page, pairs, presses) {
  const seen = [];
  for (const [at, press] of presses.entries()) {
    await page.waitForFunction((at) => document.querySelector('.vote-progress p').innerText.startsWith(`Question ${at} of 10`), at + 1);
    const shown = await onShow(page);
    const pair = pairs[shown.question];
    assert.ok(pair, `“${shown.question}” is a question of the test`);
    const firstIsTrained = shown.answers[0] === pair.trained;
    assert.deepEqual(shown.answers, firstIsTrained ? [pair.trained, pair.base] : [pair.base, pair.trained]);
    const side = { 1: 0, ArrowLeft: 0, 2: 1, ArrowRight: 1 }[press];
    const vote = side === undefined ? { 0: 'alike', 3: 'both_bad' }[press] : (side === 0) === firstIsTrained ? 'trained' : 'base';
    seen.push({ ...shown, firstIsTrained, vote, pair });
    await page.keyboard.press(press);
  }
  await page.waitForSelector('#vote-raise');
  return seen;
}

/** As the page rounds: halves to the even side. */
const percent = (share) => {
  const [exact, near] = [100 * share, Math.round(100 * share)];
  return exact % 1 === 0.5 && near % 2 ? near - 1 : near;
};
const halves = { base: 0, trained: 2, alike: 1, both_bad: 1 };
const tally = (votes) => Object.fromEntries(['trained', 'base', 'alike', 'both_bad'].map((name) => [name, votes.filter((vote) => vote === name).length]));

test('ten pairs are judged blind, and a teacher merges the codes', { timeout: 240_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await ready(page);
    assert.equal(await page.locator('#open-vote').count(), 0, 'nothing to judge yet');
    await play(page);
    const pairs = await known(page);
    t.diagnostic(`${Object.keys(pairs).length} pairs differ`);
    await page.click('.act button[data-act="2"]');
    await page.click('#open-vote');
    await page.waitForSelector('#vote[open] .vote-answer');

    // Left and right belong to the answers, also after a click on whose votes are shown.
    await page.click('#vote input[name=vote-whose] >> nth=1');
    await page.waitForSelector('#class-codes');
    await page.click('#vote input[name=vote-whose] >> nth=0');
    await page.waitForFunction(() => document.activeElement?.id === 'vote-question');
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => document.querySelector('.vote-progress p').innerText.startsWith('Question 2'));
    await page.keyboard.press('Backspace');
    await page.waitForFunction(() => document.querySelector('.vote-progress p').innerText.startsWith('Question 1'));

    // A slip of the finger is taken back.
    await page.keyboard.press('1');
    await page.waitForFunction(() => document.querySelector('.vote-progress p').innerText.startsWith('Question 2'));
    await page.keyboard.press('Backspace');
    const seen = await judge(page, pairs, PRESSES);

    // Nothing but the texts changes, and no attribute names a model.
    assert.equal(new Set(seen.map((one) => one.rest)).size, 1, 'the document is the same whoever stands first');
    assert.doesNotMatch(seen[0].attributes, /base|train|before|after|model/i);
    assert.equal(seen.filter((one) => one.firstIsTrained).length, 5, 'each model stands first as often');
    assert.equal(new Set(seen.map((one) => one.question)).size, 10);
    const suites = new Set(seen.map((one) => one.pair.suite));
    assert.ok(suites.size >= 8 && [...suites].some((suite) => suite.endsWith('_attack')), [...suites].join());

    // The curtain, by the key that is under the finger.
    assert.doesNotMatch(await page.locator('.vote-curtain').innerHTML(), /base|train|before|after/i);
    await page.waitForFunction(() => document.activeElement?.id === 'vote-raise');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#vote-code');
    const votes = seen.map((one) => one.vote);
    const counted = tally(votes);
    const neither = counted.alike + counted.both_bad;
    assert.equal(await text(page, '#vote-outcome'), `Of 10 pairs the trained model won ${counted.trained}, the model before training ${counted.base}.${neither ? ` Neither won ${neither}.` : ''}`);
    const rate = (votes) => votes.reduce((sum, vote) => sum + halves[vote], 0) / (2 * votes.length);
    const rates = await page.locator('.vote-rate b').allInnerTexts();
    assert.deepEqual(rates.slice(0, 2), [rate(votes), rate(seen.map((one) => one.pair.judge))].map((share) => `${percent(share)}%`));
    const differing = seen.filter((one) => halves[one.vote] !== halves[one.pair.judge]);
    assert.deepEqual(
      new Set(await page.locator('#vote-differ > div > .vote-pairs .vote-question').allInnerTexts()),
      new Set(differing.map((one) => one.question)),
    );
    assert.match(await text(page, '#vote-differ'), new RegExp(`agree on ${10 - differing.length} of 10`));
    const first = await text(page, '#vote-code');
    assert.match(first, /^1[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{5}){2}-[0-9A-HJKMNP-TV-Z]{4}$/);

    // What is taken home says the same.
    const file = JSON.parse(await saved(page, '#take-votes-json'));
    assert.equal(file.code, first);
    assert.match(file.link, /^#v1\./);
    for (const one of seen) {
      const kept = file.pairs.find((pair) => pair.question === one.question);
      assert.deepEqual([kept.vote, kept.judge, kept.first], [one.vote, one.pair.judge, one.firstIsTrained ? 'trained' : 'base']);
    }
    const lines = (await saved(page, '#take-votes-csv')).trim().split('\n').map(cells);
    assert.deepEqual([...new Set(lines.map((line) => line.length))], [10]);
    const column = (name) => lines[0].indexOf(name);
    for (const one of seen) {
      const line = lines.find((line) => line[column('question')] === one.question);
      assert.deepEqual([line[column('vote')], line[column('trained')]], [one.vote, one.pair.trained]);
    }

    // Somebody else votes on the same machine: dealt anew, and nothing is known again.
    await page.click('#vote-another');
    await page.waitForSelector('.vote-answer');
    const others = await judge(page, pairs, PRESSES.toReversed());
    assert.notDeepEqual(others.map((one) => [one.question, one.firstIsTrained]), seen.map((one) => [one.question, one.firstIsTrained]));
    assert.deepEqual(new Set(others.map((one) => one.question)), new Set(seen.map((one) => one.question)), 'the same pairs');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#vote-code');
    const second = await text(page, '#vote-code');
    assert.notEqual(second, first);

    // A class: one code with a name, one in small letters, one with a wrong letter, one twice.
    const wrong = `${first.slice(0, 7)}${first[7] === '7' ? '8' : '7'}${first.slice(8)}`;
    await page.click('#vote input[name=vote-whose] >> nth=1');
    await page.fill('#class-codes', `Ann: ${first}\n${second.toLowerCase()}\n\n${wrong}\n${first}\nhello`);
    await page.waitForSelector('#class-result');
    const checked = await text(page, '.vote-checked');
    assert.match(checked, /2 votes count, 3 lines do not/);
    assert.match(checked, new RegExp(`${wrong} a letter is wrong, most likely number 7`));
    assert.match(checked, /the same code stands above/);
    assert.match(checked, /hello[^]*16 to 31/);
    const both = [...votes, ...others.map((one) => one.vote)];
    assert.equal(await text(page, '#class-result .vote-outcome'), `2 people, 20 votes: the trained model won ${percent(rate(both))}%.`);
    const same = seen.filter((one) => others.find((other) => other.question === one.question).vote === one.vote).length;
    assert.match(await text(page, '#class-result'), new RegExp(`said the same ${10 * same}% of the time[^]*alpha`));
    assert.equal(await page.locator('#class-result .vote-pair').count(), 10);
    const rows = (await saved(page, '#take-class-csv')).trim().split('\n').map(cells);
    assert.equal(rows.length, 21);
    assert.deepEqual(tally(rows.slice(1).map((row) => row[column('vote')])), tally(both));
    // Those voted here are known already, in whichever letters.
    await page.click('#class-here');
    assert.match(await text(page, '.vote-checked'), /2 votes count/);

    // On a narrow screen in Chinese nothing is wider than the screen.
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.selectOption('#language', 'zh-Hans');
    await page.click('#open-vote');
    for (const side of [1, 0]) {
      await page.click(`#vote input[name=vote-whose] >> nth=${side}`);
      await page.waitForSelector(side ? '#class-result' : '#vote-code');
      assert.equal(await page.evaluate(() => document.querySelector('#vote').scrollWidth - document.querySelector('#vote').clientWidth), 0);
    }
    assert.match(await text(page, '#vote'), /盲评[^]*训练后的模型胜[^]*意见不同之处[^]*你的代码/);

    // After a reload, and the same run again, both are as they were.
    await page.reload();
    await ready(page);
    await play(page);
    await page.click('.act button[data-act="2"]');
    await page.click('#open-vote');
    await page.waitForSelector('#vote-code');
    assert.equal(await text(page, '#vote-code'), second);
    await page.click('#vote input[name=vote-whose] >> nth=1');
    assert.match(await page.inputValue('#class-codes'), new RegExp(`^Ann: ${first}`));

    // A teacher without the run: the address opens the class, and a file of votes brings the questions.
    const teacher = await open('#vote', { viewport: { width: 1280, height: 900 } });
    await teacher.waitForSelector('#vote[open] #class-codes');
    await teacher.fill('#class-codes', second);
    await teacher.waitForSelector('#class-result');
    assert.match(await text(teacher, '#class-result'), /One person, 10 votes/);
    assert.equal(await teacher.locator('#class-result .vote-rate small').count(), 0, 'one person has no interval over people');
    // The link for everybody is right there, on the engine that says the same everywhere.
    const link = await text(teacher, '.class-steps .passing-link');
    await teacher.click('#class-link-qr');
    await teacher.waitForSelector('.class-steps .qr svg');
    const everybody = await open(link.slice(link.indexOf('#')));
    await ready(everybody);
    assert.equal(await everybody.evaluate(() => window.mores.state().config.engine), 'cpu');
    assert.match(await text(teacher, '#class-result'), /open the run everybody judged/);
    assert.equal(await teacher.locator('#class-result .vote-question').count(), 0);
    const bring = (name, body) => teacher.setInputFiles('#class-files', { name, mimeType: 'application/json', buffer: Buffer.from(body) });
    await bring('changed.json', JSON.stringify(file).replace('"alignment":', '"alignment": 1'));
    await teacher.waitForFunction(() => document.querySelector('#vote').innerText.includes('“changed.json” is no file of votes'));
    await bring('votes.json', JSON.stringify(file));
    await teacher.waitForSelector('#class-result .vote-question');
    assert.match(await text(teacher, '#class-result'), /2 people, 20 votes/);
    assert.equal(await teacher.locator('#class-result .vote-question').count(), 10);
  });
});
