//! Reading and writing files and model folders.

use super::error::CliError;
use crate::formats::{Folder, hugging_face};
use crate::gpu::Opened;
use crate::model::Llama;
use crate::world::tokenizer::Tokenizer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    std::fs::read(path).map_err(|source| CliError::File {
        path: path.to_owned(),
        source,
    })
}

/// The text of a file.
pub(super) fn read_text(path: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(path).map_err(|source| CliError::File {
        path: path.to_owned(),
        source,
    })
}

/// Writes a file, making its folder first.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |source| CliError::File {
        path: path.to_owned(),
        source,
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, bytes).map_err(failed)
}

/// Writes a file as a whole or not at all: a program that is killed meanwhile leaves the old one.
///
/// For plain files only; what has the name afterwards is a new file, even where a link or a device
/// had it before, which is why [`write`] goes the straight way.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    // In the same folder, for only within one file system is renaming a single step.
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    write(&new, bytes)?;
    std::fs::rename(&new, path).map_err(|source| CliError::File {
        path: path.to_owned(),
        source,
    })
}

/// Makes sure that a file can be written, without changing one that is there.
pub(super) fn touch(path: &Path) -> Result<(), CliError> {
    let opened = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path);
    match opened {
        Ok(_) => Ok(()),
        Err(source) => Err(CliError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

/// The lines of a file that keeps one thing a line, as far as they can be read; none where there is
/// no file. What was cut off when a program was killed is left out.
pub(super) fn read_kept<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, CliError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = read_text(path)?;
    let lines = text.lines();
    Ok(lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

/// Adds a line to such a file, in one piece and on a line of its own whatever a program that was
/// killed left behind: several processes may keep what they made in one file.
pub(super) fn keep(path: &Path, thing: &impl Serialize) -> Result<(), CliError> {
    let failed = |source| CliError::File {
        path: path.to_owned(),
        source,
    };
    let line = serde_json::to_string(thing).map_err(|error| CliError::Failed(error.to_string()))?;
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .map_err(failed)?;
    file.write_all(format!("\n{line}\n").as_bytes())
        .map_err(failed)
}

/// All plain files directly inside a folder.
pub(super) fn read_folder(path: &Path) -> Result<Folder, CliError> {
    let failed = |source| CliError::File {
        path: path.to_owned(),
        source,
    };
    let mut folder = Folder::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().is_file() {
            folder.insert(
                entry.file_name().to_string_lossy().into_owned(),
                read(&entry.path())?,
            );
        }
    }
    Ok(folder)
}

/// Writes every file of a folder.
pub(super) fn write_folder(path: &Path, folder: &Folder) -> Result<(), CliError> {
    folder
        .iter()
        .try_for_each(|(name, bytes)| write(&path.join(name), bytes))
}

/// A model folder on a device, with its tokenizer if it has one of ours.
pub(super) fn load_model(
    path: &Path,
    opened: &Opened,
) -> Result<(Llama, Option<Tokenizer>), CliError> {
    let loaded = hugging_face::read_folder(&read_folder(path)?)?;
    let tokenizer = loaded
        .tokenizer
        .as_deref()
        .and_then(|json| Tokenizer::from_json(json).ok());
    Ok((
        Llama::from_tensors(loaded.config, loaded.tensors, &opened.site)?,
        tokenizer,
    ))
}

/// A model folder whose tokenizer must be one of ours.
pub(super) fn load_speaking_model(
    path: &Path,
    opened: &Opened,
) -> Result<(Llama, Tokenizer), CliError> {
    let (model, tokenizer) = load_model(path, opened)?;
    let tokenizer = tokenizer.ok_or_else(|| {
        CliError::Usage(format!(
            "{} has no tokenizer.json of the village, so it can't speak here",
            path.display()
        ))
    })?;
    Ok((model, tokenizer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_file_leaves_nothing_beside_it() {
        let folder = std::env::temp_dir().join(format!("mores-replace-{}", std::process::id()));
        let path = folder.join("kept.state");
        // What a killed program left half written is in nobody's way.
        write(&folder.join("kept.state.new"), b"ha").unwrap();
        for bytes in [&b"first"[..], b"second"] {
            replace(&path, bytes).unwrap();
            assert_eq!(read(&path).unwrap(), bytes);
        }
        let names: Vec<String> = read_folder(&folder).unwrap().into_keys().collect();
        assert_eq!(names, ["kept.state"]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
