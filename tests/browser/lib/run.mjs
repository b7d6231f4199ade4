// What tests ask a run through `window.mores`.

import assert from 'node:assert/strict';

export const state = (page) => page.evaluate(() => window.mores.state());

/** Waits until an engine is there and a run is loaded, not yet begun. */
export const ready = (page) =>
  page.waitForFunction(() => {
    const { engine, config, phase } = window.mores?.state() ?? {};
    return engine && config && phase === 'idle' && document.querySelector('#run:not([disabled])');
  });

/** The digests and figures that make two runs the same. */
export const digits = ({ receipt }) => ({ record: receipt.record, weights: receipt.weights, headline: receipt.headline });

/** Waits until the run is done; fails at once when it fails. */
export async function finished(page, timeout) {
  await page.waitForFunction(() => ['done', 'failed'].includes(window.mores.state().phase), null, { timeout, polling: 250 });
  const reached = await state(page);
  assert.equal(reached.phase, 'done', JSON.stringify(reached.failure));
  return reached;
}

/** From now on, notes when each kind of event was first seen. */
export const noteTimes = (page) =>
  page.evaluate(() => {
    const begun = performance.now();
    window.noted = {};
    window.heard = {};
    window.stepSeconds = [];
    window.mores.on('*', (event) => {
      if (event.event === 'training') window.stepSeconds.push(event.seconds);
      const name = event.event === 'phase' ? event.phase : event.event;
      window.heard[event.event] = (window.heard[event.event] ?? 0) + 1;
      window.noted[name] ??= Math.round(performance.now() - begun) / 1000;
    });
  });

export const times = (page) => page.evaluate(() => window.noted);

/** Seconds of computing that each training step took, as the engine counted them. */
export const stepSeconds = (page) =>
  page.evaluate(() => window.stepSeconds.map((seconds, step, all) => Math.round((seconds - (all[step - 1] ?? 0)) * 1000) / 1000));

/** Waits until the page answers yes. Unlike `waitForFunction`, which takes a promise for a yes, it waits for the answer. */
export async function answersYes(page, ask, about, timeout = 60_000) {
  for (const end = Date.now() + timeout; !(await page.evaluate(ask, about)); ) {
    assert.ok(Date.now() < end, `never: ${ask}`);
    await page.waitForTimeout(100);
  }
}
