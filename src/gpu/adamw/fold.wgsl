// All copies of the slopes become one, and each group says what the squares of its part sum to.
struct Task {
    quads: u32,
    copies: u32,
    to: u32,
    parts: u32,
}

const EACH: u32 = 16u;

@compute @workgroup_size({LANES})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let part = group.x + group.y * groups.x;
    let end = min((part + 1u) * {LANES}u * EACH, task.quads);
    var squares = 0.0;
    for (var quad = part * {LANES}u * EACH + lane; quad < end; quad += {LANES}u) {
        var sum = slopes[quad];
        for (var copy = 1u; copy < task.copies; copy += 1u) {
            sum += slopes[copy * task.quads + quad];
        }
        slopes[quad] = sum;
        squares += dot(sum, sum);
    }
    let all = sum_of_lanes(lane, squares);
    if lane == 0u && part < task.parts {
        desk[task.to + part] = vec4(all, 0.0, 0.0, 0.0);
    }
}
