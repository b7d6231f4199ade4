//! Large things, such as a model's weights: files of the browser's own that belong to this page, where
//! it has such files and lets a page write them; else in IndexedDB like everything else.

use super::super::foreign::{self, Thrown, ask, of_navigator, with};
use super::super::vault::{self, Store, VaultError, told};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

const FOLDER: &str = "mores";

/// Where something large lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In a file of the browser's own.
    File,
    /// In [`Store::Bytes`].
    Vault,
}

/// The folder of the page's own files.
async fn folder() -> Result<JsValue, Thrown> {
    let storage = of_navigator("storage").ok_or(Thrown::UNDEFINED)?;
    let root = ask(&storage, "getDirectory", &[]).await?;
    let create = with("create", true.into());
    ask(&root, "getDirectoryHandle", &[FOLDER.into(), create]).await
}

/// Writes a file; it is there whole or not at all.
async fn write(key: &str, bytes: &[u8]) -> Result<(), Thrown> {
    let folder = folder().await?;
    let create = with("create", true.into());
    let file = ask(&folder, "getFileHandle", &[key.into(), create]).await?;
    let written = async {
        let stream = ask(&file, "createWritable", &[]).await?;
        let bytes = Uint8Array::from(bytes).into();
        let written = ask(&stream, "write", &[bytes]).await;
        let written = match written {
            Ok(_) => ask(&stream, "close", &[]).await,
            Err(why) => {
                // What was written so far goes with it.
                let _ = ask(&stream, "abort", &[]).await;
                Err(why)
            }
        };
        written.map(drop)
    };
    let written = written.await;
    if written.is_err() {
        // The empty file that was made for it.
        let _ = ask(&folder, "removeEntry", &[key.into()]).await;
    }
    written
}

/// Keeps bytes; tells where.
///
/// # Errors
/// Why the browser can't.
pub async fn put(key: &str, bytes: &[u8]) -> Result<Place, VaultError> {
    match write(key, bytes).await {
        Ok(()) => Ok(Place::File),
        // There is one quota for all.
        Err(why) if told(&why) == VaultError::Full => Err(VaultError::Full),
        Err(_) => vault::put(Store::Bytes, key, bytes)
            .await
            .map(|()| Place::Vault),
    }
}

/// The bytes, if they are there.
///
/// # Errors
/// Why the browser can't look.
pub async fn get(key: &str, place: Place) -> Result<Option<Vec<u8>>, VaultError> {
    if place == Place::Vault {
        return vault::get(Store::Bytes, key).await;
    }
    let read = async {
        let file = ask(&folder().await?, "getFileHandle", &[key.into()]).await?;
        let file = ask(&file, "getFile", &[]).await?;
        let bytes = ask(&file, "arrayBuffer", &[]).await?;
        Ok::<_, Thrown>(Uint8Array::new(&bytes).to_vec())
    };
    match read.await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(why) if name_of(&why).as_deref() == Some("NotFoundError") => Ok(None),
        Err(why) => Err(told(&why)),
    }
}

/// Removes the bytes.
///
/// # Errors
/// Why the browser can't.
pub async fn delete(key: &str, place: Place) -> Result<(), VaultError> {
    if place == Place::Vault {
        return vault::delete(Store::Bytes, key).await;
    }
    let removed = async { ask(&folder().await?, "removeEntry", &[key.into()]).await };
    match removed.await {
        Err(why) if name_of(&why).as_deref() != Some("NotFoundError") => Err(told(&why)),
        _ => Ok(()),
    }
}

fn name_of(error: &JsValue) -> Option<String> {
    foreign::text(error, "name")
}
