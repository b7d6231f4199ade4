    // c = a' b, with a' turned: a row of a' with a row of b, for this share of the sum.
    let first = group.z * task.share;
    let end = min(first + task.share, task.sum);
    //% h HALVES: var p$h = task.a + min(row / 4u + $hu, last_row / 4u) + first * task.a_stride;
    //% c 2: var q$c = task.b + min(quad + $cu, last_quad) + first * task.b_stride;
    //% h HALVES, i 4, c 2: var t$h_$i_$c = vec4(0.0);
    for (var k = first; k < end; k += 1u) {
        //% h HALVES: let x$h = desk[p$h];
        //% c 2: let y$c = desk[q$c];
        //% h HALVES, i 4, c 2: t$h_$i_$c += x$h[$i] * y$c;
        //% h HALVES: p$h += task.a_stride;
        //% c 2: q$c += task.b_stride;
    }
