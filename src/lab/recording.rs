//! A few scenes of a run that was really done, to be played before the visitor begins one: an excerpt
//! of its record, and who everybody was just before it. `mores opening` makes the file; the page
//! plays it. It says itself which run it is of, so that nobody takes it for theirs.

use super::error::LabError;
use super::run_file::RunFile;
use super::script::Script;
use super::share;
use super::view::{AgentView, Interaction, Label, RunView, Villager};
use crate::society::Role;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What every such file begins with; the digit is the version of what follows.
const MAGIC: &[u8] = b"mores-recording 1\n";

/// Scenes of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// The link that does the run again, its receipt in it.
    pub link: String,
    /// Which part of the run's record it is: the place of its first scene.
    pub from: u32,
    /// Everybody just before the first scene, in the order of their numbers.
    pub people: Vec<Standing>,
    /// The scenes, in the order of the record.
    pub scenes: Vec<Script>,
}

/// Somebody just before the first scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// How they were raised.
    pub raised: Label,
    /// Alignment and engagement of what they said last.
    pub said: Option<[Option<u8>; 2]>,
}

/// Which run a recording is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Name of the preset it began from.
    pub preset: &'static str,
    /// Its seed.
    pub seed: u64,
    /// The build that computed it.
    pub build: String,
}

impl Recording {
    /// The scenes of that part of a run that is over.
    ///
    /// # Errors
    /// [`LabError::Import`] where the run can't be recorded so: it is not over, its people move, or
    /// its record is shorter or somebody's upbringing is not in it.
    pub fn of(run: &RunFile, record: &[Interaction], part: Range<usize>) -> Result<Self, LabError> {
        let refuse = |why: &str| Err(LabError::Import(why.to_owned()));
        let society = &run.config.society;
        let Some(receipt) = &run.receipt else {
            return refuse("the run is not over: it has no receipt");
        };
        if society.moving > 0.0 || society.leaving > 0.0 || !society.happenings.is_empty() {
            return refuse("people of this run move, leave or are told things from outside");
        }
        let Some(scenes) = record.get(part.clone()).filter(|scenes| !scenes.is_empty()) else {
            return refuse("the record has no such part");
        };
        let standing = |id: u16| {
            let one = record.iter().find(|one| one.agent_id == id)?;
            let before = record.iter().take(part.start).rev();
            let last = before.into_iter().find(|one| one.agent_id == id);
            Some(Standing {
                raised: one.label,
                said: last.map(|last| [last.alignment()[1], last.engagement()[1]]),
            })
        };
        let people: Option<Vec<Standing>> = (0..society.agents()).map(standing).collect();
        let Some(people) = people else {
            return refuse("somebody says nothing in this record");
        };
        Ok(Self {
            link: share::encode(&run.config, Some(receipt))?,
            from: u32::try_from(part.start).unwrap_or(u32::MAX),
            people,
            scenes: scenes.iter().map(Script::from).collect(),
        })
    }

