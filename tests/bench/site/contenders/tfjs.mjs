// TensorFlow.js: the same Llama, loss and optimiser, operation by operation, as the library works.
//
// Its WebAssembly back end has no gradient for a gather, so embeddings are looked up by one-hot products.

import '../peers/@tensorflow/tfjs/dist/tf.es2017.min.js';
import '../peers/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.es2017.min.js';
import '../peers/@tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.es2017.min.js';
import { mapped, read, rotations } from '../model.mjs';
import { ADAM, CONTEXT, LOSS, NEW, PROMPT, asked, candidates, corrections, rate } from '../work.mjs';

const { tf } = globalThis;

const tensor = ({ shape, values }) => tf.tensor(values, shape);
const whole = (values, shape) => tf.tensor(Int32Array.from(values), shape, 'int32');

/** Every tensor of such a tree, in one order. */
const leaves = (tree) => (tree instanceof tf.Tensor ? [tree] : Object.values(tree).flatMap(leaves));

/** A network of that shape. */
function network({ head_dim: width, num_attention_heads: heads, rms_norm_eps: epsilon, vocab_size: vocabulary, hidden_size: hidden }) {
  const norm = (x, weight) => x.mul(tf.rsqrt(x.square().mean(-1, true).add(epsilon))).mul(weight);

  const rotated = (x, { cos, sin }) => {
    const [left, right] = tf.split(x, 2, -1);
    return x.mul(cos).add(tf.concat([right.neg(), left], -1).mul(sin));
  };

  /** Attention of `[batch, heads, length, width]`; the mask is added to the scores. */
  const attend = (query, key, value, mask) => {
    const scores = tf.matMul(query, key, false, true).mul(1 / Math.sqrt(width));
    return tf.matMul(tf.softmax(mask ? scores.add(mask) : scores), value);
  };

  /** One block over `[batch * length, hidden]`. */
  const block = (x, layer, batch, length, turns, seen) => {
    const split = (y) => y.reshape([batch, length, heads, width]).transpose([0, 2, 1, 3]);
    const h = norm(x, layer.inputNorm);
    const [query, key] = [layer.query, layer.key].map((weight) => rotated(split(tf.matMul(h, weight)), turns));
    const value = split(tf.matMul(h, layer.value));
    const found = seen(query, key, value).transpose([0, 2, 1, 3]).reshape([batch * length, hidden]);
    const y = x.add(tf.matMul(found, layer.output));
    const g = norm(y, layer.postNorm);
    const gate = tf.matMul(g, layer.gate);
    return y.add(tf.matMul(gate.mul(tf.sigmoid(gate)).mul(tf.matMul(g, layer.up)), layer.down));
  };

  /** Looks `[batch, length]` tokens up, goes through the blocks, and gives the logits, of the last place alone if `last`. */
  const logits = (weights, tokens, turns, seen, { last = false, learns = false } = {}) => {
    const [batch, length] = tokens.shape;
    const flat = tokens.reshape([batch * length]);
    let x = learns ? tf.matMul(tf.oneHot(flat, vocabulary).toFloat(), weights.embedding) : tf.gather(weights.embedding, flat);
    weights.layers.forEach((layer, place) => {
      x = block(x, layer, batch, length, turns, (...parts) => seen(place, ...parts));
    });
    if (last) x = x.reshape([batch, length, hidden]).slice([0, length - 1, 0], [batch, 1, hidden]).reshape([batch, hidden]);
    return tf.matMul(norm(x, weights.norm), weights.embedding, false, true);
  };
  return { logits, attend };
}

/** SA-CPO of `[batch * CONTEXT, vocabulary]` logits. */
function loss(logits, targets, counts, batch) {
  const found = logits.mul(targets).sum(-1);
  const losses = tf.logSumExp(logits, -1).sub(found).reshape([batch, CONTEXT]).mul(counts).sum(1);
  const count = candidates(batch);
  const groups = losses.reshape([batch / count, count]);
  if (count === 1) return groups.mean();
  const [best, others] = tf.split(groups, [1, count - 1], 1);
  const short = tf.relu(best.sub(others).add(tf.tensor1d(asked(batch))));
  return best.mean().add(short.mean().mul(LOSS.weight));
}

/** What may be seen: nothing later. */
function causal(length) {
  const mask = new Float32Array(length * length);
  for (let i = 0; i < length; i++) mask.fill(-1e9, i * length + i + 1, (i + 1) * length);
  return tf.tensor(mask, [1, 1, length, length]);
}

export default class TensorFlow {
  constructor(device) {
    this.device = device;
  }

