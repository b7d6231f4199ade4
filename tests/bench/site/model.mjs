// A model folder for the peers: its shape, and its weights as float32. What ours reads from the same files.

/** A half-precision number's value. */
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The tensors of a safetensors file: name to `{ shape, values }`. */
function tensors(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const read = {
    F16: (at) => half(view.getUint16(at, true)),
    F32: (at) => view.getFloat32(at, true),
  };
  const width = { F16: 2, F32: 4 };
  const found = {};
  delete header.__metadata__;
  for (const [name, { dtype, shape, data_offsets: [from, to] }] of Object.entries(header)) {
    if (!read[dtype]) throw new Error(`${name} is ${dtype}`);
    const values = new Float32Array((to - from) / width[dtype]);
    for (let i = 0; i < values.length; i++) values[i] = read[dtype](8 + length + from + i * width[dtype]);
    found[name] = { shape, values };
  }
  return found;
}

/** A matrix the other way round: Hugging Face keeps `[out, in]`, and a product of two row-major matrices wants `[in, out]`. */
export function turned({ shape: [rows, columns], values }) {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = values[row * columns + column];
  }
  return { shape: [columns, rows], values: turned };
}

/**
 * Reads `[[name, bytes], ..]`: the configuration and the weights by plain names, matrices as `[in, out]` but
 * the embedding, which is `[vocabulary, hidden]` and the head too.
 */
export function read(folder) {
  const files = new Map(folder);
  const config = JSON.parse(new TextDecoder().decode(files.get('config.json')));
  const all = tensors(files.get('model.safetensors'));
  if (!config.tie_word_embeddings || config.num_key_value_heads !== config.num_attention_heads) {
    throw new Error('the peers know tied embeddings and as many key heads as query heads, which the shipped models have');
  }
  const layers = Array.from({ length: config.num_hidden_layers }, (_, layer) => {
    const of = (name) => all[`model.layers.${layer}.${name}.weight`];
    return {
      query: turned(of('self_attn.q_proj')),
      key: turned(of('self_attn.k_proj')),
      value: turned(of('self_attn.v_proj')),
      output: turned(of('self_attn.o_proj')),
      gate: turned(of('mlp.gate_proj')),
      up: turned(of('mlp.up_proj')),
      down: turned(of('mlp.down_proj')),
      inputNorm: of('input_layernorm'),
      postNorm: of('post_attention_layernorm'),
    };
  });
  return { config, weights: { embedding: all['model.embed_tokens.weight'], layers, norm: all['model.norm.weight'] } };
}

/** The same function over every tensor of such a tree. */
export function mapped(tree, change) {
  if (Array.isArray(tree)) return tree.map((one) => mapped(one, change));
  if (tree.values) return change(tree);
  return Object.fromEntries(Object.entries(tree).map(([name, one]) => [name, mapped(one, change)]));
}

/** Cosine and sine of the rotations of `length` places, each `[length, width]`, both halves alike. */
export function rotations({ head_dim: width, rope_theta: theta }, length) {
  const half = width / 2;
  const cos = new Float32Array(length * width);
  const sin = new Float32Array(length * width);
  for (let place = 0; place < length; place++) {
    for (let i = 0; i < width; i++) {
      const angle = place * theta ** (-(2 * (i % half)) / width);
      cos[place * width + i] = Math.cos(angle);
      sin[place * width + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
