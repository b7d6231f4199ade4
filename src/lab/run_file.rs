//! A run as a JSON file: configuration, what was measured, and the receipt.
//!
//! Readable by people and by other programs; times are kept out of everything that is digested.

use super::config::RunConfig;
use super::error::LabError;
use super::receipt::Receipt;
use crate::alignment::TrainingMetrics;
use crate::evaluation::{AttackResult, LanguageResult, SuiteResult};
use crate::society::RoundStatistics;
use serde::{Deserialize, Serialize};

/// Version of the file this build writes.
pub const VERSION: u32 = 1;

/// A run as a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunFile {
    /// Always `"mores-run"`.
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The link that does the run again.
    #[serde(default)]
    pub link: Option<String>,
    /// Everything that decides the run.
    pub config: RunConfig,
    /// What it came to, once done.
    #[serde(default)]
    pub receipt: Option<Receipt>,
    /// Full digest of `record.jsonl`, hexadecimal.
    #[serde(default)]
    pub record_digest: Option<String>,
    /// Full digest of the trained weights, hexadecimal.
    #[serde(default)]
    pub weights_digest: Option<String>,
    /// Figures of each round.
    #[serde(default)]
    pub rounds: Vec<RoundStatistics>,
    /// Figures of each training step.
    #[serde(default)]
    pub training: Vec<TrainingMetrics>,
    /// Results of the test.
    #[serde(default)]
    pub tests: Vec<SuiteResult>,
    /// What alignment did to the models' language.
    #[serde(default)]
    pub languages: Vec<LanguageResult>,
    /// What attacks came to.
    #[serde(default)]
    pub attacks: Vec<AttackResult>,
}

impl RunFile {
    /// A file that holds only a configuration.
    pub fn of_config(config: RunConfig) -> Self {
        Self {
            format: "mores-run".into(),
            version: VERSION,
            link: None,
            config,
            receipt: None,
            record_digest: None,
            weights_digest: None,
            rounds: Vec::new(),
            training: Vec::new(),
            tests: Vec::new(),
            languages: Vec::new(),
            attacks: Vec::new(),
        }
    }

    /// Pretty JSON with a newline at the end.
    ///
    /// # Errors
    /// [`LabError::BadRunFile`] if it can't be written. A figure that is no number becomes null.
    pub fn to_json(&self) -> Result<String, LabError> {
        let mut text = serde_json::to_string_pretty(self)
            .map_err(|error| LabError::BadRunFile(error.to_string()))?;
        text.push('\n');
        Ok(text)
    }

    /// Reads and validates a file.
    ///
    /// # Errors
    /// [`LabError::BadRunFile`] or [`LabError::Setting`], in one sentence.
    pub fn from_json(text: &str) -> Result<Self, LabError> {
        let file: RunFile =
            serde_json::from_str(text).map_err(|error| LabError::BadRunFile(error.to_string()))?;
        if file.format != "mores-run" {
            return Err(LabError::BadRunFile(format!(
                "its format is \"{}\"",
                file.format
            )));
        }
        if file.version > VERSION {
            return Err(LabError::BadRunFile(format!(
                "it has version {}, and this build reads version {VERSION}",
                file.version
            )));
        }
        file.config.validate()?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_file_comes_back_and_a_bad_one_says_why() {
        let file = RunFile::of_config(RunConfig::default());
        let text = file.to_json().expect("writes");
        assert_eq!(RunFile::from_json(&text).expect("reads"), file);
        let other = text.replace("mores-run", "shopping-list");
        assert!(
            RunFile::from_json(&other)
                .expect_err("refused")
                .to_string()
                .contains("shopping-list")
        );
        let huge = text.replace("\"size\": 6", "\"size\": 99");
        assert!(matches!(
            RunFile::from_json(&huge).expect_err("refused"),
            LabError::Setting(_)
        ));
    }
}
