// Of every question the slopes by its answers' log-probabilities; one group a question.
struct Task {
    questions: u32,
    // Three numbers a question: its first answer, how many, the best.
    groups: u32,
    // Four numbers an answer: its first token, how many, its own slope and what is asked of the best as bits.
    answers: u32,
    // A quad a token: log-probability, not ours, the slope by it, and by how much the answer that begins here falls short.
    known: u32,
    pushing: u32,
    weight: f32,
    share: f32,
    // What is no number: a constant may not be.
    none: f32,
}

const EACH_PAIR: u32 = 0u;
const TOGETHER: u32 = 1u;

@compute @workgroup_size({LANES})
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    // Groups that are too many repeat the last question: lanes have to stay together.
    let question = min(group.x + group.y * groups.x, task.questions - 1u);
    let first = numbers[task.groups + 3u * question];
    let count = numbers[task.groups + 3u * question + 1u];
    let best = numbers[task.groups + 3u * question + 2u];
    let others = f32(max(count, 2u) - 1u);

    let ahead = mean(lane, best);
    var spoilt = is_none(ahead);
    var together = 0.0;
    var most = 0.0;
    var furthest = best;
    for (var answer = first; answer < first + count; answer += 1u) {
        let asked = bitcast<f32>(numbers[task.answers + 4u * answer + 3u]);
        let behind = mean(lane, answer);
        spoilt |= is_none(behind);
        let short = behind - ahead + asked;
        if lane == 0u {
            desk[task.known + numbers[task.answers + 4u * answer]].w = short;
        }
        if answer != best {
            together += short;
            if short > most {
                most = short;
                furthest = answer;
            }
        }
    }
    // What the first lane has noted is for all of them.
    storageBarrier();

    var pushed = 0.0;
    for (var place = first; place <= first + count; place += 1u) {
        // The best comes last: it is pushed by all others.
        let last = place == first + count;
        let answer = select(place, best, last);
        if !last && answer == best {
            continue;
        }
        let token = task.known + numbers[task.answers + 4u * answer];
        let tokens = numbers[task.answers + 4u * answer + 1u];
        var push = -pushed;
        if !last {
            push = task.weight * part(desk[token].w, together, others, answer == furthest);
            pushed += push;
        }
        let own = bitcast<f32>(numbers[task.answers + 4u * answer + 2u]);
        var slope = task.share * (own + push) / f32(tokens);
        // The host will find no loss, so the weights must find no gradient.
        if spoilt {
            slope = task.none;
        }
        // Everybody has read what stands in the quad that one lane writes now.
        storageBarrier();
        for (var one = lane; one < tokens; one += {LANES}u) {
            desk[token + one].z = slope;
        }
    }
}

// By its bits: a device may take it for granted that there are no others than numbers.
fn is_none(x: f32) -> bool {
    return (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u;
}

// With how much a pair pushes, of all that pairs do.
fn part(short: f32, together: f32, others: f32, is_furthest: bool) -> f32 {
    if task.pushing == EACH_PAIR {
        return select(0.0, 1.0 / others, short > 0.0);
    }
    if task.pushing == TOGETHER {
        return select(0.0, 1.0 / others, together > 0.0);
    }
    return select(0.0, 1.0, is_furthest);
}

// The mean log-probability of an answer's tokens, to every lane.
fn mean(lane: u32, answer: u32) -> f32 {
    let token = task.known + numbers[task.answers + 4u * answer];
    let tokens = numbers[task.answers + 4u * answer + 1u];
    var sum = 0.0;
    for (var one = lane; one < tokens; one += {LANES}u) {
        sum += desk[token + one].x;
    }
    return sum_of_lanes(lane, sum) / f32(tokens);
}
