// The mini preset with the smallest model, end to end and by clicks, on the software WebGPU adapter,
// against the CPU engine. The standard model goes through the same kernels and took 466 s here, more
// than half of it in its test.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withBrowser } from './lib/browser.mjs';
import { finished, noteTimes, ready, state, stepSeconds, times } from './lib/run.mjs';

/** The mini preset's link (`mores link encode` on its run file); links are kept for ever. */
const MINI = '#v1.Y2RgAAA';

/** Plays the run; `reading` is how many milliseconds a visitor reads before pressing Run. */
async function play(engine, t, change, reading = 0) {
  let reached;
  await withBrowser({ webgpu: engine === 'webgpu' }, async (open) => {
    const opened = performance.now();
    const page = await open(`${MINI}&engine=${engine}`);
    await ready(page);
    const toReady = (performance.now() - opened) / 1000;
    assert.equal((await state(page)).engine, engine);
    await page.evaluate((run) => window.mores.load(run), { preset: 'mini', engine, model: 'weak', ...change });
    await page.waitForTimeout(reading);
    await noteTimes(page);
    await page.click('#run');
    reached = await finished(page, 500_000);
    const { preparing, simulating, drafted, training, testing, done } = await times(page);
    const record = await page.evaluate(() => window.mores.export('record').then((blob) => blob.text()));
    reached.said = record.trim().split('\n').map((line) => {
      const { question, draft_answer, feedback, rating, revised_answer } = JSON.parse(line);
      return { question, draft_answer, feedback, rating, revised_answer };
    });
    t.diagnostic(
      `${engine} (${reached.adapter}): ready after ${toReady.toFixed(1)} s; seconds after Run: ` +
        `${JSON.stringify({ preparing, simulating, drafted, training, testing, done })}, training steps ${await stepSeconds(page)} s ` +
        (reading ? `(Run was pressed ${reading / 1000} s later)` : '(kernels are compiled in whichever stage needs them first)'),
    );
  });
  return reached;
}

let first;

test('WebGPU does the whole path and agrees with the CPU engine', { timeout: 900_000 }, async (t) => {
  const cpu = await play('cpu', t);
  const gpu = await play('webgpu', t);
  first = gpu;
  assert.match(gpu.adapter, /swiftshader/i);
  assert.equal(gpu.metrics.interactions, 4);
  // Not bit for bit (log-probabilities differ in their last digits), but word for word.
  assert.deepEqual(gpu.said, cpu.said, 'the society says the same on both engines');
  const losses = ({ metrics }) => metrics.training.map((step) => step.loss);
  const apart = losses(gpu).map((loss, step) => Math.abs(loss - losses(cpu)[step]));
  t.diagnostic(`losses: cpu ${losses(cpu)}, webgpu ${losses(gpu)}`);
  assert.equal(apart.length, 2);
  assert.ok(Math.max(...apart) < 1e-3, `losses differ by ${apart}`);
});

test('the same adapter gives the same bytes again', { timeout: 600_000 }, async (t) => {
  assert.ok(first, 'the test before this one has run');
  // Without the test act: record and weights are made before it. Kernels are compiled while somebody reads.
  const again = await play('webgpu', t, { testing: { prompts: 0 } }, 8_000);
  assert.equal(again.receipt.record, first.receipt.record);
  assert.equal(again.receipt.weights, first.receipt.weights);
});
