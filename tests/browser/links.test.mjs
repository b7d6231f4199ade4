// Links that carry wishes, a code that a phone can read, a page inside another page, settings that
// are taken back, changes that wait, the gallery, and receipts that are held against a run.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import jsqr from 'jsqr';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready, state } from './lib/run.mjs';

const MINI = '#v1.Y2RgAAA';
const decode = jsqr.default ?? jsqr;

const text = (page, selector) => page.locator(selector).innerText();
const root = (page, name) => page.evaluate((name) => document.documentElement.getAttribute(name), name);
const fragment = (link) => link.slice(link.indexOf('#'));

/** What a phone reads in the code: its modules are painted from the SVG, four pixels each. */
async function scanned(page) {
  const { whole, path } = await page.locator('#qr svg').evaluate((svg) => ({
    whole: svg.viewBox.baseVal.width,
    path: svg.querySelector('.dark').getAttribute('d'),
  }));
  const [scale, side] = [4, whole * 4];
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, wide] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let down = y * scale; down < (Number(y) + 1) * scale; down += 1) {
      pixels.fill(0, (down * side + x * scale) * 4, (down * side + (Number(x) + Number(wide)) * scale) * 4);
      for (let across = x * scale; across < (Number(x) + Number(wide)) * scale; across += 1) pixels[(down * side + across) * 4 + 3] = 255;
    }
  }
  return decode(pixels, side, side)?.data;
}

