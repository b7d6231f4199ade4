// jax-js: the same Llama, loss and optimiser, each training step and each decoded token one `jit`.
//
// Arrays are counted: whoever is given one uses it up, and `.ref` keeps it for another use.

import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, random, tree, valueAndGrad } from '../peers/@jax-js/jax/dist/index.js';
import { mapped, read, rotations } from '../model.mjs';
import { ADAM, CONTEXT, LOSS, NEW, PROMPT, asked, candidates, corrections, rate } from '../work.mjs';

const array = ({ shape, values }) => np.array(values).reshape(shape);
const whole = (values, shape) => np.array(Int32Array.from(values), { dtype: np.int32 }).reshape(shape);

/** A network of that shape. Functions take what they use. */
function network({ head_dim: width, num_attention_heads: heads, rms_norm_eps: epsilon }) {
  const norm = (x, weight) => {
    const squares = np.mean(np.square(x.ref), -1, { keepdims: true });
    return x.div(np.sqrt(squares.add(epsilon))).mul(weight);
  };

  const rotated = (x, cos, sin) => {
    const [left, right] = np.split(x.ref, 2, -1);
    return x.mul(cos).add(np.concatenate([right.neg(), left], -1).mul(sin));
  };

  /** One block over `[batch, length, hidden]`; `attend` gets queries, keys and values, `[batch, length, heads, width]`. */
  const block = (x, layer, cos, sin, attend) => {
    const [batch, length] = x.shape;
    const split = (y) => y.reshape([batch, length, heads, width]);
    const h = norm(x.ref, layer.inputNorm);
    const query = rotated(split(np.matmul(h.ref, layer.query)), cos.ref, sin.ref);
    const key = rotated(split(np.matmul(h.ref, layer.key)), cos, sin);
    const value = split(np.matmul(h, layer.value));
    const seen = attend(query, key, value).reshape([batch, length, heads * width]);
    x = x.add(np.matmul(seen, layer.output));
    const g = norm(x.ref, layer.postNorm);
    const inner = nn.silu(np.matmul(g.ref, layer.gate)).mul(np.matmul(g, layer.up));
    return x.add(np.matmul(inner, layer.down));
  };

  /** Logits of the last places (all by default) of `[batch, length]` tokens. */
  const logits = (weights, tokens, cos, sin, attend, last = false) => {
    let x = np.take(weights.embedding.ref, tokens, 0);
    weights.layers.forEach((layer, place) => {
      x = block(x, layer, cos.ref, sin.ref, (...parts) => attend(place, ...parts));
    });
    cos.dispose();
    sin.dispose();
    if (last) x = x.slice([], -1);
    return np.matmul(norm(x, weights.norm), np.transpose(weights.embedding));
  };
  return { logits };
}

/** SA-CPO of `[batch, CONTEXT]` tokens: mean cross-entropy of each answer, then pairs with the best one. */
function loss(logits, targets, batch) {
  const all = nn.logsumexp(logits.ref, -1);
  // One-hot melts into the sum; the gradient of a gather is a scatter that `jit` refuses here.
  const found = np.sum(logits.mul(nn.oneHot(targets, logits.shape[2])), -1);
  // The last place has nothing to foretell. It is computed all the same: 128 rows suit the library better than 127.
  const counts = Array.from({ length: CONTEXT }, (_, place) => (place < CONTEXT - 1 ? 1 / (CONTEXT - 1) : 0));
  const losses = np.sum(all.sub(found).mul(np.array(counts)), 1);
  const count = candidates(batch);
  const groups = losses.reshape([batch / count, count]);
  if (count === 1) return np.mean(groups);
  const best = groups.ref.slice([], [0, 1]);
  const others = groups.slice([], [1, count]);
  const short = nn.relu(best.ref.sub(others).add(np.array(asked(batch))));
  return np.mean(best).add(np.mean(short).mul(LOSS.weight));
}

function trainingStep(config, batch) {
  const { logits } = network(config);
  const causal = (_, query, key, value) => nn.dotProductAttention(query, key, value, { isCausal: true });
  const of = valueAndGrad((weights, tokens, targets, cos, sin) => loss(logits(weights, tokens, cos, sin, causal), targets, batch));
  return jit((weights, first, second, tokens, targets, cos, sin, scalars) => {
    const [value, gradients] = of(tree.ref(weights), tokens, targets, cos, sin);
    const [rate, correction1, correction2] = [0, 1, 2].map((place) => scalars.ref.slice(place));
    scalars.dispose();
    const squares = tree.leaves(gradients).map((one) => np.sum(np.square(one.ref)));
    const norm = np.sqrt(squares.reduce((sum, one) => sum.add(one)));
    const scale = np.minimum(np.reciprocal(norm.add(1e-6)).mul(ADAM.clip), 1);
    const moved = { weights: [], first: [], second: [] };
    const [old, places] = tree.flatten(weights);
    const [firsts, seconds, slopes] = [first, second, gradients].map((one) => tree.leaves(one));
    old.forEach((weight, place) => {
      const slope = slopes[place].mul(scale.ref);
      const m = firsts[place].mul(ADAM.beta1).add(slope.ref.mul(1 - ADAM.beta1));
      const v = seconds[place].mul(ADAM.beta2).add(np.square(slope).mul(1 - ADAM.beta2));
      const under = np.sqrt(v.ref.div(correction2.ref)).add(ADAM.epsilon);
      moved.weights.push(weight.sub(m.ref.div(correction1.ref).div(under).mul(rate.ref)));
      moved.first.push(m);
      moved.second.push(v);
    });
    [rate, correction1, correction2, scale].forEach((one) => one.dispose());
    const together = (leaves) => tree.unflatten(places, leaves);
    return [together(moved.weights), together(moved.first), together(moved.second), value];
  });
}

