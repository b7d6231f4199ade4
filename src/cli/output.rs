//! Results on standard output.

use super::error::CliError;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

/// Prints a text and ends its last line. A reader who has gone away (`mores .. | head`) is no error.
pub(super) fn print(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    let written = out
        .write_all(text.trim_end_matches('\n').as_bytes())
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush());
    match written {
        Err(source) if source.kind() != ErrorKind::BrokenPipe => Err(CliError::File {
            path: PathBuf::from("standard output"),
            source,
        }),
        _ => Ok(()),
    }
}
