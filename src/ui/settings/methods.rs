//! What the field calls a way to learn, in short: where there is no room for a description, as in the
//! name of a kept run, in a citation and on a receipt. It is the same in every language.

use crate::lab::RunConfig;
use crate::lab::config::ObjectiveKind;

/// In short.
fn short(kind: ObjectiveKind) -> &'static str {
    match kind {
        ObjectiveKind::SaCpoAnchored => "SA-CPO",
        ObjectiveKind::SaCpo => "SA-CPO as published",
        ObjectiveKind::SupervisedBest => "SFT on the best",
        ObjectiveKind::SupervisedSampled => "SFT on the best drawn",
        ObjectiveKind::SupervisedAll => "SFT on all",
        ObjectiveKind::Dpo => "DPO",
        ObjectiveKind::Ipo => "IPO",
        ObjectiveKind::Rrhf => "RRHF",
        ObjectiveKind::Slic => "SLiC",
        ObjectiveKind::Orpo => "ORPO",
        ObjectiveKind::SimPo => "SimPO",
        ObjectiveKind::Kto => "KTO",
        ObjectiveKind::Unlikelihood => "Unlikelihood",
        ObjectiveKind::Hindsight => "Hindsight",
        ObjectiveKind::PolicyGradient => "GRPO",
    }
}

/// How a run learns, stage by stage; empty where nothing is learnt.
pub fn learnt(config: &RunConfig) -> String {
    let stages = config.stages().filter(|stage| stage.steps > 0);
    let names: Vec<&str> = stages.map(|stage| short(stage.objective)).collect();
    names.join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Preset;
    use std::collections::BTreeSet;

    #[test]
    fn every_way_to_learn_has_a_name_of_its_own_and_stages_are_told_in_order() {
        let names: BTreeSet<&str> = ObjectiveKind::ALL.into_iter().map(short).collect();
        assert_eq!(names.len(), ObjectiveKind::ALL.len());
        let mut config = Preset::Village.config();
        config.training.learn_with(ObjectiveKind::SupervisedAll);
        config.then = vec![config.training.clone()];
        config.then[0].learn_with(ObjectiveKind::Dpo);
        assert_eq!(learnt(&config), "SFT on all + DPO");
        config.training.steps = 0;
        config.then[0].steps = 0;
        assert_eq!(learnt(&config), "");
    }
}
