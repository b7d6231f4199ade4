//! What can be taken home.

use super::Engine;
use crate::evaluation::WhichModel;
use crate::formats::{self, Folder};
use crate::lab::data_file;
use crate::lab::error::LabError;
use crate::lab::imported::Desk;
use crate::lab::message::ExportKind;
use crate::lab::run_file::RunFile;
use crate::lab::share;

impl Engine {
    /// A file name and its bytes; what was brought lies on the desk.
    ///
    /// # Errors
    /// An error of the format, or of the device while weights are read back.
    pub async fn export(
        &mut self,
        kind: ExportKind,
        desk: &Desk,
    ) -> Result<(String, Vec<u8>), LabError> {
        Ok(match kind {
            ExportKind::Model => {
                let zip = formats::archive::zip(&self.model_folder().await?)?;
                ("mores-model.zip".to_owned(), zip)
            }
            ExportKind::Record => ("mores-record.jsonl".to_owned(), self.record_jsonl()?),
            ExportKind::Run => (
                "mores-run.json".to_owned(),
                self.run_file()?.to_json()?.into_bytes(),
            ),
            ExportKind::ExternalMemory => (
                "mores-external-memory.json".to_owned(),
                formats::external_memory::write(self.record(), true)?,
            ),
            ExportKind::DataSet(wanted) => data_file::write(
                self.record(),
                &wanted,
                &self.config.society.fidelity,
                self.config.seed,
            )?,
            ExportKind::ImportedDataSet(wanted) => {
                let fidelity = &self.config.society.fidelity;
                data_file::write(desk.file()?.entries(), &wanted, fidelity, self.config.seed)?
            }
            ExportKind::Converted(kind) => data_file::converted(desk.file()?.groups(), kind)?,
        })
    }

    /// The trained model (the base before training) as a Hugging Face folder, f32.
    ///
    /// # Errors
    /// An error of the format, or of the device while weights are read back.
    pub async fn model_folder(&self) -> Result<Folder, LabError> {
        let model = self.model(WhichModel::Trained);
        let tensors = model.to_tensors().await?;
        let precision = formats::safetensors::Precision::F32;
        Ok(formats::hugging_face::write_folder(
            model.config(),
            &tensors,
            &self.tokenizer,
            precision,
        )?)
    }

    /// The run as a file.
    ///
    /// # Errors
    /// [`LabError::LinkTooLong`] never reaches here: such a file simply has no link.
    pub fn run_file(&self) -> Result<RunFile, LabError> {
        let mut file = RunFile::of_config(self.config.clone());
        file.link = share::encode(&self.config, self.receipt.as_ref()).ok();
        file.receipt.clone_from(&self.receipt);
        file.record_digest = self.digests.as_ref().map(|digests| digests.0.hex());
        file.weights_digest = self.digests.as_ref().map(|digests| digests.1.hex());
        file.rounds.clone_from(&self.history.rounds);
        file.training = self
            .history
            .training
            .iter()
            .map(|(metrics, _)| *metrics)
            .collect();
        file.tests.clone_from(&self.history.tests);
        file.languages.clone_from(&self.history.languages);
        file.attacks.clone_from(&self.history.attacks);
        Ok(file)
    }
}
