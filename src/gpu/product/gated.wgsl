    // Gates and ups stand side by side; what comes of them is half as wide.
    //% r ROWS, c 2: if row + $ru <= last_row { desk[task.c + (row + $ru) * task.c_stride + quad + $cu] = s$r_$c; }
    //% r ROWS: if row + $ru <= last_row { desk[task.d + (row + $ru) * task.d_stride + quad / 2u] = vec4(gated(s$r_0), gated(s$r_1)); }
}

fn gated(s: vec4<f32>) -> vec2<f32> {
    let gate = s.xz;
    return gate / (1.0 + exp(-gate)) * s.yw;
}
