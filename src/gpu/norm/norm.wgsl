// RMSNorm: a row divided by its root mean square, times a scale; one group a row.
struct Task {
    rows: u32,
    // Quads of a row, and how many of its numbers there really are.
    quads: u32,
    width: u32,
    epsilon: f32,
    source: u32,
    scale: u32,
    to: u32,
    // A quad a row, of which the first number is one over the root mean square.
    inverse: u32,
    // Which rows, among the numbers.
    chosen: u32,
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    // Groups beyond the last row do it again: they must not leave before the others have met.
    let row = min(group.x + group.y * groups.x, task.rows - 1u);
    let begin = task.source + numbers[task.chosen + row] * task.quads;
    var sum = 0.0;
    for (var quad = lane; quad < task.quads; quad += {LANES}u) {
        let x = desk[begin + quad];
        sum += dot(x, x);
    }
    let all = sum_of_lanes(lane, sum);
    let inverse = 1.0 / sqrt(all / f32(task.width) + task.epsilon);
    let to = task.to + row * task.quads;
    for (var quad = lane; quad < task.quads; quad += {LANES}u) {
        desk[to + quad] = desk[begin + quad] * inverse * weights[task.scale + quad];
    }
    if lane == 0u {
        desk[task.inverse + row] = vec4(inverse, 0.0, 0.0, 0.0);
    }
}
