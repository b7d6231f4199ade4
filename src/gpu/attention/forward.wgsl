// Causal attention, {QUERIES} queries of a head a lane. A softmax that grows: what was summed is made smaller
// whenever a larger score comes (Milakov and Gimelshein, 2018; Dao et al., 2022).
struct Task {
    tiles: u32,
    heads: u32,
    // Query heads that share keys and values.
    group: u32,
    scale: f32,
    // Of each tile four numbers: the row of its first query among the results, its slot, the slot of the text's
    // first key, and how many queries there are.
    tile: u32,
    rows: u32,
    row_quads: u32,
    to: u32,
    to_quads: u32,
    // A quad for each query and head: the logarithm of the sum of exponentials.
    kept: u32,
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let place = id.x + id.y * groups.x * {LANES}u;
    if place >= task.tiles * task.heads {
        return;
    }
    let head = place % task.heads;
    let tile = task.tile + 4u * (place / task.heads);
    let token = numbers[tile];
    let slot = numbers[tile + 1u];
    let first = numbers[tile + 2u];
    let last = numbers[tile + 3u] - 1u;
    let key_head = head / task.group;
    let keys = task.heads * {QUADS}u + key_head * {QUADS}u;
    let values = keys + task.heads / task.group * {QUADS}u;
    //% i QUERIES: let query$i = task.rows + (slot + min($iu, last)) * task.row_quads + head * {QUADS}u;
    //% i QUERIES, w QUADS: let q$i_$w = desk[query$i + $wu] * task.scale;
    //% i QUERIES, w QUADS: var to$i_$w = vec4(0.0);
    //% i QUERIES: var most$i = -3.0e38;
    //% i QUERIES: var sum$i = 0.0;
    for (var key = first; key <= slot + last; key += 1u) {
        let row = task.rows + key * task.row_quads;
        //% w QUADS: let k$w = desk[row + keys + $wu];
        //% w QUADS: let v$w = desk[row + values + $wu];
        //% for i QUERIES
        var t$i = vec4(0.0);
        //% w QUADS: t$i += q$i_$w * k$w;
        let s$i = select(-3.0e38, dot(t$i, vec4(1.0)), key <= slot + $iu);
        if s$i > most$i {
            let less = exp(most$i - s$i);
            most$i = s$i;
            sum$i *= less;
            //% w QUADS: to$i_$w *= less;
        }
        let p$i = exp(s$i - most$i);
        sum$i += p$i;
        //% w QUADS: to$i_$w += p$i * v$w;
        //% end
    }
    //% for i QUERIES
    if $iu <= last {
        let to = task.to + (token + $iu) * task.to_quads + head * {QUADS}u;
        let share = 1.0 / sum$i;
        //% w QUADS: desk[to + $wu] = to$i_$w * share;
        desk[task.kept + (token + $iu) * task.heads + head] = vec4(most$i + log(sum$i), 0.0, 0.0, 0.0);
    }
    //% end
}
