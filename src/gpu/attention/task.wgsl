struct Task {
    tiles: u32,
    // Of queries; heads of keys; how many of the former share one of the latter.
    heads: u32,
    key_heads: u32,
    group: u32,
    scale: f32,
    // Of each tile four numbers: its first row, where its text begins and ends, and how many rows it has.
    tile: u32,
    rows: u32,
    row_quads: u32,
    result: u32,
    result_quads: u32,
    // The slope by the result, and that by the rows.
    of_result: u32,
    of_rows: u32,
    // A quad for each query and head: the logarithm of the sum of exponentials, and later the product of a result
    // with the slope by it.
    kept: u32,
}

// A slope by what was turned becomes one by what was not.
fn back(position: u32, quad: u32, s: vec4<f32>) -> vec4<f32> {
    let by = tables[position * {QUADS}u + quad];
    return vec4(
        s.x * by.x + s.y * by.y,
        s.y * by.x - s.x * by.y,
        s.z * by.z + s.w * by.w,
        s.w * by.z - s.z * by.w,
    );
}
