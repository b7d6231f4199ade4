// The embeddings of tokens, a quad a lane. A token is written down among the numbers, or its highest bit is set and the
// rest says which quad of the desk begins with it.
struct Task {
    tokens: u32,
    quads: u32,
    listed: u32,
    embedding: u32,
    to: u32,
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let place = id.x + id.y * groups.x * {LANES}u;
    if place >= task.tokens * task.quads {
        return;
    }
    var token = numbers[task.listed + place / task.quads];
    if token >= 0x80000000u {
        token = u32(desk[token & 0x7fffffffu].x);
    }
    desk[task.to + place] = weights[task.embedding + token * task.quads + place % task.quads];
}
