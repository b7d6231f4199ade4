//! Probes of a base model: does it behave as a society and a lesson in alignment need?
//!
//! A society learns only from a model whose critics can be read and judge as their memories would,
//! whose revisions do what they are told but not blindly, and which is bad enough to be worth
//! mending. Every probe ([`task`]) is a prompt made from the village's files alone, with the answer
//! that the village's own people would give; so the same sums ([`report`]) are made of what a model
//! says and of what people say, and show how much of a gap is the model's. The gates that shipped
//! models must pass are part of the report.

pub mod report;
#[cfg(feature = "engine")]
mod runner;
mod task;

pub use report::{Attack, Gate, Probes, Share};
#[cfg(feature = "engine")]
pub use runner::Probing;

/// What the village's own people make of the probes: the measure of what a model of them can do.
pub fn people() -> Probes {
    let tasks = task::tasks();
    let said = tasks.iter().map(|task| task.people.as_str());
    report::sum_up(&tasks, &said.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_villages_own_people_pass_every_gate() {
        let people = people();
        println!("{}", report::table(&people, Some(&people)));
        let gates = people.gates();
        let failed: Vec<&Gate> = gates.iter().filter(|gate| !gate.passed).collect();
        assert!(failed.is_empty(), "{failed:?}");
        assert_eq!(people.parsed.share.value, 1.0);
        assert_eq!(people.gibberish.share.value, 0.0);
    }

    #[test]
    fn probes_are_many_fixed_and_never_trained_on() {
        let tasks = task::tasks();
        assert_eq!(tasks, task::tasks());
        assert!(tasks.len() > 2_000);
        let trained = |task: &&task::Task| task.situation.is_for_training();
        assert_eq!(tasks.iter().filter(trained).count(), 0);
        let prompts: BTreeSet<&str> = tasks.iter().map(|task| task.prompt.as_str()).collect();
        let (different, all) = (prompts.len(), tasks.len());
        assert!(different * 100 > all * 95, "{different} of {all}");
        // Silence passes the one gate that asks for doing nothing.
        let silent = report::sum_up(&tasks, &vec![""; all]);
        assert_eq!(silent.parsed.share.value, 0.0);
        assert_eq!(silent.gibberish.share.value, 1.0);
        let gates = silent.gates().into_iter();
        let passed: Vec<String> = gates.filter(|gate| gate.passed).map(|g| g.name).collect();
        assert_eq!(passed, ["one hostile critic among four, read last"]);
    }
}
