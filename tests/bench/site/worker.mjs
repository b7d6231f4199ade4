// A contender in a worker of its own: what is asked for is done, timed and counted here.

import { begin, now, since } from './counts.mjs';

begin();

let contender;

const does = {
  /** Loads `contenders/NAME.mjs`; how long it took until the model was there. */
  async open(name, device, folder) {
    const begun = performance.now();
    const { default: Contender } = await import(`./contenders/${name}.mjs`);
    contender = new Contender(device);
    await contender.open(folder);
    return (performance.now() - begun) / 1000;
  },

  sequences: (batch) => contender.sequences(batch),
  prompts: (batch, round) => contender.prompts(batch, round),

  async train(batch, sequences) {
    await contender.train(batch, sequences);
  },

  /** A training step, until its loss is known. */
  async step() {
    const [before, begun] = [now(), performance.now()];
    const loss = await contender.step();
    return { seconds: (performance.now() - begun) / 1000, loss, counts: since(before) };
  },

  /** A batch of prompts continued, until the new tokens are known. */
  async decode(batch, prompts, round, temperature) {
    const [before, begun] = [now(), performance.now()];
    const tokens = await contender.decode(batch, prompts, round, temperature);
    return { seconds: (performance.now() - begun) / 1000, tokens: Uint32Array.from(tokens), counts: since(before) };
  },

  /** A whole round of a society, its time by phase. */
  society: (side, seed) => contender.society(side, seed, () => performance.now() / 1000),
};

addEventListener('message', async ({ data: { call, parts } }) => {
  try {
    postMessage({ result: await does[call](...parts) });
  } catch (error) {
    postMessage({ error: globalThis.moresPanic ?? error?.message ?? String(error) });
  }
});
