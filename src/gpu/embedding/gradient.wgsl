// The slopes by embeddings, a quad of one word a lane: the sum over the places where the word stands, in their order.
struct Task {
    // Words that stand somewhere. Of each two numbers: the word, and where the list of its places begins; then one
    // such pair more, which says where the last list ends.
    words: u32,
    quads: u32,
    listed: u32,
    given: u32,
    to: u32,
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let place = id.x + id.y * groups.x * {LANES}u;
    if place >= task.words * task.quads {
        return;
    }
    let word = task.listed + 2u * (place / task.quads);
    let quad = place % task.quads;
    var sum = vec4(0.0);
    for (var at = numbers[word + 1u]; at < numbers[word + 3u]; at += 1u) {
        sum += desk[task.given + numbers[at] * task.quads + quad];
    }
    slopes[task.to + numbers[word] * task.quads + quad] += sum;
}
