//! Texts: the lessons in English.

mod first;
mod last;

use super::{LessonsText, teacher};

/// The lessons in English.
pub(super) static ENGLISH: LessonsText = LessonsText {
    name: "Lessons",
    lead: &[
        "Eight short chapters about one question: where do a machine's manners come from?",
        "In each you say first what you expect. Then the village on the stage really plays, a model really learns, and you see what came of it, with your own figures. You can't break anything.",
    ],
    so_far: |done, all| match done {
        0 => format!("{all} chapters, two to five minutes each."),
        _ => format!("{done} of {all} chapters done."),
    },
    start: "Begin: ",
    go_on: "Go on with: ",
    go_on_after: "All done. Back to: ",
    done: "done",
    kept: "What you guessed and found stays in this browser, and nowhere else.",
    all_chapters: "All chapters",
    for_teachers: "For teachers",
    leave: "Back to the lab",
    chapter_of: |chapter, all| format!("Chapter {chapter} of {all}"),
    previous: "Back: ",
    next: "Next: ",
    guess: "Your guess",
    guess_first: "Say first what you expect. A guess that turns out wrong teaches the most.",
    run_step: "Run",
    run: "Run",
    run_again: "Run it again",
    takes: |runs, seconds| {
        let [least, most] = super::minutes(seconds);
        match runs {
            1 => format!("One run: {least} to {most} minutes, depending on the device."),
            _ => format!(
                "{runs} runs, one after the other: {least} to {most} minutes, depending on the device."
            ),
        }
    },
    ends_run: "A run is on in the lab. Run here ends it.",
    replaces_result: "Run here takes the finished run off the stage. To hold on to it, keep it first: “Take home”, “Keep this run”.",
    own_village: "This chapter plays a village of its own, whatever the settings say. Yours come back with Undo beside the heading “Settings”.",
    run_of: |run, runs, what| format!("Run {run} of {runs}: {what}"),
    on_stage: "It is on stage now. Look around; the result comes here by itself.",
    held: "It waits. The Run button below the stage goes on with it.",
    elsewhere: "Something else is on stage now. That is fine; this run begins anew when you like.",
    broken: "The run ended before its time, so its figures don't count here.",
    back_to_lesson: "Back to the lesson",
    arrived: "See what happened",
    reveal: "What happened",
    as_guessed: |came| format!("You expected “{came}”, and so it was."),
    otherwise: |guess, came| format!("You expected “{guess}”. It turned out otherwise: “{came}”."),
    came: |came| format!("It turned out: “{came}”."),
    unknown: "A figure is missing, so nothing can be said. Run it again.",
    cost: |what| format!("It had a price: {what}."),
    cost_of: |run, what| format!("It had a price ({run}): {what}."),
    heard: "One question of the test",
    before: "before",
    after: "after",
    other_village: "The same with another village",
    guess_again: "Guess again",
    village: |number| format!("Village {number}: same settings, other people, other questions."),
    try_it: "Try it yourself",
    try_hint: "A click puts the change into the settings of the lab. Guess, then press Run there.",
    opened: "It is in the settings. Guess, then press Run below the stage.",
    chapters: [
        first::COPYING,
        first::NEIGHBOURS,
        first::COMPANY,
        first::RECORD,
        last::ATTACK,
        last::JUDGE,
        last::VALUES,
        last::OWN,
    ],
    teacher: teacher::ENGLISH,
};
