// The norm of all slopes, what they are multiplied by so that it is not larger than wanted, and whether it is a
// number; one group.
struct Task {
    parts: u32,
    squares: u32,
    to: u32,
    most: f32,
}

@compute @workgroup_size({LANES})
fn main(@builtin(local_invocation_index) lane: u32) {
    var sum = 0.0;
    for (var part = lane; part < task.parts; part += {LANES}u) {
        sum += desk[task.squares + part].x;
    }
    let all = sum_of_lanes(lane, sum);
    if lane == 0u {
        let norm = sqrt(all);
        // By its bits: a device may take it for granted that there are no others than numbers.
        let finite = (bitcast<u32>(all) & 0x7f800000u) != 0x7f800000u;
        let scale = min(1.0, task.most / (norm + 1e-6));
        desk[task.to] = vec4(norm, scale, select(0.0, 1.0, finite), 0.0);
    }
}
