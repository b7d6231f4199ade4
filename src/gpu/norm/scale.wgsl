// The slopes by the scales of all norms: a lane sums a quad of columns over a share of the rows.
struct Task {
    quads: u32,
    // Of each norm six numbers: what it read, the slope by what it gave, the inverses, which rows, how many, and
    // where its scale's slopes are.
    norms: u32,
    shares: u32,
    apart: u32,
}

@compute @workgroup_size({LANES})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let quad = id.x;
    if quad >= task.quads {
        return;
    }
    let norm = task.norms + 6u * id.y;
    let begin = numbers[norm];
    let given = numbers[norm + 1u];
    let inverse = numbers[norm + 2u];
    let chosen = numbers[norm + 3u];
    let rows = numbers[norm + 4u];
    let share = (rows + task.shares - 1u) / task.shares;
    var sum = vec4(0.0);
    for (var row = id.z * share; row < min((id.z + 1u) * share, rows); row += 1u) {
        let x = desk[begin + numbers[chosen + row] * task.quads + quad];
        sum += desk[given + row * task.quads + quad] * x * desk[inverse + row].x;
    }
    slopes[numbers[norm + 5u] + id.z * task.apart + quad] += sum;
}