/** A link with another result: the payload is unpacked, changed, and packed again. */
function forged(link, change) {
  const [, version, payload] = fragment(link).match(/^#(v\d)\.([\w-]+)/);
  const bytes = inflateRawSync(Buffer.from(payload, 'base64url'));
  change(bytes);
  return `#${version}.${deflateRawSync(bytes).toString('base64url')}`;
}

async function run(page) {
  await page.click('#run');
  return finished(page, 90_000);
}

test('a run is shared: link, wishes, code and frame, and the receipt is checked', { timeout: 240_000 }, async () => {
  await withBrowser({}, async (open, site) => {
    const page = await open(MINI, { permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1280, height: 900 } });
    await ready(page);
    const { receipt } = await run(page);
    const whole = await page.evaluate(() => window.mores.link());
    await page.click('#open-share');
    await page.waitForSelector('#qr svg');
    assert.equal(await page.inputValue('#share-address'), whole);
    assert.equal(await scanned(page), whole);
    await page.click('#share-copy');
    await page.waitForFunction(() => document.querySelector('.share-link .copy-row p').textContent);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), whole);

    // Without the receipt it is the preset's own short link.
    await page.uncheck('#share-receipt');
    assert.equal(await page.inputValue('#share-address'), `${site.url}${MINI}`);
    assert.equal(await text(page, '.share-link .copy-row p'), '', 'this one was not copied');
    // A lesson that plays a village of its own is linked alone: settings beside it would not be played.
    await page.selectOption('#share-lesson', { label: '3 Bad company' });
    assert.equal(await page.inputValue('#share-address'), `${site.url}#lesson=3`);
    assert.match(await text(page, '#share-lesson-alone'), /village of its own/);
    await page.selectOption('#share-lesson', { index: 8 });
    await page.selectOption('#share-lang', { label: '中文' });
    await page.selectOption('#share-theme', { label: 'dark' });
    await page.check('#hide-settings');
    await page.check('#hide-step');
    const wished = `${site.url}${MINI}&lesson=8&lang=zh-Hans&theme=dark&hide=settings.step`;
    assert.equal(await page.inputValue('#share-address'), wished);
    assert.equal(await scanned(page), wished);
    assert.equal(await page.locator('#share-try').getAttribute('href'), wished);
    assert.match(await text(page, '#share-sketch figcaption'), /^Without the settings and the Step button\.$/);
    assert.match(await page.locator('#share-sketch svg').textContent(), /带回家[\s\S]*8 /);
    await page.selectOption('#embed-size', '1');
    const frame = await page.evaluate((code) => {
      // Its style is for the page that takes it in; this one has a policy that allows no style in a text.
      const read = new DOMParser().parseFromString(code.replace(/ style="[^"]*"/, ''), 'text/html').querySelector('iframe');
      return Object.fromEntries([...read.attributes].map(({ name, value }) => [name, value]));
    }, await page.inputValue('#embed-code'));
    assert.equal(frame.src, `${wished}&embed=1`);
    assert.deepEqual([frame.width, frame.height, frame.loading, frame.allow], ['960', '640', 'lazy', 'clipboard-write']);
    assert.ok(frame.title);
    // Large, over everything, and back; a file of its own.
    await page.click('#qr-size');
    assert.ok((await page.locator('#qr svg').boundingBox()).width > 600);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#qr').classList.contains('large'));
    assert.ok(await page.locator('#share').evaluate((sheet) => sheet.open), 'the key makes the code small and leaves the sheet');
    const download = page.waitForEvent('download');
    await page.click('#qr-save');
    assert.equal((await download).suggestedFilename(), 'mores-link.svg');
    await page.keyboard.press('Escape');

    // The same for programs.
    const asked = (wishes) => page.evaluate((wishes) => window.mores.link(wishes), wishes);
    assert.equal(await asked({ receipt: false, lesson: 8, lang: 'zh-Hans', theme: 'dark', hide: ['settings', 'step'] }), wished);
    assert.equal(await asked({ embed: true }), `${whole}&embed=1`);
    for (const [wish, named] of [[{ theme: 'purple' }, /theme=purple.*dark/], [{ colour: 1 }, /colour/], [{ hide: ['run'] }, /hide=run/]]) {
      await assert.rejects(asked(wish), named);
    }

    // Whoever opens it sees the promise first, and the verdict after a run of their own.
    const other = await open(fragment(whole), { viewport: { width: 1280, height: 900 } });
    await ready(other);
    await other.waitForSelector('#promise[data-standing=waits]');
    const card = await text(other, '#promise');
    const figure = (value) => value.toFixed(2);
    assert.ok(card.includes(`${figure(receipt.headline.alignment_base)} → ${figure(receipt.headline.alignment_trained)}`), card);
    assert.ok(card.includes(receipt.build) && card.includes(receipt.record.slice(0, 12)) && card.includes('not yet'), card);
    assert.match(await text(other, '.promise-settings'), /^4 people, 1 round · \d+ steps? of SA-CPO · seed 1$/);
    assert.equal((await state(other)).phase, 'idle');
    // A chapter plays a village of its own: the promise is not beside it, and is there again afterwards.
    await other.evaluate(() => { location.hash = 'lesson=1'; });
    await other.waitForSelector('#lesson-run');
    await other.waitForSelector('#promise', { state: 'detached' });
    await other.click('#leave-lessons');
    await other.waitForSelector('#promise[data-standing=waits]');
    const seed = `#${await other.getByLabel('Seed', { exact: true }).getAttribute('id')}`;
    await other.fill(seed, '9');
    await other.waitForSelector('#promise[data-standing=changed]');
    await other.click('#promise-back');
    await other.waitForSelector('#promise[data-standing=waits]');
    assert.equal(await other.inputValue(seed), '1');
    await ready(other);
    await other.waitForTimeout(600);
    await run(other);
    await other.waitForSelector('#promise[data-standing=same]');
    assert.equal(await other.locator('#promise .differing-line').count(), 0);
    assert.match(await text(other, '#promise'), /Same result, bit for bit/);

    // Another record, made by another build: both are named, and both are marked.
    const doubted = forged(whole, (bytes) => {
      bytes[bytes.indexOf(receipt.build)] ^= 1;
      const record = bytes.indexOf(Buffer.from(receipt.record, 'hex'));
      assert.ok(record > 0);
      bytes[record] ^= 255;
    });
    await other.evaluate((link) => { location.hash = link; }, doubted);
    await other.click('.notice button:text("Load them")');
    await other.waitForSelector('#promise[data-standing=waits]');
    assert.match(await text(other, '#promise'), /was made by build .* this page is build/);
    await ready(other);
    await run(other);
    await other.waitForSelector('#promise[data-standing=differs]');
    assert.match(await text(other, '.promise-sentence'), /Not the same: the record differs\. Another build/);
    assert.deepEqual(await other.locator('#promise .differing-line th').allInnerTexts(), ['Build', 'Record']);
    await other.click('#promise > button');
    assert.equal(await other.locator('#promise').count(), 0);
  });
});