    /// As a file.
    ///
    /// # Errors
    /// [`LabError::BadMessage`] if it can't be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, LabError> {
        let written = postcard::to_allocvec(self);
        let written = written.map_err(|error| LabError::BadMessage(error.to_string()))?;
        Ok([MAGIC, &written].concat())
    }

    /// Reads a file; none if it is none, or of another version, or if there is nothing in it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let read: Self = postcard::from_bytes(bytes.strip_prefix(MAGIC)?).ok()?;
        (!read.scenes.is_empty()).then_some(read)
    }

    /// Which run it is of; none where its link can't be read.
    pub fn source(&self) -> Option<Source> {
        let shared = share::decode(&self.link).ok()?;
        Some(Source {
            preset: shared.preset.name(),
            seed: shared.config.seed,
            build: shared.receipt?.build,
        })
    }

    /// The society when so many of the scenes were over: its settings and its people, and nothing
    /// that a run has besides. None where its link can't be read.
    pub fn view(&self, over: usize) -> Option<RunView> {
        let config = share::decode(&self.link).ok()?.config;
        let size = u16::from(config.society.size).max(1);
        let villager = |(id, standing): (u16, &Standing)| Villager {
            alignment: standing.said.and_then(|said| said[0]),
            engagement: standing.said.and_then(|said| said[1]),
            ..Villager::new(&AgentView {
                id,
                place: id,
                // Within a grid of at most 32 x 32.
                row: (id / size) as u8,
                column: (id % size) as u8,
                label: standing.raised,
                mind: 0,
                role: Role::default(),
                present: true,
                memories: 0,
            })
        };
        let mut villagers: Vec<Villager> = (0u16..).zip(&self.people).map(villager).collect();
        for scene in self.scenes.iter().take(over) {
            let villager = villagers.get_mut(usize::from(scene.author));
            if let (Some(villager), Some(ending)) = (villager, &scene.ending) {
                villager.alignment = ending.alignment[1];
                villager.engagement = ending.engagement[1];
            }
        }
        Some(RunView {
            config: Some(config),
            villagers,
            ..RunView::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::receipt::{EngineUsed, Headline};
    use crate::lab::{Preset, Receipt};

    /// The recording that the page ships.
    const SHIPPED: &[u8] = include_bytes!("../../public/opening/village.recording");

    fn record() -> Vec<Interaction> {
        let said = [(0, 2), (1, 5), (2, 6), (3, 1), (1, 7), (0, 3)];
        let one = |(agent_id, score): (u16, i8)| Interaction {
            agent_id,
            gen_moral_score_after: score,
            ..Interaction::example()
        };
        said.into_iter().map(one).collect()
    }

    #[test]
    fn an_excerpt_knows_what_was_said_before_it_and_plays_on() {
        let mut run = RunFile::of_config(Preset::Mini.config());
        let refused = Recording::of(&run, &record(), 4..6);
        assert!(refused.is_err(), "a run without a receipt is not over");
        run.receipt = Some(Receipt {
            build: "test".into(),
            engine: EngineUsed::NativeCpu,
            adapter: String::new(),
            record: [1; 16],
            weights: [2; 16],
            headline: Headline {
                alignment_base: 300,
                alignment_trained: 500,
                bad_base: 200,
                bad_trained: 100,
            },
        });
        assert!(Recording::of(&run, &record(), 4..7).is_err());
        assert!(
            Recording::of(&run, &record()[..3], 0..2).is_err(),
            "No. 3 is not known"
        );
        let recording = Recording::of(&run, &record(), 4..6).expect("two scenes");
        let alignment = |over| -> Vec<Option<u8>> {
            let view = recording.view(over).expect("the link is our own");
            view.villagers.iter().map(|one| one.alignment).collect()
        };
        assert_eq!(alignment(0), [Some(2), Some(5), Some(6), Some(1)]);
        assert_eq!(alignment(1), [Some(2), Some(7), Some(6), Some(1)]);
        assert_eq!(alignment(9), [Some(3), Some(7), Some(6), Some(1)]);
        let bytes = recording.to_bytes().expect("writes");
        assert_eq!(Recording::from_bytes(&bytes), Some(recording));
        assert_eq!(Recording::from_bytes(&bytes[1..]), None);
        assert_eq!(Recording::from_bytes(b"mores-recording 1\n"), None);
    }

    #[test]
    fn the_recording_that_ships_is_of_the_default_village() {
        let recording = Recording::from_bytes(SHIPPED).expect("it can be read");
        let source = recording.source().expect("its link can be read");
        assert_eq!((source.preset, source.seed), ("village", 1));
        assert!(!source.build.is_empty());
        assert_eq!(recording.people.len(), 36);
        assert!((10..=24).contains(&recording.scenes.len()));
        for scene in &recording.scenes {
            assert!(scene.ending.is_some() && !scene.comments.is_empty());
            assert!(usize::from(scene.author) < recording.people.len());
        }
        assert!(SHIPPED.len() < 60_000, "{} bytes", SHIPPED.len());
    }
}
