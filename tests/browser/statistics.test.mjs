// The society in figures: what the page says is counted again here from the record, now and for a
// moment of the replay. And what was found in many societies: the files beside the page, shown as
// they are, or a sentence where they are missing or broken.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DIST, withBrowser } from './lib/browser.mjs';
import { finished, ready } from './lib/run.mjs';

const SMALL = {
  preset: 'mini',
  seed: 11,
  engine: 'cpu',
  society: { size: 3, rounds: 3, memories_at_birth: 6 },
  training: { steps: 0 },
  testing: { prompts: 0 },
};
const SHIPPED = path.join(DIST, 'findings/society.json');
const FIXTURE = fileURLToPath(new URL('fixtures/society.json', import.meta.url));

const text = (page, selector) => page.locator(selector).innerText();
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Figures of the first rounds, counted in the plainest way. */
function count(record, rounds) {
  const played = record.filter((one) => one.iteration < rounds);
  const last = played.filter((one) => one.iteration === rounds - 1).map((one) => one.gen_moral_score_after);
  const apart = last.flatMap((one, at) => last.slice(at + 1).map((other) => Math.abs(one - other)));
  const heard = played.filter((one) => one.target_id.length > 0);
  const changed = heard.filter((one) => one.draft_answer !== one.revised_answer);
  const standing = [...Array(9).keys()].map((agent) => {
    const said = played.filter((one) => one.agent_id === agent);
    return [mean(said.map((one) => one.gen_moral_score_after)), mean(said.map((one) => one.gen_engagement_score_after))];
  });
  const surpassed = ([a, e]) => standing.some(([b, f]) => b >= a && f >= e && (b > a || f > e));
  return {
    apart: mean(apart).toFixed(2),
    changed: new RegExp(`^Of ${heard.length} first answers with comments, ${Math.round((100 * changed.length) / heard.length)}% were changed`),
    front: `9 people, ${standing.filter((one) => !surpassed(one)).length} of them on the front.`,
  };
}

/** Waits until the page says what was counted. */
async function agrees(page, record, rounds) {
  const wanted = count(record, rounds);
  await page.waitForFunction((round) => document.querySelector('#statistic-agreement')?.innerText.includes(`In round ${round}, `), rounds);
  assert.match(await text(page, '#statistic-agreement'), new RegExp(`those of any two people ${wanted.apart}\\.`));
  assert.match(await text(page, '#statistic-voices > p >> nth=0'), wanted.changed);
  assert.equal(await text(page, '#scatter-line'), wanted.front);
  assert.equal(await page.locator('#statistic-scatter .chart-place').getAttribute('aria-label'), wanted.front);
}

test('the society in figures, now and as it was', { timeout: 120_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await ready(page);
    await page.evaluate((run) => window.mores.load(run).then(() => true), SMALL);
    await page.evaluate(() => {
      window.record = [];
      window.mores.on('interaction', ({ interaction }) => window.record.push(interaction));
    });
    // Opened before anything is there, it follows the run.
    await page.click('#statistics > summary');
    assert.match(await text(page, '#statistics-over'), /After the first round/);
    await page.click('#run');
    await page.waitForSelector('#statistic-settled');
    await finished(page, 90_000);
    const record = await page.evaluate(() => window.record);
    assert.equal(record.length, 27);
    assert.ok(record.every((one) => Math.min(one.gen_moral_score_after, one.gen_engagement_score_after) > 0));

    // The panel turns to the last act when the run is over.
    await page.click('[data-act="0"]');
    await page.click('#statistics > summary');
    await agrees(page, record, 3);
    assert.match(await text(page, '#statistics-over'), /^Over rounds 1 to 3\./);
    assert.match(await text(page, '#moran'), /^Moran's I .*chance.*rough guess\.$|cannot be told/);
    assert.match(await text(page, '#statistic-settled'), /Too early to tell: that takes 6 rounds\./);

    // The table behind the curves: everybody's means, then their moving averages.
    const unfold = () => page.click('#statistic-curves .chart-more > summary');
    await unfold();
    await page.waitForSelector('#statistic-curves tbody tr');
    const cells = () => page.locator('#statistic-curves tbody tr').evaluateAll((lines) => lines.map((line) => line.children[2].textContent));
    const means = [0, 1, 2].map((round) => mean(record.filter((one) => one.iteration === round).map((one) => one.gen_moral_score_after)));
    assert.deepEqual(await cells(), means.map((value) => value.toFixed(2)));
    await page.selectOption('#average', { label: 'over 3 rounds' });
    assert.deepEqual(await cells(), [mean(means).toFixed(2)], 'an average over 3 rounds is there after 3 rounds');
    await page.check('#statistic-scatter input >> nth=1');
    assert.match(await text(page, '#scatter-line'), /^3 rounds, [123] of them on the front\.$/);
    await page.check('#statistic-scatter input >> nth=0');

    // The replay goes back: the figures of that moment, and nothing of what came later.
    await page.focus('#moment');
    await page.keyboard.press('Home');
    await page.waitForFunction(() => !document.querySelector('#statistic-agreement'));
    await page.keyboard.press('PageUp');
    await agrees(page, record, 1);
    assert.match(await text(page, '#statistics-over'), /^As it was after round 1\./);
    await page.selectOption('#average', { index: 0 });
    await unfold();
    await page.waitForSelector('#statistic-curves tbody tr');
    assert.equal(await page.locator('#statistic-curves tbody tr').count(), 1);
    await page.click('#now');
    await agrees(page, record, 3);

    // From a name to the person.
    const name = page.locator('.voices tbody button').first();
    const who = await name.innerText();
    await name.click();
    assert.equal(await text(page, '#inspector-title'), who);
    t.diagnostic(await text(page, '#moran'));
  });
});

