// What explains the page: the glossary behind its words, what the page is and is not, and citations.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready } from './lib/run.mjs';

const MINI = '#v1.Y2RgAAA';

const text = (page, selector) => page.locator(selector).innerText();
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.dataset.term);

/** What every dialog and every term owes to those who don't see or don't point. */
async function isSound(page, dialog) {
  const faults = await page.evaluate((dialog) => {
    const faults = [];
    const found = document.querySelector(dialog);
    const name = found.getAttribute('aria-label') ?? document.getElementById(found.getAttribute('aria-labelledby'))?.innerText;
    if (!name) faults.push('the dialog has no name');
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) faults.push(`#${id} is there twice`);
    for (const button of found.querySelectorAll('button, a[href], input, [role=region]')) {
      const label = button.getAttribute('aria-label') ?? (button.labels?.[0]?.innerText || button.innerText);
      if (!label?.trim()) faults.push(`nameless: ${button.outerHTML}`);
    }
    for (const button of document.querySelectorAll('[data-term]')) {
      if (button.tagName !== 'BUTTON' || button.getAttribute('aria-haspopup') !== 'dialog') faults.push(button.outerHTML);
      if (button.closest('label, summary, button:not([data-term]), a')) faults.push(`inside a control: ${button.outerHTML}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
    if (found.scrollWidth > found.clientWidth) faults.push('the dialog scrolls sideways');
    return faults;
  }, dialog);
  assert.deepEqual(faults, []);
}

test('a word opens its note, the note leads to the glossary, and the keyboard comes back', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI, { viewport: { width: 1280, height: 900 } });
    await ready(page);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));

    // The mark beside a setting is not in its label: pressing the label still means the field.
    await page.click('label[for="field-2"]');
    assert.equal(await focused(page), 'field-2');
    assert.equal(await page.getByLabel('Seed', { exact: true }).count(), 1);
    const mark = page.locator('.named:has(label[for="field-2"]) [data-term=seed]');
    assert.equal(await mark.getAttribute('aria-label'), 'What does “Seed” mean?');

    // Nobody waits for the texts before somebody asks for one.
    assert.deepEqual(asked.filter((url) => url.includes('library')), []);
    await mark.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#note[open] .entry-name');
    assert.equal(asked.filter((url) => url.includes('library')).length, 1, 'and then they are fetched');
    assert.match(await text(page, '#note'), /The number with which all chance begins/);
    await isSound(page, '#note');
    const [word, note] = await Promise.all([mark.boundingBox(), page.locator('#note').boundingBox()]);
    const beside = note.y > word.y ? note.y - word.y - word.height : word.y - note.y - note.height;
    assert.ok(beside >= 0 && beside < 12, `the note is ${beside} px from its word`);

    // What belongs to it is one press further, in the same note, and Escape leads back to the word.
    await page.locator('#note [data-term=engine]').press('Enter');
    await page.waitForFunction(() => document.querySelector('#note h2').innerText.toLowerCase() === 'engine');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#note').open);
    assert.equal(await focused(page), 'seed');
    assert.equal(await page.evaluate(() => window.mores.state().phase), 'idle', 'no key went through to the run');

    // The whole glossary opens at the word, and gives the keyboard back as well.
    await page.keyboard.press('Enter');
    await page.locator('#note .to-glossary button').press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'glossary-seed');
    await isSound(page, '#library');
    assert.ok(await page.evaluate(() => {
      const found = document.getElementById('glossary-seed').getBoundingClientRect();
      return found.top >= document.querySelector('.glossary-search').getBoundingClientRect().bottom - 1 && found.bottom <= innerHeight;
    }), 'the entry is in sight, below the search');
    await page.locator('#glossary-seed [data-term=digest]').click();
    await page.waitForFunction(() => document.activeElement?.id === 'glossary-digest');
    assert.equal(await page.locator('#note[open]').count(), 0, 'in the glossary one jumps');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#library').open);
    assert.equal(await focused(page), 'seed');

    // A press beside the note closes it.
    await page.locator('.legend [data-term=alignment]').click();
    await page.waitForSelector('#note[open] .entry-name');
    await page.mouse.click(5, 5);
    await page.waitForFunction(() => !document.querySelector('#note').open);
  });
});

test('the glossary by its link: every entry, a search, and Chinese', { timeout: 120_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open('#glossary=margin', { viewport: { width: 360, height: 740 } });
    await page.waitForFunction(() => document.activeElement?.id === 'glossary-margin');
    const entries = await page.locator('.glossary .entry').count();
    t.diagnostic(`${entries} entries`);
    assert.ok(entries >= 40, `${entries} entries`);
    assert.equal(await text(page, '.glossary-search [role=status]'), `${entries} words`);
    assert.equal(await page.locator('.notice').count(), 0, 'no run was looked for in this link');
    await isSound(page, '#library');

    await page.fill('#glossary-search', 'PERPLEX');
    await page.waitForFunction((all) => document.querySelectorAll('.glossary .entry').length < all, entries);
    assert.equal(await page.locator('.glossary .entry').first().getAttribute('id'), 'glossary-perplexity');
    const found = await page.locator('.glossary .entry').count();
    assert.equal(await text(page, '.glossary-search [role=status]'), `${found} of ${entries} words`);
    await page.fill('#glossary-search', 'zeppelin');
    await page.waitForFunction(() => document.getElementById('glossary-none').innerText.length > 5);

    // The link of an entry, followed on the page, leads there whatever was sought.
    await page.evaluate(() => { location.hash = '#glossary=hinge'; });
    await page.waitForFunction(() => document.activeElement?.id === 'glossary-hinge');
    assert.equal(await page.inputValue('#glossary-search'), '');

    // Closed, the address is that of the page again, and the same link can be followed again.
    await page.locator('#library .close').click();
    await page.waitForFunction(() => !document.querySelector('#library').open && location.hash === '');
    await page.evaluate(() => { location.hash = '#glossary=hinge'; });
    await page.waitForFunction(() => document.activeElement?.id === 'glossary-hinge');
    await page.locator('#library .close').click();

    await page.selectOption('#language', 'zh-Hans');
    await page.locator('.colophon a[href="#glossary"]').click();
    await page.waitForSelector('#library[open] .glossary .entry');
    assert.equal(await page.locator('.glossary .entry').count(), entries);
    assert.match(await text(page, '#glossary-margin'), /间隔[\s\S]*margin[\s\S]*更准确地说/);
    await page.fill('#glossary-search', '困惑度');
    await page.waitForFunction(() => document.querySelector('.glossary .entry')?.id === 'glossary-perplexity');
    await isSound(page, '#library');
  });
});

test('what the page is: by link, from the last line and from the help, with the findings behind it', { timeout: 120_000 }, async () => {
  await withBrowser({}, async (open) => {
    const page = await open('#about', { viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });
    await page.waitForSelector('#library[open] .about-part');
    await isSound(page, '#library');
    assert.match(await text(page, '#library-title'), /What this is, and what it is not/);
    const said = await text(page, '.about');
    for (const wanted of ['96.2%', 'language models themselves, not people', 'arXiv 2305.16960', 'MIT', 'The contrary holds here']) {
      assert.ok(said.includes(wanted), wanted);
    }
    // A word in it opens over it, and closes to it.
    await page.locator('.about [data-term=judge]').first().click();
    await page.waitForSelector('#note[open] .entry-name');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#note').open && document.querySelector('#library').open);
    assert.equal(await focused(page), 'judge');

    await page.click('#about-societies');
    await page.waitForSelector('#findings[open] .claims');
    // Words in markup are terms, too.
    await page.locator('#findings [data-term=confidence-interval]').first().click();
    await page.waitForSelector('#note[open] .entry-name');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#findings').open);
    await page.click('#about-methods');
    await page.waitForSelector('#runs[open]');
    await page.keyboard.press('Escape');

    await ready(page);
    await page.click('#copy-facts');
    const lines = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(lines, /^Build: \d+\.\d+\.\d+, .+\n/);
    assert.ok(lines.includes('/some/sub/path/#v1'), lines);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#library').open);

    const link = page.locator('.colophon a[href="#about"]');
    await link.press('Enter');
    await page.waitForSelector('#library[open] .about');
    assert.equal(await page.evaluate(() => location.hash), '', 'the address stays that of the run');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#about');
    await page.keyboard.press('?');
    await page.locator('#help .help-ways button').last().click();
    await page.waitForSelector('#library[open] .about');
    await page.keyboard.press('Escape');
    await page.locator('#help .close').click();

    await page.selectOption('#language', 'zh-Hans');
    await link.press('Enter');
    await page.waitForFunction(() => document.querySelector('#library-title')?.innerText.includes('不是什么'));
  });
});

test('a run is cited with its digests, the software and the paper without one', { timeout: 180_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI, { viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });
    await ready(page);
    await page.locator('.colophon a[href="#cite"]').press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'cite-title');
    const shown = () => page.locator('.citation pre').allInnerTexts();
    assert.match((await shown())[0], /^@misc\{mores,[\s\S]*author = \{\{The Mores authors\}\}/, 'without a run, the software');
    await page.locator('.cite').getByLabel('This run', { exact: true }).check();
    assert.match(await text(page, '.cite'), /can be cited when it is done/);
    await page.locator('.cite').getByLabel('The paper', { exact: true }).check();
    assert.match((await shown())[0], /Vosoughi, Soroush[\s\S]*2305\.16960/);
    assert.equal(await page.locator('.citation').count(), 1);

    await page.evaluate(() => window.mores.start());
    const { receipt } = await finished(page, 150_000);
    await page.waitForFunction(() => document.querySelectorAll('.citation').length === 2);
    assert.ok(await page.locator('.cite').getByLabel('This run', { exact: true }).isChecked(), 'a run that is done comes first');
    const [bibtex, cff] = await shown();
    const link = await page.evaluate(() => window.mores.link());
    t.diagnostic(bibtex);
    assert.ok(bibtex.startsWith(`@misc{mores-run-${receipt.record.slice(0, 12)},`), bibtex);
    assert.match(bibtex, /title = \{A run of \{Mores\}: 4 agents, 1 round, \d+ training steps of SA-CPO, seed 1\}/);
    for (const [name, held] of [['BibTeX', bibtex], ['CITATION.cff', cff]]) {
      assert.ok(held.includes(receipt.record) && held.includes(receipt.weights), `${name} holds the digests`);
      assert.ok(held.includes(link), `${name} holds the link`);
      await page.getByRole('button', { name: `Copy ${name}` }).click();
      await page.waitForFunction(() => document.querySelector('.cite [role=status]').innerText.includes('clipboard'));
      assert.equal(await page.locator('.citation-head button:text-is("Copied")').count() > 0, true, 'the button says so itself');
      assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim(), held.trim());
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Save ${name}` }).click()]);
      assert.equal(download.suggestedFilename(), name === 'BibTeX' ? `mores-run-${receipt.record.slice(0, 12)}.bib` : name);
      assert.equal((await readFile(await download.path(), 'utf8')).trim(), held.trim());
    }
    // Braces that balance, and a file in which every line is a key, an item or a value.
    assert.equal(bibtex.split('{').length, bibtex.split('}').length);
    for (const line of cff.trim().split('\n')) assert.match(line, /^ *(- )?[a-z-]+:( .+)?$/, line);

    // The software's own file comes with the page.
    const shipped = await page.evaluate(() => fetch('CITATION.cff').then((answer) => answer.text()));
    assert.match(shipped, /^cff-version: 1\.2\.0\n/);
    await page.locator('.cite').getByLabel('Mores', { exact: true }).check();
    await page.waitForFunction(() => document.querySelector('.citation pre').innerText.startsWith('@misc{mores,'));
    // The receipt's own words lead to the glossary.
    await page.locator('.receipt [data-term=digest]').first().click();
    await page.waitForSelector('#note[open] .entry-name');
    await isSound(page, '#note');
  });
});
