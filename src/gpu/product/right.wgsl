    // c = a b', with b' turned: four numbers of each row of a with four of each row of b'.
    //% r ROWS: var a$r = task.a + min(row + $ru, last_row) * task.a_stride;
    //% c 2, i 4: var q$c_$i = task.b + (min(quad + $cu, last_quad) * 4u + $iu) * task.b_stride;
    //% r ROWS, c 2, i 4: var t$r_$c_$i = 0.0;
    for (var k = 0u; k < task.sum; k += 4u) {
        //% r ROWS: let x$r = desk[a$r];
        //% c 2, i 4: let y$c_$i = weights[q$c_$i];
        //% r ROWS, c 2, i 4: t$r_$c_$i += dot(x$r, y$c_$i);
        //% r ROWS: a$r += 1u;
        //% c 2, i 4: q$c_$i += 1u;
    }
    //% r ROWS, c 2: let s$r_$c = vec4(t$r_$c_0, t$r_$c_1, t$r_$c_2, t$r_$c_3);