test('a link that is too long for a code is offered without its receipt', { timeout: 180_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await ready(page);
    // Norms that change again and again, at random: there is nothing in them to be packed.
    let chance = 7;
    const weight = () => (chance = (chance * 48271) % 2147483647) % 101;
    const names = ['property', 'privacy', 'harm', 'honesty', 'promises', 'fairness', 'truth', 'safety', 'care', 'respect', 'help'];
    const happening = () => ({ round: 0, what: { norms: Object.fromEntries(names.map((name) => [name, weight()])) } });
    const happenings = Array.from({ length: 25 }, happening);
    const most = 858;
    const length = async () => {
      await page.evaluate((happenings) => window.mores.load({ preset: 'mini', engine: 'cpu', society: { happenings } }).then(() => true), happenings);
      return page.evaluate(() => window.mores.link().length);
    };
    // So long that the receipt is what makes it too long.
    while ((await length()) < most - 50) happenings.push(happening());
    assert.ok((await length()) <= most);
    await run(page);
    await page.click('#open-share');
    await page.waitForSelector('#qr-none');
    assert.match(await text(page, '#qr-none'), /^With \d{3} characters .* 858 are the most\.$/);
    await page.click('#qr-shorter');
    await page.waitForSelector('#qr svg');
    const shorter = await page.evaluate(() => window.mores.link({ receipt: false }));
    assert.equal(await page.inputValue('#share-address'), shorter);
    assert.equal(await scanned(page), shorter, 'the finest code there is can be read');
    assert.ok(await page.locator('#share-receipt').isChecked() === false);
    // With still more, only a file holds it.
    await page.keyboard.press('Escape');
    happenings.push(...Array.from({ length: 12 }, happening));
    await length();
    await page.click('#open-share');
    await page.waitForSelector('#qr-none');
    assert.match(await text(page, '.share-code'), /a run file, from the fourth act/);
    assert.equal(await page.locator('#qr-shorter').count(), 0);
  });
});

test('wishes are heeded for one visit, and bad ones are told', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open, site) => {
    const page = await open('');
    await ready(page);
    await page.selectOption('#theme', 'light');
    const visit = async (link) => {
      await page.goto('about:blank');
      await page.goto(`${site.url}${link}`);
      await ready(page);
    };
    await visit(`${MINI}&theme=dark&lang=zh&hide=settings.acts.reset&tomorrow=1`);
    assert.deepEqual(await Promise.all(['data-theme', 'lang', 'data-hide'].map((name) => root(page, name))), ['dark', 'zh-Hans', 'settings acts reset']);
    for (const hidden of ['.settings', '.acts', '.act-panel', '#reset', '#open-gallery']) assert.ok(await page.locator(hidden).first().isHidden(), hidden);
    assert.ok(await page.locator('#step').isVisible());
    assert.equal((await state(page)).config.society.size, 2);
    assert.equal(await page.locator('#bad-wish').count(), 0, 'a key of tomorrow is nobody’s fault');
    assert.deepEqual(await page.evaluate(() => [localStorage.getItem('mores.theme'), localStorage.getItem('mores.language')]), ['light', null]);

    await visit(`${MINI}&theme=purple&lesson=12&hide=run`);
    assert.match(await text(page, '#bad-wish'), /theme=purple \(system, light, dark\); lesson=12 \(1–8\); hide=run/);
    assert.deepEqual([await root(page, 'data-theme'), await root(page, 'data-hide')], ['light', null]);
    assert.equal((await state(page)).config.society.size, 2, 'the run is opened all the same');
    // Wishes that come later change the page and leave the run alone.
    await page.evaluate(() => { location.hash = '#theme=dark&hide=more'; });
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    assert.equal(await root(page, 'data-hide'), 'more');
    assert.deepEqual([(await state(page)).config.society.size, (await state(page)).phase], [2, 'idle']);
  });
});

