// Of every row of logits the logarithm of their exponentials' sum, and the log-probability of one word; one group a
// row.
struct Task {
    rows: u32,
    quads: u32,
    words: u32,
    logits: u32,
    targets: u32,
    // A quad a row: log-probability, logarithm of the sum.
    to: u32,
}

var<workgroup> joint: array<f32, {LANES}>;

@compute @workgroup_size({LANES})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let row = min(group.x + group.y * groups.x, task.rows - 1u);
    let begin = task.logits + row * task.quads;
    var most = -3.0e38;
    for (var quad = lane; quad < task.quads; quad += {LANES}u) {
        let x = within(quad, desk[begin + quad], -3.0e38);
        most = max(most, max(max(x.x, x.y), max(x.z, x.w)));
    }
    joint[lane] = most;
    workgroupBarrier();
    for (var half = {LANES}u / 2u; half > 0u; half /= 2u) {
        if lane < half {
            joint[lane] = max(joint[lane], joint[lane + half]);
        }
        workgroupBarrier();
    }
    most = joint[0];
    workgroupBarrier();
    var sum = 0.0;
    for (var quad = lane; quad < task.quads; quad += {LANES}u) {
        sum += dot(within(quad, exp(desk[begin + quad] - most), 0.0), vec4(1.0));
    }
    let all = sum_of_lanes(lane, sum);
    if lane == 0u {
        let target_word = numbers[task.targets + row];
        let log_sum = most + log(all);
        let logit = desk[begin + target_word / 4u][target_word % 4u];
        desk[task.to + row] = vec4(logit - log_sum, log_sum, 0.0, 0.0);
    }
}

// A row is as long as whole quads; what stands behind the last word is none.
fn within(quad: u32, x: vec4<f32>, otherwise: f32) -> vec4<f32> {
    let word = vec4(quad * 4u) + vec4(0u, 1u, 2u, 3u);
    return select(vec4(otherwise), x, word < vec4(task.words));
}