  async open(folder) {
    tf.enableProdMode();
    tf.wasm.setWasmPaths(new URL('../peers/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).href);
    if (!(await tf.setBackend(this.device))) throw new Error(`tfjs has no ${this.device} here`);
    await tf.ready();
    const { config, weights } = read(folder);
    this.config = config;
    this.read = weights;
    this.network = network(config);
  }

  /** `[1, 1, length, width]`, from a place on. */
  turns(from, length) {
    const { cos, sin } = rotations(this.config, from + length);
    const width = this.config.head_dim;
    const cut = (table) => tf.tensor(table.subarray(from * width), [1, 1, length, width]);
    return { cos: cut(cos), sin: cut(sin) };
  }

  async train(batch, sequences) {
    if (this.training) tf.dispose(this.training);
    const variables = mapped(this.read, (one) => tf.variable(tensor(one)));
    const zeros = () => leaves(variables).map((one) => tf.variable(tf.zeros(one.shape)));
    const targets = Array.from(sequences, (_, place) => sequences[(place + 1) % sequences.length]);
    const counts = Float32Array.from({ length: CONTEXT }, (_, place) => (place < CONTEXT - 1 ? 1 / (CONTEXT - 1) : 0));
    this.taken = 0;
    this.training = {
      variables,
      first: zeros(),
      second: zeros(),
      tokens: whole(sequences, [batch, CONTEXT]),
      targets: tf.oneHot(whole(targets, [targets.length]), this.config.vocab_size).toFloat(),
      counts: tf.tensor(counts, [1, CONTEXT]),
      turns: this.turns(0, CONTEXT),
      mask: causal(CONTEXT),
    };
  }

  async step() {
    const { variables, first, second, tokens, targets, counts, turns, mask } = this.training;
    const { logits, attend } = this.network;
    const of = () => {
      const seen = (_, query, key, value) => attend(query, key, value, mask);
      return loss(logits(variables, tokens, turns, seen, { learns: true }), targets, counts, tokens.shape[0]);
    };
    const all = leaves(variables);
    const value = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(of, all);
      const slopes = all.map((one) => grads[one.name]);
      // Not `addN`: of so many, it wants more buffers than WebGPU allows a kernel, and goes on with a wrong sum.
      const norm = slopes.map((one) => one.square().sum()).reduce((sum, one) => sum.add(one)).sqrt();
      const scale = tf.minimum(norm.add(1e-6).reciprocal().mul(ADAM.clip), 1);
      const [correction1, correction2] = corrections(this.taken);
      all.forEach((weight, place) => {
        const slope = slopes[place].mul(scale);
        const m = first[place].mul(ADAM.beta1).add(slope.mul(1 - ADAM.beta1));
        const v = second[place].mul(ADAM.beta2).add(slope.square().mul(1 - ADAM.beta2));
        const under = v.div(correction2).sqrt().add(ADAM.epsilon);
        first[place].assign(m);
        second[place].assign(v);
        weight.assign(weight.sub(m.div(under).mul(rate(this.taken) / correction1)));
      });
      return value;
    });
    this.taken += 1;
    const [told] = await value.data();
    value.dispose();
    return told;
  }

  async decode(batch, prompts, round, temperature) {
    this.weights ??= mapped(this.read, tensor);
    this.tables ??= Array.from({ length: NEW }, (_, place) => (place === 0 ? this.turns(0, PROMPT) : this.turns(PROMPT + place - 1, 1)));
    this.mask ??= causal(PROMPT);
    const { logits, attend } = this.network;
    const choose = (found, place) => (temperature === 0 ? found.argMax(-1) : tf.multinomial(found, 1, round * NEW + place + 1)).reshape([batch, 1]);
    let [cache, tokens, said] = [[], whole(prompts, [batch, PROMPT]), []];
    for (let place = 0; place < NEW; place++) {
      const [chosen, now] = tf.tidy(() => {
        const now = [];
        const seen = (layer, query, key, value) => {
          const old = cache[layer];
          const [k, v] = old ? [tf.concat([old[0], key], 2), tf.concat([old[1], value], 2)] : [key, value];
          now.push([k, v]);
          return attend(query, k, v, old ? null : this.mask);
        };
        const chosen = choose(logits(this.weights, tokens, this.tables[place], seen, { last: true }), place);
        return [chosen, now];
      });
      tf.dispose(cache);
      [cache, tokens] = [now, chosen];
      said.push(chosen);
    }
    const together = tf.concat(said, 1);
    const told = Uint32Array.from(await together.data());
    tf.dispose([cache, said, together]);
    return told;
  }
}
