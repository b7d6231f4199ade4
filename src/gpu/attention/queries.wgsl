// The slope by queries, {TILE} of a head a lane, and what keys and values need to know of them.
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
    let first = numbers[tile + 1u];
    let last = numbers[tile + 3u] - 1u;
    let keys = (task.heads + head / task.group) * {QUADS}u;
    let values = keys + task.key_heads * {QUADS}u;
    //% for i TILE
    let row$i = token + min($iu, last);
    //% w QUADS: let q$i_$w = desk[task.rows + row$i * task.row_quads + head * {QUADS}u + $wu] * task.scale;
    //% w QUADS: let o$i_$w = desk[task.of_result + row$i * task.result_quads + head * {QUADS}u + $wu];
    //% w QUADS: var to$i_$w = vec4(0.0);
    var t$i = vec4(0.0);
    //% w QUADS: t$i += o$i_$w * desk[task.result + row$i * task.result_quads + head * {QUADS}u + $wu];
    let mean$i = dot(t$i, vec4(1.0));
    let log$i = desk[task.kept + row$i * task.heads + head].x;
    //% end
    for (var key = first; key <= token + last; key += 1u) {
        let row = task.rows + key * task.row_quads;
        //% w QUADS: let k$w = desk[row + keys + $wu];
        //% w QUADS: let v$w = desk[row + values + $wu];
        //% for i TILE
        var t$i = vec4(0.0);
        var u$i = vec4(0.0);
        //% w QUADS: t$i += q$i_$w * k$w;
        //% w QUADS: u$i += o$i_$w * v$w;
        let p$i = select(0.0, exp(dot(t$i, vec4(1.0)) - log$i), key <= token + $iu);
        let s$i = p$i * (dot(u$i, vec4(1.0)) - mean$i);
        //% w QUADS: to$i_$w += s$i * k$w;
        //% end
    }
    //% for i TILE
    if $iu <= last {
        let to = task.of_rows + row$i * task.row_quads + head * {QUADS}u;
        //% w QUADS: desk[to + $wu] = back(row$i - first, $wu, to$i_$w * task.scale);
        desk[task.kept + row$i * task.heads + head] = vec4(log$i, mean$i, 0.0, 0.0);
    }
    //% end
}