test('the page inside another page shows what it should, and starts nothing', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open, site) => {
    const page = await open('', { viewport: { width: 1000, height: 800 } });
    await ready(page);
    const code = await page.evaluate(() => {
      document.querySelector('#open-share').click();
      return new Promise((told) => {
        const look = () => {
          const code = document.querySelector('#embed-code')?.value;
          if (code) told(code); else setTimeout(look, 50);
        };
        look();
      });
    });
    const framed = code.replace('&amp;embed=1', '&amp;hide=settings.step&amp;embed=1');
    await page.route('**/host.html', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>A course</title><h1>A course</h1>${framed}` }));
    await page.goto(`${site.url}host.html`);
    const frame = page.frameLocator('iframe');
    await frame.locator('#run:not([disabled])').waitFor();
    await frame.locator('#whole-page').waitFor();
    assert.equal(await frame.locator('.masthead').count(), 0);
    assert.ok(await frame.locator('h1').count() === 1);
    for (const hidden of ['.settings', '#step']) assert.ok(await frame.locator(hidden).first().isHidden(), hidden);
    assert.ok(await frame.locator('#society').isVisible());
    const inner = page.frames().find((one) => one.url().includes('embed=1'));
    await inner.waitForFunction(() => window.mores?.state().config);
    const wide = await inner.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide[0] <= wide[1], 'nothing is wider than the frame');
    // The key of a button that is left out does nothing either.
    await frame.locator('#society').press('.');
    await page.waitForTimeout(500);
    assert.equal(await inner.evaluate(() => window.mores.state().phase), 'idle');
    const out = await frame.locator('#whole-page').getAttribute('href');
    assert.ok(!out.includes('embed') && out.startsWith(site.url), out);
    assert.equal(await frame.locator('#whole-page').getAttribute('target'), '_blank');
  });
});

test('settings are taken back and changes wait for a restart', { timeout: 180_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 1280, height: 900 } });
    await ready(page);
    const field = async (name) => `#${await page.getByLabel(name, { exact: true }).getAttribute('id')}`;
    const [rounds, seed] = [await field('Rounds'), await field('Seed')];
    assert.ok(await page.locator('#undo').isDisabled() && await page.locator('#redo').isDisabled());

    // A number typed digit by digit is one step, also where it is no setting on its way.
    await page.focus(rounds);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('12');
    await page.selectOption('#preset', 'mini');
    await page.evaluate((link) => { location.hash = link; }, '#v1.Y2BgAAA');
    await page.waitForFunction((rounds) => document.querySelector(rounds).value === '3', rounds);
    await page.focus('#undo');
    await page.keyboard.press('Control+z');
    assert.deepEqual([await page.inputValue('#preset'), await page.inputValue(rounds)], ['mini', '1']);
    await page.click('#undo');
    assert.deepEqual([await page.inputValue('#preset'), await page.inputValue(rounds)], ['village', '12']);
    assert.match(await text(page, '.undone'), /^Undone: /);
    await page.focus(rounds);
    await page.keyboard.press('Meta+z');
    assert.equal(await page.inputValue(rounds), '3');
    assert.match(await text(page, '.undone'), /Undone: Rounds 3/);
    assert.ok(await page.locator('#undo').isDisabled());
    await page.keyboard.press('Control+Shift+Z');
    assert.equal(await page.inputValue(rounds), '12');
    await page.click('#redo');
    assert.deepEqual([await page.inputValue('#preset'), await page.inputValue(rounds)], ['mini', '1']);
    // What is no setting comes back as it was typed; what is typed elsewhere is the browser's.
    await page.fill(seed, 'lots');
    await page.focus('#undo');
    await page.keyboard.press('Control+z');
    assert.equal(await page.inputValue(seed), '1');
    await page.keyboard.press('Control+y');
    assert.equal(await page.inputValue(seed), 'lots');
    await page.keyboard.press('Control+z');

    // A run keeps its settings; what is changed meanwhile waits, by name.
    await page.waitForTimeout(600);
    await run(page);
    assert.ok(await page.locator('#pending h3').count() === 0);
    await page.fill(seed, '7');
    await page.fill(rounds, '2');
    assert.match(await text(page, '#stale'), /belong to the run on stage/);
    assert.match(await text(page, '#pending'), /2 changes wait for a restart\s+Seed: 1 → 7\s+Rounds: 1 → 2/);
    await page.click('#pending-discard');
    assert.deepEqual([await page.inputValue(seed), await page.inputValue(rounds), await page.inputValue('#preset')], ['1', '1', 'mini']);
    assert.equal(await page.locator('#pending h3').count(), 0);
    await page.click('#undo');
    assert.match(await text(page, '#pending'), /2 changes wait/, 'discarding can be taken back as well');
    await page.fill(rounds, '1');
    assert.match(await text(page, '#pending'), /One change waits[\s\S]*Seed: 1 → 7/);
    await page.click('#pending-apply');
    await page.waitForFunction(() => window.mores.state().config.seed === 7);
    await finished(page, 90_000);
    assert.equal(await page.locator('#pending h3').count(), 0);

    // While one is on.
    await page.click('#run');
    await page.waitForFunction(() => ['preparing', 'simulating', 'training', 'testing'].includes(window.mores.state().phase));
    await page.click('#run');
    await page.fill(seed, '8');
    await page.locator('#pending >> text=The run on stage goes on').waitFor();
    await page.click('#pending-apply');
    await page.waitForFunction(() => window.mores.state().config.seed === 8);
    await finished(page, 90_000);
  });
});

