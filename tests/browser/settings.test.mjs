// The settings of a whole society, by the keyboard alone: what is nonsense is told and kept, what is
// chosen is played, and the link brings all of it back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, ready, state } from './lib/run.mjs';

const MINI = '#v1.Y2RgAAA';

/** Presses Tab (or Shift+Tab) until the keyboard is at an element, as a visitor would. */
async function reach(page, selector, key = 'Tab') {
  const there = () => page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector);
  for (let press = 0; press < 200; press += 1) {
    if (await there()) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not lead to ${selector}`);
}

/** Opens a part that is folded away. */
async function unfold(page, selector) {
  await reach(page, `${selector} > summary`);
  await page.keyboard.press('Enter');
  assert.ok(await page.locator(selector).evaluate((part) => part.open), selector);
}

/** Types into the field where the keyboard is, over what is there. */
async function type(page, text) {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

const labelled = async (page, label) => `#${await page.getByLabel(label, { exact: true }).getAttribute('id')}`;
const fault = (page, field) => page.locator(`${field}-fault`).textContent();

test('a society of one’s own: set, run, shared and opened again by the keyboard', { timeout: 240_000 }, async (t) => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI, { permissions: ['clipboard-read', 'clipboard-write'] });
    await ready(page);
    await unfold(page, '.settings .more');

    // Nonsense stays where it was typed, beside a sentence; what only clashes says with what.
    await unfold(page, '#group-people');
    const trolls = await labelled(page, 'Trolls');
    await reach(page, trolls);
    await type(page, 'lots');
    assert.match(await fault(page, trolls), /whole number/);
    await type(page, '5');
    assert.match(await fault(page, trolls), /more trolls, .* than people/);
    await page.keyboard.press('Tab');
    assert.equal(await page.inputValue(trolls), '5');
    const size = await labelled(page, 'Village side');
    await reach(page, size, 'Shift+Tab');
    await type(page, '3');
    assert.equal(await fault(page, trolls), '', 'it fits now');
    assert.equal((await state(page)).config.society.size, 2, 'the engine is told a moment later');
    await reach(page, trolls);
    await type(page, '1');

    // Who hears whom: what is drawn by hand, then a small world with fields of its own.
    await unfold(page, '#group-network');
    await reach(page, '#network');
    for (let down = 0; down < 6; down += 1) await page.keyboard.press('ArrowDown');
    const links = await labelled(page, 'Links');
    await reach(page, links);
    await type(page, '0-1, 1-9');
    assert.match(await fault(page, links), /1-9.*0-1/);
    assert.equal(await page.inputValue(links), '0-1, 1-9');
    assert.equal(await page.locator('.plan circle').count(), 9);
    await type(page, '0-1, 2 - 1');
    assert.equal(await fault(page, links), '');
    assert.equal(await page.locator('.plan path').count(), 2);
    await reach(page, '#network', 'Shift+Tab');
    for (let up = 0; up < 4; up += 1) await page.keyboard.press('ArrowUp');
    const rewiring = await labelled(page, 'Long links');
    await reach(page, rewiring);
    await type(page, '0.5');
    assert.equal(await page.locator(links).count(), 0);

    // Something planned: a round that is not played is refused, and the keyboard is led to it.
    await unfold(page, '#group-outside');
    await reach(page, '#plan-kind');
    for (let down = 0; down < 3; down += 1) await page.keyboard.press('ArrowDown');
    const round = await labelled(page, 'In round');
    await reach(page, '#plan-add');
    await page.keyboard.press('Enter');
    assert.match(await page.textContent('#plan-fault'), /In round: .*1 to 1/);
    await reach(page, round, 'Tab'); // it is there already
    await type(page, '1');
    await reach(page, '#plan-add');
    await page.keyboard.press('Enter');
    assert.match(await page.textContent('#planned'), /round 1.*No\. 0 becomes a troll/s);

    // The released program's way, with the authors' numbers.
    await unfold(page, '#group-fidelity');
    await reach(page, '#mode-corrected');
    await page.keyboard.press('ArrowUp');
    assert.ok(await page.isChecked('#mode-official'));
    assert.ok(await page.isChecked('#fidelity-unsorted_targets'));

    await unfold(page, '#group-learning');
    await reach(page, await labelled(page, 'Learning steps'));
    await type(page, '0');
    await unfold(page, '#group-test');
    await reach(page, await labelled(page, 'Test questions'));
    await type(page, '0');

    await reach(page, '#run', 'Shift+Tab');
    await page.keyboard.press('Enter');
    const first = await finished(page, 120_000);
    const { society } = first.config;
    assert.deepEqual(society.network, { small_world: { reach: 2, rewiring: 0.5 } });
    assert.deepEqual([society.size, society.roles.trolls, society.fidelity.unchecked_ratings], [3, 1, true]);
    assert.deepEqual(society.happenings, [{ round: 0, what: { role: { agent: 0, role: 'troll' } } }]);
    assert.match(await page.textContent('.receipt'), /Method\s*Its program/);

    await reach(page, '#copy-link', 'Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.copied')?.textContent.trim());
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const fragment = link.slice(link.indexOf('#'));
    t.diagnostic(`link: ${fragment.length} characters, receipt included`);

    const other = await open(fragment);
    await ready(other);
    assert.deepEqual((await state(other)).config, first.config);
    assert.equal(await other.inputValue('#network'), '2');
    assert.equal(await other.inputValue(await labelled(other, 'Long links')), '0.5');
    assert.equal(await other.inputValue(trolls), '1');
    assert.ok(await other.isChecked('#mode-official'));
    assert.match(await other.textContent('#planned'), /No\. 0 becomes a troll/);

    // One switch less is a mixture, and the way back is one choice.
    await other.evaluate(() => document.querySelector('#fidelity-unsorted_targets').click());
    assert.ok(await other.isChecked('#mode-own'));
    await other.evaluate(() => document.querySelector('#mode-corrected').click());
    assert.ok(!(await other.isChecked('#fidelity-unchecked_ratings')));
  });
});

