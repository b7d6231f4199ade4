    // c = a b: four numbers of each row of a, with four rows of b.
    //% r ROWS: var a$r = task.a + min(row + $ru, last_row) * task.a_stride;
    //% c 2: var q$c = task.b + min(quad + $cu, last_quad);
    //% r ROWS, c 2: var s$r_$c = vec4(0.0);
    for (var k = 0u; k < task.sum; k += 4u) {
        //% r ROWS: let x$r = desk[a$r];
        //% i 4, c 2: let y$i_$c = weights[q$c + $iu * task.b_stride];
        //% i 4, r ROWS, c 2: s$r_$c += x$r[$i] * y$i_$c;
        //% r ROWS: a$r += 1u;
        //% c 2: q$c += 4u * task.b_stride;
    }
