    // Queries and keys are turned by their position, two numbers at a time; rows go where their slots are.
    //% r ROWS, c 2: if row + $ru <= last_row && quad + $cu <= last_quad { desk[task.c + numbers[task.slots + row + $ru] * task.c_stride + quad + $cu] = turned(row + $ru, quad + $cu, s$r_$c); }
}

fn turned(row: u32, quad: u32, s: vec4<f32>) -> vec4<f32> {
    if quad >= task.turned_quads {
        return s;
    }
    // Cosine and sine of two pairs.
    let by = tables[numbers[task.positions + row] * task.head_quads + quad % task.head_quads];
    return vec4(
        s.x * by.x - s.y * by.y,
        s.y * by.x + s.x * by.y,
        s.z * by.z - s.w * by.w,
        s.w * by.z + s.z * by.w,
    );
}