test('programs set the same society, and a field that is wrong is opened before Run', async () => {
  await withBrowser({}, async (open) => {
    const page = await open(MINI);
    await ready(page);
    const wanted = {
      preset: 'mini',
      society: {
        network: { communities: { count: 2, bridges: 1 } },
        second_mind: { share: 0.5 },
        schedule: 'shared',
        seat: { agent: 3, waits: false },
        fidelity: { realigning: 'joined' },
        happenings: [{ round: 0, what: { silence: { agent: 1, rounds: 1 } } }],
      },
      testing: { min_p: 0 },
    };
    await page.evaluate((run) => window.mores.load(run), wanted);
    const { society, testing } = (await state(page)).config;
    for (const [name, value] of Object.entries(wanted.society)) {
      if (name !== 'fidelity') assert.deepEqual(society[name], value, name);
    }
    assert.deepEqual([society.fidelity.realigning, testing.min_p], ['joined', 0]);
    assert.equal(await page.inputValue('#seat'), '2');
    assert.ok(await page.isChecked('#mode-own'));

    // Run turns to what is wrong, however deep it is folded away.
    const moving = await labelled(page, 'Moving house');
    await page.locator(moving).evaluate((field) => {
      field.value = 'often';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.click('#run');
    await page.waitForFunction((field) => document.activeElement?.matches(field), moving);
    assert.ok(await page.isVisible(moving));
    assert.equal((await state(page)).phase, 'idle');
  });
});

test('an objective shows its own numbers and no others', async () => {
  await withBrowser({}, async (open) => {
    const page = await open('#v1.Y2RgAAA');
    await ready(page);
    await page.locator('.settings details.more > summary').click();
    await page.evaluate(() => { document.querySelector('#objective').closest('details').open = true; });
    const there = async (objective) => {
      await page.locator('#objective').selectOption({ index: objective });
      const found = {};
      for (const name of ['Margin', 'Rating scale', 'Beta', 'Gamma', 'Good from']) {
        found[name] = await page.locator('.settings label', { hasText: new RegExp(`^${name}$`) }).count();
      }
      return Object.values(found).join('');
    };
    for (const [objective, expected] of [[0, '11000'], [2, '00000'], [5, '00100'], [10, '00110'], [11, '00101'], [0, '11000']]) {
      assert.equal(await there(objective), expected, `objective ${objective}`);
    }
  });
});
