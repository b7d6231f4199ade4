// AdamW (Loshchilov and Hutter, 2019), a quad a lane; nothing moves where the slopes are no numbers.
struct Task {
    quads: u32,
    norm: u32,
    keep: f32,
    beta1: f32,
    rest1: f32,
    beta2: f32,
    rest2: f32,
    step_size: f32,
    root_correction: f32,
    epsilon: f32,
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let quad = id.x + id.y * groups.x * {LANES}u;
    let norm = desk[task.norm];
    if quad >= task.quads || norm.z == 0.0 {
        return;
    }
    let slope = slopes[quad] * norm.y;
    let first = moments[quad] * task.beta1 + slope * task.rest1;
    let second = moments[task.quads + quad] * task.beta2 + slope * slope * task.rest2;
    moments[quad] = first;
    moments[task.quads + quad] = second;
    let under = sqrt(second) * task.root_correction + task.epsilon;
    weights[quad] = weights[quad] * task.keep - first / under * task.step_size;
}
