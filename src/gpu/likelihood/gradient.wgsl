// The slopes by logits, in their place, given that by each row's log-probability.
struct Task {
    rows: u32,
    quads: u32,
    words: u32,
    logits: u32,
    targets: u32,
    known: u32,
    // Whether the slopes by log-probabilities are among the numbers, as bits, one a row, and where.
    is_noted: u32,
    noted: u32,
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let row = group.x + group.y * groups.x;
    if row >= task.rows {
        return;
    }
    let begin = task.logits + row * task.quads;
    let known = desk[task.known + row];
    let log_sum = known.y;
    var given = known.z;
    if task.is_noted != 0u {
        given = bitcast<f32>(numbers[task.noted + row]);
    }
    let target_word = numbers[task.targets + row];
    for (var quad = lane; quad < task.quads; quad += {LANES}u) {
        let word = vec4(quad * 4u) + vec4(0u, 1u, 2u, 3u);
        let hit = select(vec4(0.0), vec4(1.0), word == vec4(target_word));
        let chance = select(vec4(0.0), exp(desk[begin + quad] - log_sum), word < vec4(task.words));
        desk[begin + quad] = given * (hit - chance);
    }
}
