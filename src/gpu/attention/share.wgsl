// What a text has read already is taken over by others that begin alike: keys and values, a quad a lane.
struct Task {
    copies: u32,
    // Quads of a row, and how many of them, the queries, nobody looks at again.
    row_quads: u32,
    queries: u32,
    // Of each copy three numbers: the first slot to read, the first to write, how many.
    listed: u32,
    rows: u32,
    // What one block's rows and the next one's are apart.
    apart: u32,
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let copy = task.listed + 3u * group.x;
    let block = task.rows + group.y * task.apart;
    let source = block + numbers[copy] * task.row_quads;
    let to = block + numbers[copy + 1u] * task.row_quads;
    for (var row = 0u; row < numbers[copy + 2u]; row += 1u) {
        for (var quad = task.queries + lane; quad < task.row_quads; quad += {LANES}u) {
            desk[to + row * task.row_quads + quad] = desk[source + row * task.row_quads + quad];
        }
    }
}
