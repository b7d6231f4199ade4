    //% r ROWS, c 2: if row + $ru <= last_row && quad + $cu <= last_quad { desk[task.c + (row + $ru) * task.c_stride + quad + $cu] = desk[task.d + (row + $ru) * task.d_stride + quad + $cu] + s$r_$c; }
}