test('the gallery shows every society, by the keyboard and on a narrow screen', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await open('', { viewport: { width: 360, height: 740 } });
    await ready(page);
    await page.focus('#open-gallery');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#gallery[open] .society');
    assert.equal(await page.locator('.society svg').count(), 10);
    assert.equal(await page.locator('[data-preset=fact_checker] .troll').count(), 1);
    const wide = await page.locator('#gallery').evaluate((sheet) => [sheet.scrollWidth, sheet.clientWidth, document.documentElement.scrollWidth]);
    assert.ok(wide[0] <= wide[1] && wide[2] <= 360, String(wide));
    const links = await page.locator('.society').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    assert.equal(new Set(links).size, 10);
    assert.equal(links[1], MINI);
    assert.equal(await page.locator('.society[aria-current]').getAttribute('data-preset'), 'village');
    for (let press = 0; press < 30; press += 1) {
      if (await page.evaluate(() => document.activeElement?.dataset.preset === 'two_camps')) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !document.querySelector('#gallery').open);
    assert.equal(await page.inputValue('#preset'), 'two_camps');
    await page.waitForFunction(() => window.mores.state().config.society.setting === 'half_half');
    assert.equal((await state(page)).phase, 'idle');
    // From the settings too; and every link opens what it shows.
    await page.click('#see-societies');
    await page.waitForSelector('#gallery[open] .society[aria-current][data-preset=two_camps]');
    await page.keyboard.press('Escape');
    await page.evaluate((link) => { location.hash = link; }, links[7]);
    await page.waitForFunction(() => window.mores.state().config.society.roles.trolls === 8);
    assert.equal(await page.inputValue('#preset'), 'fact_checker');
  });
});
