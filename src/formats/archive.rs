//! A folder as one zip file, the same bytes every time: no clock, names in order.

use super::Folder;
use super::error::FormatError;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs a folder. Weights are stored as they are (random bytes don't shrink), texts deflated.
///
/// # Errors
/// [`FormatError::Unwritable`] if the archive can't be built, for example from a file above 4 GiB.
pub fn zip(folder: &Folder) -> Result<Vec<u8>, FormatError> {
    let wrong = |error: &dyn std::fmt::Display| FormatError::Unwritable {
        reason: error.to_string(),
    };
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in folder {
        let method = match name.ends_with(".safetensors") {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        archive
            .start_file(name.as_str(), options)
            .map_err(|error| wrong(&error))?;
        archive.write_all(bytes).map_err(|error| wrong(&error))?;
    }
    let bytes = archive.finish().map_err(|error| wrong(&error))?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn unpacks_to_the_same_files_and_packs_to_the_same_bytes() {
        let folder = Folder::from([
            ("model.safetensors".to_owned(), (0..=255).collect()),
            (
                "config.json".to_owned(),
                b"{ \"hello\": \"hello hello hello hello\" }".to_vec(),
            ),
            ("empty".to_owned(), Vec::new()),
        ]);
        let bytes = zip(&folder).unwrap();
        assert_eq!(bytes, zip(&folder).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut found = Folder::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            assert_eq!(file.last_modified(), Some(DateTime::default()));
            found.insert(file.name().unwrap().into_owned(), content);
        }
        assert_eq!(found, folder);
    }
}
