//! The kernel's order: one group of lanes a question.

use super::{Group, Pushing, Rule};
use crate::gpu::device::WebGpu;
use crate::gpu::memory::{Place, Script};
use crate::gpu::norm::rows;
use crate::gpu::programs::{Program, SUM};

/// Writes the slopes by log-probabilities beside them: `known` has four numbers a token, of which the first is read, the
/// third written and the last used up in between. A question with a log-probability that is not finite has slopes that
/// are no numbers.
pub fn contrast(
    webgpu: &WebGpu,
    script: &mut Script,
    (rule, groups): (Rule, &[Group]),
    known: Place,
) {
    let (mut token, mut answer) = (0, 0);
    let (mut questions, mut answers) = (Vec::new(), Vec::new());
    for group in groups {
        let count = group.answers.len() as u32;
        questions.extend([answer, count, answer + group.best as u32]);
        answer += count;
        for one in &group.answers {
            let count = one.tokens as u32;
            answers.extend([token, count, one.own.to_bits(), one.asked.to_bits()]);
            token += count;
        }
    }
    let pushing = match rule.pushing {
        Pushing::EachPair => 0,
        Pushing::Together => 1,
        Pushing::Furthest => 2,
    };
    let task = [
        groups.len() as u32,
        script.note(questions),
        script.note(answers),
        known.quad(),
        pushing,
        rule.weight.to_bits(),
        rule.share.to_bits(),
        f32::NAN.to_bits(),
    ];
    let program = Program {
        name: "contrast",
        pieces: vec![include_str!("kernel.wgsl"), SUM],
        names: vec![("LANES", webgpu.lanes())],
    };
    script.add(program, &task, rows(groups.len()));
}
