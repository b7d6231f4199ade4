// One of our models as an ONNX file, made from its weights in the browser: what transformers.js reads.
//
// The format is Protocol Buffers, of which this writes the few messages a graph needs. The graph is what ONNX
// Runtime's own tools make of a Llama: its fused operators for norms with their sum, rotations and attention with its
// cache, one product for query, key and value and one for gate and up, the head for the newest place alone. Names of
// inputs, outputs and dimensions are those that transformers.js looks for.

import { rotations, turned } from './model.mjs';

const encoder = new TextEncoder();

/** A whole number in groups of seven bits. */
function varint(value) {
  const bytes = [];
  let left = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(left & 127n) | (left > 127n ? 128 : 0));
    left >>= 7n;
  } while (left);
  return Uint8Array.from(bytes);
}

function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const whole = (field, value) => joined([varint(field << 3), varint(value)]);
const bytes = (field, value) => joined([varint((field << 3) | 2), varint(value.length), value]);
const text = (field, value) => bytes(field, encoder.encode(value));
const float = (field, value) => joined([varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer)]);
const message = (field, ...parts) => bytes(field, joined(parts));

const TYPES = { float: 1, int64: 7 };

/** A constant of the graph. */
function constant(name, type, shape, values) {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message(5, ...shape.map((size) => whole(1, size)), whole(2, TYPES[type]), text(8, name), bytes(9, raw));
}

/** What goes in (field 11) or comes out (field 12); a dimension with a name may have any size. */
function port(field, name, type, shape) {
  const dimension = (size) => message(1, typeof size === 'number' ? whole(1, size) : text(2, size));
  const tensor = message(1, whole(1, TYPES[type]), message(2, ...shape.map(dimension)));
  return message(field, text(1, name), message(2, tensor));
}

const FLOAT = 1;
const INT = 2;

/** An operation. Attributes are whole numbers but the names in `floats`. */
function node(kind, inputs, outputs, { domain = '', floats = {}, ...wholes } = {}) {
  const attribute = (name, value, type) => message(5, text(1, name), value, whole(20, type));
  return message(
    1,
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, kind),
    ...Object.entries(floats).map(([name, value]) => attribute(name, float(2, value), FLOAT)),
    ...Object.entries(wholes).map(([name, value]) => attribute(name, whole(3, value), INT)),
    text(7, domain),
  );
}

/** Matrices `[in, out]` beside each other. */
function beside(matrices) {
  const [rows] = matrices[0].shape;
  const columns = matrices.reduce((sum, { shape }) => sum + shape[1], 0);
  const values = new Float32Array(rows * columns);
  let at = 0;
  for (const { shape: [, width], values: own } of matrices) {
    for (let row = 0; row < rows; row++) values.set(own.subarray(row * width, (row + 1) * width), row * columns + at);
    at += width;
  }
  return { shape: [rows, columns], values };
}

const MICROSOFT = { domain: 'com.microsoft' };

/** The file, of a model as `model.mjs` reads it. */
export function onnx({ config, weights }) {
  const { head_dim: width, num_attention_heads: heads, num_key_value_heads: keys, hidden_size: hidden, vocab_size: vocabulary } = config;
  const floats = { epsilon: config.rms_norm_eps };
  const places = config.max_position_embeddings;
  const parts = [];
  const fixed = (name, { shape, values }) => {
    parts.push(constant(name, 'float', shape, values));
    return name;
  };
  const number = (name, value) => {
    parts.push(constant(name, 'int64', [1], BigInt64Array.of(BigInt(value))));
    return name;
  };
  const does = (...given) => parts.push(node(...given));

  const { cos, sin } = rotations(config, places);
  // Both halves of a row are alike, and the operator wants one of them.
  const half = width / 2;
  const halves = (table) => ({
    shape: [places, half],
    values: Float32Array.from({ length: places * half }, (_, i) => table[Math.floor(i / half) * width + (i % half)]),
  });
  fixed('cos', halves(cos));
  fixed('sin', halves(sin));
  fixed('embedding', weights.embedding);
  does('Gather', ['embedding', 'input_ids'], ['x']);
  let [stream, sum] = ['x', null];
  /** The norm of the stream, to which `sum` is added first. */
  const norm = (name, scale) => {
    const weight = fixed(`${name}_scale`, scale);
    if (sum) {
      does('SkipSimplifiedLayerNormalization', [stream, sum, weight], [name, '', '', `${name}_stream`], { ...MICROSOFT, floats });
      stream = `${name}_stream`;
    } else {
      does('SimplifiedLayerNormalization', [stream, weight], [name], { floats, axis: -1, stash_type: 1 });
    }
    return name;
  };
  const product = (name, input, matrix) => {
    does('MatMul', [input, fixed(`${name}_matrix`, matrix)], [name]);
    return name;
  };
  weights.layers.forEach((layer, at) => {
    const h = norm(`h${at}`, layer.inputNorm);
    const rows = product(`qkv${at}`, h, beside([layer.query, layer.key, layer.value]));
    const cache = ['key', 'value'];
    const [past, present] = ['past_key_values', 'present'].map((when) => cache.map((what) => `${when}.${at}.${what}`));
    does('Split', [rows], [`query${at}`, `key${at}`, `value${at}`], { axis: -1, num_outputs: 3 });
    for (const what of ['query', 'key']) does('RotaryEmbedding', [`${what}${at}`, 'position_ids', 'cos', 'sin'], [`turned_${what}${at}`], MICROSOFT);
    does('MultiHeadAttention', [`turned_query${at}`, `turned_key${at}`, `value${at}`, '', '', '', ...past], [`seen${at}`, ...present],
      { ...MICROSOFT, floats: { scale: 1 / Math.sqrt(width) }, num_heads: heads, unidirectional: 1 });
    sum = product(`output${at}`, `seen${at}`, layer.output);
    const g = norm(`g${at}`, layer.postNorm);
    const both = product(`gates${at}`, g, beside([layer.gate, layer.up]));
    does('Split', [both], [`gate${at}`, `up${at}`], { axis: -1, num_outputs: 2 });
    does('QuickGelu', [`gate${at}`], [`open${at}`], { ...MICROSOFT, floats: { alpha: 1 } });
    does('Mul', [`open${at}`, `up${at}`], [`inner${at}`]);
    sum = product(`down${at}`, `inner${at}`, layer.down);
    const shape = (length) => ['batch_size', keys, length, width];
    past.forEach((name) => parts.push(port(11, name, 'float', shape('past_sequence_length'))));
    present.forEach((name) => parts.push(port(12, name, 'float', shape('total_sequence_length'))));
  });
  norm('normed', weights.norm);
  // Whoever continues a text wants to know what comes behind its last token alone.
  does('Slice', ['normed', number('from', -1), number('to', 2 ** 31), number('axis', 1)], ['newest']);
  product('logits', 'newest', turned(weights.embedding));

  for (const name of ['input_ids', 'position_ids']) parts.push(port(11, name, 'int64', ['batch_size', 'sequence_length']));
  parts.push(port(12, 'logits', 'float', ['batch_size', 1, vocabulary]));
  const set = (domain, version) => message(8, text(1, domain), whole(2, version));
  return joined([whole(1, 10), text(2, 'mores'), message(7, text(2, 'llama'), ...parts), set('', 18), set('com.microsoft', 1)]);
}
