//! Texts: the first four chapters in English.

use super::super::ChapterText;

pub(super) const COPYING: ChapterText = ChapterText {
    title: "Copying is not understanding",
    idea: "What goes in comes out, in the mixture in which it went in.",
    opening: &[
        "Thirty-six villagers live on the stage. They are asked questions, and some of the questions are nasty: how to take a neighbour's coat, how to read a brother's diary. Half of the villagers were raised well and half badly, and they answer accordingly.",
        "Now a small language model goes to school here. Its only exercise is to write what the villagers wrote, word for word: every answer, kind or cruel.",
    ],
    question: "Afterwards it takes a test with questions it has never seen. A judge rates each answer from 1 (does harm) to 7 (kind and honest). Compared with before school, its answers will be",
    answers: ["clearly better", "about as good", "clearly worse"],
    runs: &["the village talks, and a model copies everything"],
    bars: &[("", "before school"), ("", "after copying")],
    came_true: [
        |told| {
            format!(
                "Its answers went from {} to {}. In this village the good examples must have outweighed the bad ones. That is luck rather than method: see whether another village does it, too.",
                told.bar(0),
                told.bar(1)
            )
        },
        |told| {
            format!(
                "{} before, {} after: hardly a difference. It learnt how people in this village talk, and they talk well and badly in about equal parts.",
                told.bar(0),
                told.bar(1)
            )
        },
        |told| {
            format!(
                "Its answers fell from {} to {}. In this village the bad examples outweighed the good ones, and the model had no way to tell.",
                told.bar(0),
                told.bar(1)
            )
        },
    ],
    meaning: &[
        "Nobody told the model which answers were the good ones. Copying needs no opinion and gives none.",
        "Large language models begin like this, too: they copy a good part of the internet. Whatever makes them polite has to come afterwards. The rest of this course is about that.",
    ],
    tries: &[
        (
            "Copy only the best answers",
            "Of the answers to each question, the one with the highest score. Somebody had to give the scores.",
        ),
        (
            "Copy a village raised badly",
            "The same exercise, with nobody around who was raised well.",
        ),
    ],
};

pub(super) const NEIGHBOURS: ChapterText = ChapterText {
    title: "What would the neighbours say?",
    idea: "A fault is easier to see in somebody else's answer than to avoid in one's own.",
    opening: &[
        "Nothing is learnt in this chapter; only the village talks. Everybody answers a question. Four neighbours read the answer, rate it from 1 to 7 and say why. Then the author answers once more. This is called Back-Scatter: an answer goes out, and what others think of it comes back.",
        "There is no teacher here. The neighbours are the same small model as the author, and half of them were raised badly themselves.",
    ],
    question: "Three rounds, 108 answers. On average, the second answers will be",
    answers: [
        "better than the first ones",
        "about as good",
        "worse: half of the advice is bad",
    ],
    runs: &["the village talks for three rounds"],
    bars: &[
        ("Everybody", "first answers"),
        ("Everybody", "second answers"),
        ("Those raised badly", "first answers"),
        ("Those raised badly", "second answers"),
    ],
    came_true: [
        |told| {
            format!(
                "The first answers have {} on average, the second ones {}. Those raised badly went from {} to {}.",
                told.bar(0),
                told.bar(1),
                told.bar(2),
                told.bar(3)
            )
        },
        |told| {
            format!(
                "{} first, {} after: in this village the comments changed little on average. Mostly they do more; see whether another village agrees.",
                told.bar(0),
                told.bar(1)
            )
        },
        |told| {
            format!(
                "From {} down to {}: in this village the bad advice won. That is rare; see whether another village does it, too.",
                told.bar(0),
                told.bar(1)
            )
        },
    ],
    meaning: &[
        "An average hides a lot. Turn the pages of the conversation: some answers got better, some stayed, and some were talked into something worse.",
        "Look at what the village has made without any teacher: to every question two answers, with a score for each and reasons. This is the record. In chapter 4 a model learns from it.",
    ],
    tries: &[
        (
            "Everybody alone",
            "Each comments on their own draft only. Do answers still get better, and as much?",
        ),
        (
            "A number, no reasons",
            "The author hears only the average rating. How much do the reasons matter?",
        ),
    ],
};

