// Ours: the engine as the page has it, driven by `src/bench/`.

import start from '../ours/bench.js';

export default class Mores {
  constructor(device) {
    this.device = device;
  }

  async open(folder) {
    await start();
    await this.ask('open', this.device === 'webgpu' ? 'webgpu' : 'cpu', folder);
  }

  /** Asks for something; a panic is told with its own words. */
  async ask(name, ...parts) {
    try {
      return await globalThis.moresBench[name](parts);
    } catch (error) {
      throw new Error(globalThis.moresPanic ?? error?.message ?? String(error));
    }
  }

  sequences(batch) {
    return this.ask('sequences', batch);
  }

  prompts(batch, round) {
    return this.ask('prompts', batch, round);
  }

  train(batch) {
    return this.ask('train', batch);
  }

  step() {
    return this.ask('step');
  }

  /** Its prompts are those that the others are given. */
  decode(batch, _prompts, round, temperature) {
    return this.ask('decode', batch, round, temperature);
  }

  /** Seconds of a round, by phase. */
  async society(side, seed, clock) {
    return JSON.parse(await this.ask('society', side, seed, clock));
  }
}