/** Opens the findings from the help sheet. */
async function show(page) {
  await ready(page);
  await page.keyboard.press('?');
  await page.click('#help .to-findings');
  await page.waitForSelector('#findings[open] #findings-distances');
  await page.waitForFunction(() => !document.querySelector('#findings .waiting'));
}

test('what was found in many societies', { timeout: 60_000 }, async (t) => {
  const real = existsSync(SHIPPED);
  const body = await readFile(real ? SHIPPED : FIXTURE, 'utf8');
  const found = JSON.parse(body);
  t.diagnostic(`${real ? 'the file that ships' : 'a part of real findings'}: ${found.claims.length} claims, ${found.settings.length} settings`);
  await withBrowser({}, async (open) => {
    for (const [width, colorScheme, language] of [[1280, 'light', 'en'], [360, 'dark', 'zh-Hans']]) {
      const page = await open('', { viewport: { width, height: 800 }, colorScheme, locale: language });
      await page.route('**/findings/society.json', (route) => route.fulfill({ body, contentType: 'application/json' }));
      await show(page);
      const lines = page.locator('.claims tbody tr');
      assert.equal(await lines.count(), found.claims.length);
      // Every claim with its figure, its interval and its verdict in words.
      const verdicts = { en: ['holds', 'the contrary holds', 'open'], 'zh-Hans': ['成立', '恰恰相反', '没有定论'] }[language];
      for (const [at, claim] of found.claims.entries()) {
        const line = await lines.nth(at).innerText();
        if (language === 'en') assert.ok(line.includes(claim.claim), line);
        const { value } = claim.difference;
        const shown = Number.parseFloat((await lines.nth(at).locator('.claim-figures b').innerText()).replace('−', '-'));
        assert.ok(Math.abs(shown - value) < 0.0051, `${line} has ${value}`);
        assert.equal(await lines.nth(at).locator('.claim-verdict').innerText(), verdicts[['holds', 'contrary', 'open'].indexOf(claim.verdict)]);
        const dot = Number.parseFloat(await lines.nth(at).locator('.dot').getAttribute('cx'));
        const zero = Number.parseFloat(await lines.nth(at).locator('.zero').getAttribute('x1'));
        if (Math.abs(value) > 0.05) assert.equal(Math.sign(dot - zero), Math.sign(value), 'right of zero is above zero');
      }
      // Curves with bands; another figure, another table.
      await page.waitForSelector('#findings-curves .band');
      await page.click('#findings-curves .chart-more > summary');
      await page.waitForSelector('#findings-curves tbody tr');
      const cell = () => page.locator('#findings-curves tbody tr').last().locator('td').first().textContent();
      await page.locator('#findings-curves select').last().selectOption('0');
      const [first] = found.settings;
      const near = async ({ value }) => assert.ok(Math.abs(Number.parseFloat(await cell()) - value) < 0.0051, `${await cell()} for ${value}`);
      await near(first.revision_alignment.at(-1));
      await page.locator('#findings-curves select').first().selectOption('0');
      await near(first.draft_alignment.at(-1));
      // The limit of each model, in words.
      const distances = JSON.parse(await readFile(path.join(DIST, 'findings/memory_distance.json'), 'utf8'));
      for (const [at, { chosen }] of distances.models.entries()) {
        await page.check(`#findings-distances input >> nth=${at}`);
        const shown = page.locator('#findings-distances');
        assert.match(await shown.innerText(), new RegExp(`${chosen.threshold.toFixed(3)}.*${Math.round(100 * chosen.precision)}%`));
      }
      const over = await page.locator('#findings').evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth);
      assert.ok(over <= 0, `${over} pixels too wide at ${width}`);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('#findings[open]').count(), 0);
    }
  });
});

test('findings that are missing or broken', { timeout: 60_000 }, async () => {
  const allow = [/society\.json/];
  await withBrowser({}, async (open) => {
    const lost = await open('', { allow });
    await lost.route('**/findings/society.json', (route) => route.fulfill({ status: 404 }));
    await show(lost);
    assert.match(await text(lost, '#findings .fault'), /society\.json could not be fetched/);
    assert.equal(await lost.locator('#findings-distances .chart-place:visible').count(), 1, 'the rest is there');
    const torn = await open('', { allow });
    await torn.route('**/findings/society.json', (route) => route.fulfill({ body: '{"format":"mores-findings","version":1,', contentType: 'application/json' }));
    await show(torn);
    assert.match(await text(torn, '#findings .fault'), /cannot be read: .*EOF/);
    await torn.keyboard.press('Escape');
    await torn.keyboard.press('Escape');
    await torn.click('#run');
    await torn.waitForFunction(() => window.mores.state().phase !== 'idle');
  });
});