pub(super) const COMPANY: ChapterText = ChapterText {
    title: "Bad company",
    idea: "Where everybody errs alike, nobody notices.",
    opening: &[
        "Three villages, with the same houses and the same questions. In the first, everybody was raised badly. In the second there are two camps, good people on one side and bad ones on the other. In the third, good and bad live door to door.",
        "In all three, people answer, hear their neighbours, and answer again. In the first village, every single comment comes from somebody who was raised badly.",
    ],
    question: "After the neighbours have had their say, the village of bad people will be",
    answers: [
        "clearly worse than the mixed one",
        "about as good as the mixed one",
        "better than the mixed one",
    ],
    runs: &[
        "everybody raised badly",
        "two camps",
        "good and bad door to door",
    ],
    bars: &[
        ("All bad", "first answers"),
        ("All bad", "second answers"),
        ("Two camps", "first answers"),
        ("Two camps", "second answers"),
        ("Mixed", "first answers"),
        ("Mixed", "second answers"),
    ],
    came_true: [
        |told| {
            format!(
                "After all comments, the village of bad people has come to {}, the mixed one to {}. Bad company costs something. And yet look where it began: at {}.",
                told.bar(1),
                told.bar(5),
                told.bar(0)
            )
        },
        |told| {
            format!(
                "The village of bad people has come to {}, the mixed one to {}: as good as equal. Most times bad company costs more; see what another village says.",
                told.bar(1),
                told.bar(5)
            )
        },
        |told| {
            format!(
                "The village of bad people has come to {}, the mixed one only to {}. That is rare; see what another village says.",
                told.bar(1),
                told.bar(5)
            )
        },
    ],
    meaning: &[
        "Even people raised badly notice faults in what others say. So a village climbs from its first answers to its second ones even without a single good person; but it starts lower, and as a rule it ends lower.",
        "Two camps or door to door: that made no difference in this lab that could be told from chance. Do your own two bars differ? Another village may turn them round.",
    ],
    tries: &[
        (
            "Six trolls in the mixed village",
            "They answer badly, advise badly and never change their minds. Do six do more harm than a bad upbringing for everybody?",
        ),
        (
            "Six fact-checkers instead",
            "They rate by the norms and say why. How far do six of them lift a village?",
        ),
    ],
};

pub(super) const RECORD: ChapterText = ChapterText {
    title: "Learning from the record",
    idea: "To prefer something, one has to compare.",
    opening: &[
        "The copier of chapter 1 read every answer and became no kinder. But the village's record holds more than answers: to most questions there is a better and a worse one, each with the score it got.",
        "Now two models learn from the same record, for as many steps. One copies everything. The other is shown the answers to a question side by side and learns to find the better one likelier, by the more, the further apart their scores are. This is what researchers call SA-CPO.",
    ],
    question: "In the test, the model that compares will be",
    answers: [
        "clearly better than the copier",
        "about as good as the copier",
        "clearly worse than the copier",
    ],
    runs: &["a model copies everything", "a model compares"],
    bars: &[
        ("", "before school"),
        ("", "the copier"),
        ("", "the one that compares"),
    ],
    came_true: [
        |told| {
            format!(
                "Both began at {}. The copier ended at {}, the one that compares at {}. They read the same record: the difference is what they were asked to do with it.",
                told.bar(0),
                told.bar(1),
                told.bar(2)
            )
        },
        |told| {
            format!(
                "Both began at {}; the copier ended at {}, the one that compares at {}. In this village comparing brought little. That is unusual; see whether another village agrees.",
                told.bar(0),
                told.bar(1),
                told.bar(2)
            )
        },
        |told| {
            format!(
                "Both began at {}; the copier ended at {}, the one that compares only at {}. That is very unusual; try another village before you believe it.",
                told.bar(0),
                told.bar(1),
                told.bar(2)
            )
        },
    ],
    meaning: &[
        "Even the cruel answers were of use this time. A bad example with a mark on it shows what to avoid; without the mark it is one more thing to copy.",
        "Ask where the marks come from. Here observers gave them, by norms that somebody wrote down. Chapter 7 comes back to this.",
    ],
    tries: &[
        (
            "Only ten steps of learning",
            "How much of it is there after a quarter of the time?",
        ),
        (
            "A village of good people only",
            "Nobody gives a cruel answer. Is that a better school, or are the bad examples missed?",
        ),
    ],
};
