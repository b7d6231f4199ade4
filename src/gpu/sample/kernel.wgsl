// Chooses the next word of each text as the host would (src/model/sampling.rs says what is right), with random
// numbers that the host has drawn; one group a text, and each lane has a run of words.
struct Task {
    rows: u32,
    words: u32,
    logits: u32,
    // One random number a row, of which 24 bits count.
    random: u32,
    // A quad a row: the word, its log-probability, and 1 where all logits are numbers.
    to: u32,
    temperature: f32,
    top: u32,
    min_p: f32,
}

const LEAST: f32 = -3.0e38;

var<workgroup> bests: array<u32, {LANES}>;
var<workgroup> counts: array<u32, {LANES}>;
var<workgroup> bad: array<u32, {LANES}>;
var<workgroup> chosen: u32;

fn logit(start: u32, word: u32) -> f32 {
    let place = start + word;
    return desk[place / 4u][place % 4u];
}

// The larger a logit, the larger its key, below zero too.
fn key(x: f32) -> u32 {
    let bits = bitcast<u32>(x);
    return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// How much a word counts: nothing below the bar, which is what the top words have at least.
fn weight(x: f32, most: f32, bar: u32) -> f32 {
    let weight = exp((x - most) / task.temperature);
    return select(weight, 0.0, weight < task.min_p || key(x) < bar);
}

fn all_counts(lane: u32) -> u32 {
    workgroupBarrier();
    for (var half = {LANES}u / 2u; half > 0u; half /= 2u) {
        if lane < half {
            counts[lane] += counts[lane + half];
        }
        workgroupBarrier();
    }
    let all = counts[0];
    workgroupBarrier();
    return all;
}

@compute @workgroup_size({LANES})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let row = group.x;
    let start = (task.logits + row * ((task.words + 3u) / 4u)) * 4u;
    let run = (task.words + {LANES}u - 1u) / {LANES}u;
    let first = min(lane * run, task.words);
    let end = min(first + run, task.words);

    // The likeliest word, the first among equals, and whether all are numbers.
    var best = first;
    var odd = 0u;
    for (var word = first; word < end; word += 1u) {
        let x = logit(start, word);
        if (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u {
            odd = 1u;
        }
        if x > logit(start, best) {
            best = word;
        }
    }
    sums[lane] = LEAST;
    if first < end {
        sums[lane] = logit(start, best);
    }
    bests[lane] = best;
    bad[lane] = odd;
    workgroupBarrier();
    for (var half = {LANES}u / 2u; half > 0u; half /= 2u) {
        if lane < half {
            bad[lane] |= bad[lane + half];
            // Lanes with smaller words come first, but folding mixes them.
            let other = sums[lane + half];
            if other > sums[lane] || (other == sums[lane] && bests[lane + half] < bests[lane]) {
                sums[lane] = other;
                bests[lane] = bests[lane + half];
            }
        }
        workgroupBarrier();
    }
    let most = sums[0];
    let likeliest = bests[0];
    let all_numbers = bad[0] == 0u;
    workgroupBarrier();

    // The logarithm of the sum of exponentials, at temperature 1.
    var sum = 0.0;
    for (var word = first; word < end; word += 1u) {
        sum += exp(logit(start, word) - most);
    }
    let log_sum = most + log(sum_of_lanes(lane, sum));

    if task.temperature > 0.0 {
        // The bar: the largest key that as many words reach as may be chosen. Bit by bit.
        var bar = 0u;
        var spare = 0u;
        if task.top > 0u && task.top < task.words {
            for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
                counts[lane] = 0u;
                for (var word = first; word < end; word += 1u) {
                    counts[lane] += select(0u, 1u, key(logit(start, word)) >= (bar | bit));
                }
                if all_counts(lane) >= task.top {
                    bar |= bit;
                }
            }
            // Of the words that just reach it, those that come later are too many.
            counts[lane] = 0u;
            for (var word = first; word < end; word += 1u) {
                counts[lane] += select(0u, 1u, key(logit(start, word)) > bar);
            }
            spare = task.top - all_counts(lane);
            counts[lane] = 0u;
            for (var word = first; word < end; word += 1u) {
                counts[lane] += select(0u, 1u, key(logit(start, word)) == bar);
            }
            workgroupBarrier();
        }
        let limited = bar > 0u;
        var before = 0u;
        if limited {
            for (var other = 0u; other < lane; other += 1u) {
                before += counts[other];
            }
        }
        sum = 0.0;
        var seen = before;
        for (var word = first; word < end; word += 1u) {
            let x = logit(start, word);
            var counted = weight(x, most, bar);
            if limited && key(x) == bar {
                counted = select(0.0, counted, seen < spare);
                seen += 1u;
            }
            sum += counted;
        }
        sums[lane] = sum;
        if lane == 0u {
            chosen = likeliest;
        }
        workgroupBarrier();
        var total = 0.0;
        for (var other = 0u; other < {LANES}u; other += 1u) {
            total += sums[other];
        }
        var rest = f32(numbers[task.random + row] >> 8u) / 16777216.0 * total;
        for (var other = 0u; other < lane; other += 1u) {
            rest -= sums[other];
        }
        // One lane's share holds what is left; where rounding leaves it to nobody, it is the likeliest.
        if rest >= 0.0 && rest < sums[lane] {
            seen = before;
            for (var word = first; word < end; word += 1u) {
                let x = logit(start, word);
                var counted = weight(x, most, bar);
                if limited && key(x) == bar {
                    counted = select(0.0, counted, seen < spare);
                    seen += 1u;
                }
                if rest < counted {
                    chosen = word;
                    break;
                }
                rest -= counted;
            }
        }
        workgroupBarrier();
    } else {
        if lane == 0u {
            chosen = likeliest;
        }
        workgroupBarrier();
    }
    if lane == 0u {
        let ok = select(0.0, 1.0, all_numbers);
        desk[task.to + row] = vec4(f32(chosen), logit(start, chosen) - log_sum, ok, 0.0);
    }
}
