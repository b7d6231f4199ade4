// The nearest memory of every asked pair: one workgroup a pair, its lanes share the agent's
// memories. The twin in twin.rs says what is right.

const LANES: u32 = 64u;
// The place in a lane that saw no memory, behind every real one, with a distance behind every
// real one.
const NOWHERE: u32 = 0xffffffffu;
const BEYOND: f32 = 3.0;

struct Found {
    place: u32,
    distance: f32,
}

@group(0) @binding(0) var<storage, read> embeddings: array<f32>;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read> memories: array<u32>;
// Agent and question.
@group(0) @binding(3) var<storage, read> asked: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read_write> found: array<Found>;
@group(0) @binding(5) var<uniform> width: u32;

var<workgroup> best: array<Found, LANES>;

fn distance_of(one: u32, other: u32) -> f32 {
    if one == other {
        return 0.0;
    }
    let first = one * width;
    let second = other * width;
    var sum = 0.0;
    for (var i = 0u; i < width; i += 1u) {
        sum += embeddings[first + i] * embeddings[second + i];
    }
    return clamp(1.0 - sum, 0.0, 2.0);
}

// Whether one comes before other: nearer, or equally near and learnt earlier.
fn comes_first(one: Found, other: Found) -> bool {
    return one.distance < other.distance
        || (one.distance == other.distance && one.place < other.place);
}

@compute @workgroup_size(LANES)
fn nearest(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let pair = asked[group.x];
    let start = starts[pair.x];
    let count = starts[pair.x + 1u] - start;

    var mine = Found(NOWHERE, BEYOND);
    for (var place = lane; place < count; place += LANES) {
        let seen = Found(place, distance_of(memories[start + place], pair.y));
        if comes_first(seen, mine) {
            mine = seen;
        }
    }
    best[lane] = mine;
    workgroupBarrier();

    for (var half = LANES / 2u; half > 0u; half /= 2u) {
        if lane < half && comes_first(best[lane + half], best[lane]) {
            best[lane] = best[lane + half];
        }
        workgroupBarrier();
    }
    if lane == 0u {
        found[group.x] = best[0];
    }
}
