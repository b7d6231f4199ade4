    let to = task.c + group.z * task.apart;
    //% h HALVES, i 4, c 2: if row + 4u * $hu + $iu <= last_row && quad + $cu <= last_quad { slopes[to + (row + 4u * $hu + $iu) * task.c_stride + quad + $cu] += t$h_$i_$c; }
}
