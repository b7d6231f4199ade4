
var<workgroup> sums: array<f32, {LANES}>;

// The sum over all lanes of a group, in one order; every lane has to ask for it.
fn sum_of_lanes(lane: u32, mine: f32) -> f32 {
    sums[lane] = mine;
    workgroupBarrier();
    for (var half = {LANES}u / 2u; half > 0u; half /= 2u) {
        if lane < half {
            sums[lane] += sums[lane + half];
        }
        workgroupBarrier();
    }
    let all = sums[0];
    // Nobody writes the next sum before all have read this one.
    workgroupBarrier();
    return all;
}
