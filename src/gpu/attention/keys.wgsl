// The slopes by keys and values, {TILE} of a head a lane, from all queries that saw them.
@compute @workgroup_size({LANES})
fn main(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let place = id.x + id.y * groups.x * {LANES}u;
    if place >= task.tiles * task.key_heads {
        return;
    }
    let key_head = place % task.key_heads;
    let tile = task.tile + 4u * (place / task.key_heads);
    let token = numbers[tile];
    let first = numbers[tile + 1u];
    let end = numbers[tile + 2u];
    let last = numbers[tile + 3u] - 1u;
    let keys = (task.heads + key_head) * {QUADS}u;
    let values = keys + task.key_heads * {QUADS}u;
    //% for i TILE
    let row$i = token + min($iu, last);
    //% w QUADS: let k$i_$w = desk[task.rows + row$i * task.row_quads + keys + $wu] * task.scale;
    //% w QUADS: let v$i_$w = desk[task.rows + row$i * task.row_quads + values + $wu];
    //% w QUADS: var by_key$i_$w = vec4(0.0);
    //% w QUADS: var by_value$i_$w = vec4(0.0);
    //% end
    for (var head = key_head * task.group; head < (key_head + 1u) * task.group; head += 1u) {
        for (var query = token; query < end; query += 1u) {
            //% w QUADS: let q$w = desk[task.rows + query * task.row_quads + head * {QUADS}u + $wu];
            //% w QUADS: let o$w = desk[task.of_result + query * task.result_quads + head * {QUADS}u + $wu];
            let kept = desk[task.kept + query * task.heads + head];
            //% for i TILE
            var t$i = vec4(0.0);
            var u$i = vec4(0.0);
            //% w QUADS: t$i += q$w * k$i_$w;
            //% w QUADS: u$i += o$w * v$i_$w;
            let p$i = select(0.0, exp(dot(t$i, vec4(1.0)) - kept.x), query >= token + $iu);
            let s$i = p$i * (dot(u$i, vec4(1.0)) - kept.y);
            //% w QUADS: by_value$i_$w += p$i * o$w;
            //% w QUADS: by_key$i_$w += s$i * q$w;
            //% end
        }
    }
    //% for i TILE
    if $iu <= last {
        let to = task.of_rows + row$i * task.row_quads;
        //% w QUADS: desk[to + keys + $wu] = back(row$i - first, $wu, by_key$i_$w * task.scale);
        //% w QUADS: desk[to + values + $wu] = by_value$i_$w;
    }
    //% end
}
