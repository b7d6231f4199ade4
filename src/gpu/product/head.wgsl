// One tile of a product: {ROWS} rows by two quads of columns, kept in registers for the whole of the sum. A quad
// is four numbers that stand beside each other; rows are as long as whole quads. Starts and strides count quads.
struct Task {
    rows: u32,
    column_quads: u32,
    // Of the sum: how many numbers, and how many of them each share of a split takes.
    sum: u32,
    share: u32,
    a: u32,
    a_stride: u32,
    b: u32,
    b_stride: u32,
    c: u32,
    c_stride: u32,
    // What the result is added to, or what is known of the gated layer.
    d: u32,
    d_stride: u32,
    // Positions and slots of rows, among the numbers.
    positions: u32,
    slots: u32,
    // Columns that are turned, quads of a head, and what copies of the slopes are apart.
    turned_quads: u32,
    head_quads: u32,
    apart: u32,
}

@compute @workgroup_size({X}, {Y})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_id) lane: vec3<u32>,
) {
    let row = (group.y * {Y}u + lane.y) * {ROWS}u;
    let quad = (group.x * {X}u + lane.x) * 2u;
    if row >= task.rows || quad >= task.column_quads {
        return;
    }
    // What stands outside is computed as the last one that does not, and not kept.
    let last_row = task.rows - 1u;
    let last_quad = task.column_quads - 1u;