/** Reads the prompts, and then a token a step. The cache has a place for every token there will be. */
function decoding(config, greedy) {
  const { logits } = network(config);
  const length = PROMPT + NEW;
  const choose = (logits, key) => {
    const batch = logits.shape[0];
    const last = logits.reshape([batch, logits.shape.at(-1)]);
    if (!greedy) return random.categorical(key, last).reshape([batch, 1]);
    key.dispose();
    return np.argmax(last, -1).reshape([batch, 1]);
  };
  const start = jit((weights, prompts, cos, sin, key) => {
    const cache = [];
    const attend = (_, query, keys, values) => {
      const room = [[0, 0], [0, length - PROMPT], [0, 0], [0, 0]];
      cache.push([np.pad(keys.ref, room), np.pad(values.ref, room)]);
      return nn.dotProductAttention(query, keys, values, { isCausal: true });
    };
    const token = choose(logits(weights, prompts, cos, sin, attend, true), key);
    return [token, cache];
  });
  const next = jit((weights, cache, token, cos, sin, place, key) => {
    const places = np.arange(length).reshape([1, length, 1, 1]);
    const now = [];
    const attend = (layer, query, keys, values) => {
      const put = (old, one) => np.where(np.equal(places.ref, place.ref), one, old);
      const [k, v] = [put(cache[layer][0], keys), put(cache[layer][1], values)];
      now.push([k.ref, v.ref]);
      const mask = np.lessEqual(places.ref.reshape([1, 1, 1, length]), place.ref);
      return nn.dotProductAttention(query, k, v, { mask });
    };
    const turn = (table) => np.take(table, place.ref, 0).reshape([1, 1, 1, -1]);
    const chosen = choose(logits(weights, token, turn(cos), turn(sin), attend), key);
    places.dispose();
    place.dispose();
    return [chosen, now];
  });
  return { start, next };
}

export default class Jax {
  constructor(device) {
    this.device = device;
  }

  async open(folder) {
    const devices = await init(this.device);
    if (!devices.includes(this.device)) throw new Error(`jax-js has no ${this.device} here`);
    defaultDevice(this.device);
    const { config, weights } = read(folder);
    this.config = config;
    this.read = weights;
    this.decoders = new Map();
  }

  /** `[1, length, 1, width]`, to turn all heads alike. */
  turns(length) {
    const { cos, sin } = rotations(this.config, length);
    const shape = [1, length, 1, this.config.head_dim];
    return [np.array(cos).reshape(shape), np.array(sin).reshape(shape)];
  }

  async train(batch, sequences) {
    if (this.training) tree.dispose([this.training.state, this.training.data]);
    const tokens = Array.from({ length: batch }, (_, row) => sequences.subarray(row * CONTEXT, (row + 1) * CONTEXT));
    const targets = tokens.flatMap((row) => [...row.subarray(1), 0]);
    const zeros = () => mapped(this.read, ({ shape }) => np.zeros(shape));
    this.training = {
      step: trainingStep(this.config, batch),
      taken: 0,
      state: [mapped(this.read, array), zeros(), zeros()],
      data: [whole(sequences, [batch, CONTEXT]), whole(targets, [batch, CONTEXT]), ...this.turns(CONTEXT)],
    };
  }

  async step() {
    const { training } = this;
    const scalars = np.array([rate(training.taken), ...corrections(training.taken)]);
    const [weights, first, second, loss] = training.step(...training.state, ...training.data.map((one) => one.ref), scalars);
    training.state = [weights, first, second];
    training.taken += 1;
    return (await loss.data())[0];
  }

  async decode(batch, prompts, round, temperature) {
    const greedy = temperature === 0;
    if (!this.decoders.has(greedy)) this.decoders.set(greedy, decoding(this.config, greedy));
    const { start, next } = this.decoders.get(greedy);
    this.weights ??= mapped(this.read, array);
    this.tables ??= [this.turns(PROMPT), this.turns(PROMPT + NEW).map((table) => table.reshape([PROMPT + NEW, -1]))];
    const [before, after] = this.tables.map((tables) => () => tables.map((table) => table.ref));
    // Small inputs come from typed arrays: of a plain number or a slice, the library makes a kernel for each value.
    const keys = await random.split(random.key(round), NEW).data();
    const key = (place) => np.array(keys.slice(2 * place, 2 * place + 2), { dtype: np.uint32 });
    let [token, cache] = start(tree.ref(this.weights), whole(prompts, [batch, PROMPT]), ...before(), key(0));
    const said = [token.ref];
    for (let place = 1; place < NEW; place++) {
      [token, cache] = next(tree.ref(this.weights), cache, token, ...after(), whole([PROMPT + place - 1], [1]), key(place));
      said.push(token.ref);
      // Its documentation asks for a stop now and then: what waits makes every later call slower. In WebAssembly a
      // stop at each token was the fastest, on WebGPU it would be a wait.
      if (this.device === 'wasm') token.ref.dataSync();
      else if (place % 8 === 0) await blockUntilReady(token);
    }
    token.dispose();
    tree.dispose(cache);
    return Uint32Array.from(await np.concatenate(said, 1).data());
  }
}
