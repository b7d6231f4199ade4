    // The slope by what came of gates and ups becomes that by themselves, in their place.
    //% r ROWS, c 2: if row + $ru <= last_row && quad + $cu <= last_quad { slope(task.d + (row + $ru) * task.d_stride + 2u * (quad + $cu), s$r_$c); }
}

fn slope(place: u32, given: vec4<f32>) {
    desk[place] = one(desk[place], given.xy);
    desk[place + 1u] = one(desk[place + 1u], given.zw);
}

fn one(known: vec4<f32>, given: vec2<f32>) -> vec4<f32> {
    let gate = known.xz;
    let open = 1.0 / (1.0 + exp(-gate));
    let by_gate = given * known.yw * open * (1.0 + gate * (1.0 - open));
    let by_up = given * gate * open;
    return vec4(by_gate.x, by_up.x, by_gate.y, by_up.y);
}
