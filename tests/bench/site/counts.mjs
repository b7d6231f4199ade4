// What a contender asks of WebGPU, counted at the interfaces that everybody has to go through.

const counts = { dispatches: 0, submissions: 0, pipelines: 0, buffers: 0, allocated: 0, written: 0, readbacks: 0 };

/** Runs `also` with the arguments of every call of a method. */
function tap(owner, name, also) {
  const method = owner?.prototype?.[name];
  if (!method) return;
  owner.prototype[name] = function tapped(...parts) {
    also(...parts);
    return method.apply(this, parts);
  };
}

/** How much `writeBuffer` writes: in elements of a typed array, else in bytes. */
function written(_buffer, _offset, data, from = 0, size = undefined) {
  const unit = data.BYTES_PER_ELEMENT ?? 1;
  counts.written += size === undefined ? data.byteLength - from * unit : size * unit;
}

/** Counts from now on. Has to come before a contender is loaded. */
export function begin() {
  for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect']) {
    tap(globalThis.GPUComputePassEncoder, name, () => { counts.dispatches += 1; });
  }
  for (const name of ['createComputePipeline', 'createComputePipelineAsync']) {
    tap(globalThis.GPUDevice, name, () => { counts.pipelines += 1; });
  }
  tap(globalThis.GPUDevice, 'createBuffer', ({ size }) => {
    counts.buffers += 1;
    counts.allocated += size;
  });
  tap(globalThis.GPUQueue, 'submit', () => { counts.submissions += 1; });
  tap(globalThis.GPUQueue, 'writeBuffer', written);
  const reads = 1; // GPUMapMode.READ
  tap(globalThis.GPUBuffer, 'mapAsync', (mode) => { if (mode & reads) counts.readbacks += 1; });
}

export const now = () => ({ ...counts });

/** What was counted since. */
export const since = (before) => Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count - before[name]]));
