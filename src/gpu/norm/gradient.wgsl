// The slope by a row's norm becomes that by the row, and is added to it; one group a row.
struct Task {
    rows: u32,
    quads: u32,
    width: u32,
    unused: u32,
    source: u32,
    scale: u32,
    // The slope by what the norm gave.
    given: u32,
    inverse: u32,
    chosen: u32,
    to: u32,
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let row = min(group.x + group.y * groups.x, task.rows - 1u);
    let place = numbers[task.chosen + row] * task.quads;
    let given = task.given + row * task.quads;
    var sum = 0.0;
    for (var quad = lane; quad < task.quads; quad += {LANES}u) {
        sum += dot(desk[task.source + place + quad], desk[given + quad] * weights[task.scale + quad]);
    }
    let all = sum_of_lanes(lane, sum);
    // It adds to what it finds: no row may be done twice.
    if group.x + group.y * groups.x >= task.rows {
        return;
    }
    let inverse = desk[task.inverse + row].x;
    let back = all * inverse * inverse / f32(task.width);
    for (var quad = lane; quad < task.quads; quad += {LANES}u) {
        let x = desk[task.source + place + quad];
        let by = desk[given + quad] * weights[task.scale + quad];
        desk[task.to + place + quad] += inverse * (by - x * back);
    }
}
