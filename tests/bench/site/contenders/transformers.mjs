// transformers.js over ONNX Runtime: decoding alone, from an ONNX file that `onnx.mjs` makes of the model.

import { read } from '../model.mjs';
import { onnx } from '../onnx.mjs';
import { NEW, PROMPT } from '../work.mjs';

const RUNTIMES = new URL('../peers/onnxruntime-web/dist/', import.meta.url);

/** The runtime as it is fastest: without the machinery for waiting in WebAssembly, with the browser's own on WebGPU. */
const RUNTIME = { wasm: 'ort.wasm.bundle.min.mjs', webgpu: 'ort.jspi.bundle.min.mjs' };

const whole = (Tensor, values, shape) => new Tensor('int64', BigInt64Array.from(values, BigInt), shape);

/** The likeliest token of each row, or one drawn as likely as it is. */
function choose(logits, batch, greedy) {
  const width = logits.length / batch;
  return Array.from({ length: batch }, (_, row) => {
    const own = logits.subarray(row * width, (row + 1) * width);
    let best = 0;
    for (let i = 1; i < width; i++) if (own[i] > own[best]) best = i;
    if (greedy) return best;
    const weights = new Float32Array(width);
    let sum = 0;
    for (let i = 0; i < width; i++) sum += weights[i] = Math.exp(own[i] - own[best]);
    let left = Math.random() * sum;
    for (let i = 0; i < width; i++) if ((left -= weights[i]) < 0) return i;
    return best;
  });
}

export default class Transformers {
  constructor(device) {
    this.device = device;
  }

  async open(folder) {
    const runtime = await import(new URL(RUNTIME[this.device], RUNTIMES));
    runtime.env.wasm.numThreads = 1;
    runtime.env.wasm.wasmPaths = RUNTIMES.href;
    // Where the library looks for a runtime that is there already.
    globalThis[Symbol.for('onnxruntime')] = runtime;
    const { AutoModelForCausalLM, Tensor, env } = await import('../peers/@huggingface/transformers/dist/transformers.js');
    const { config, weights } = read(folder);
    const files = {
      'config.json': JSON.stringify({ ...config, eos_token_id: null }),
      'onnx/model.onnx': onnx({ config, weights }),
    };
    const found = (address) => Object.keys(files).find((name) => String(address).endsWith(name));
    // It reads its files through a cache, and this one has them.
    Object.assign(env, {
      useBrowserCache: false,
      useCustomCache: true,
      customCache: { match: async (address) => (found(address) ? new Response(files[found(address)]) : undefined), put: async () => {} },
    });
    const names = Array.from({ length: config.num_hidden_layers }, (_, layer) => ['key', 'value'].map((what) => `present.${layer}.${what}`)).flat();
    this.Tensor = Tensor;
    this.model = await AutoModelForCausalLM.from_pretrained('ours', {
      dtype: 'fp32',
      device: 'auto',
      session_options: {
        executionProviders: [this.device],
        // What the library does itself where it has chosen the device.
        ...(this.device === 'webgpu' ? { preferredOutputLocation: Object.fromEntries(names.map((name) => [name, 'gpu-buffer'])) } : {}),
      },
    });
  }

  /** The model a token at a time. The library's own `generate` takes longer to choose (`LOG.md`). */
  async decode(batch, prompts, _round, temperature) {
    const said = [];
    let [cache, tokens, from, length] = [null, prompts, 0, PROMPT];
    for (let place = 0; place < NEW; place++) {
      const at = Array.from({ length: batch * length }, (_, i) => from + (i % length));
      const { logits, ...present } = await this.model.forward({
        input_ids: whole(this.Tensor, tokens, [batch, length]),
        position_ids: whole(this.Tensor, at, [batch, length]),
        past_key_values: cache,
      });
      for (const old of Object.values(cache ?? {})) old.dispose();
      cache = Object.fromEntries(Object.entries(present).map(([name, one]) => [name.replace('present', 'past_key_values'), one]));
      tokens = choose(logits.data, batch, temperature === 0);
      logits.dispose();
      said.push(tokens);
      from += length;
      length = 1;
    }
    for (const one of Object.values(cache)) one.dispose();
    return Array.from({ length: batch }, (_, row) => said.map((of) => of[row])).flat();
  }
}
