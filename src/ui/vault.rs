//! What the browser keeps for this page: bytes under names, in IndexedDB.
//!
//! Every call opens the database, does one transaction and closes it again, so no tab ever holds up
//! another.

use super::foreign::{self, listen};
use js_sys::{Promise, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Never raised: builds of every age open it, each under its own address of the same host. What is new
/// gets a database of its own.
const VERSION: f64 = 1.0;

/// What is kept apart from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// What runs can be taken up again from.
    Checkpoints,
    /// Runs that are over.
    Runs,
    /// What is known of models and checkpoints that somebody keeps.
    Things,
    /// Their bytes, where there are no files to put them in.
    Bytes,
}

impl Store {
    fn name(self) -> &'static str {
        match self {
            Store::Checkpoints => "checkpoints",
            Store::Runs => "runs",
            Store::Things => "things",
            Store::Bytes => "bytes",
        }
    }

    /// The database it is in, and all that is in there.
    fn database(self) -> (&'static str, [Store; 2]) {
        match self {
            Store::Checkpoints | Store::Runs => ("mores", [Store::Checkpoints, Store::Runs]),
            Store::Things | Store::Bytes => ("mores-things", [Store::Things, Store::Bytes]),
        }
    }
}

/// Why the browser keeps nothing.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum VaultError {
    /// There is no IndexedDB, as in some private windows.
    #[error("this browser keeps nothing for this page, as in a private window")]
    Closed,
    /// The quota is used up.
    #[error("the browser's storage for this page is full")]
    Full,
    /// A tab with an older page holds on to the database.
    #[error("another tab with an older page is open: close or reload it")]
    Blocked,
    /// Something lies under that name.
    #[error("that name is taken")]
    Taken,
    /// Something else; the browser's words.
    #[error("the browser could not keep or find it: {0}")]
    Other(String),
}

/// Keeps bytes under a name, in place of those that were there.
///
/// # Errors
/// Why the browser can't keep them; those that were there stay.
pub async fn put(store: Store, key: &str, bytes: &[u8]) -> Result<(), VaultError> {
    replace(store, &[], &[(key.to_owned(), bytes)]).await
}

/// Keeps bytes under a name that nothing lies under, also if another tab tries the same.
///
/// # Errors
/// [`VaultError::Taken`] if something does; or why the browser can't keep them.
pub async fn add(store: Store, key: &str, bytes: &[u8]) -> Result<(), VaultError> {
    let (key, bytes) = (key.into(), Uint8Array::from(bytes).into());
    let adding = |objects: &JsValue| call(objects, "add", &[bytes, key]);
    within(store, "readwrite", adding).await.map(drop)
}

/// Removes and keeps at once: all of it happens, or nothing.
///
/// # Errors
/// Why nothing happened.
pub async fn replace(
    store: Store,
    removed: &[String],
    kept: &[(String, &[u8])],
) -> Result<(), VaultError> {
    within(store, "readwrite", |objects| {
        for key in removed {
            call(objects, "delete", &[key.as_str().into()])?;
        }
        for (key, bytes) in kept {
            let bytes = Uint8Array::from(*bytes).into();
            call(objects, "put", &[bytes, key.as_str().into()])?;
        }
        Ok(JsValue::UNDEFINED)
    })
    .await?;
    Ok(())
}

/// The bytes under a name, if there are any.
///
/// # Errors
/// Why the browser can't look.
pub async fn get(store: Store, key: &str) -> Result<Option<Vec<u8>>, VaultError> {
    let key = key.into();
    let found = within(store, "readonly", |objects| call(objects, "get", &[key])).await?;
    Ok(found.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
}

/// All names, in order.
///
/// # Errors
/// Why the browser can't look.
pub async fn keys(store: Store) -> Result<Vec<String>, VaultError> {
    let all = |objects: &JsValue| call(objects, "getAllKeys", &[]);
    Ok(foreign::texts(&within(store, "readonly", all).await?))
}

/// Removes what is kept under a name.
///
/// # Errors
/// Why the browser can't.
pub async fn delete(store: Store, key: &str) -> Result<(), VaultError> {
    replace(store, &[key.to_owned()], &[]).await
}

/// One transaction; gives the result of the request that `ask` made last, if it made one.
async fn within(
    store: Store,
    mode: &str,
    ask: impl FnOnce(&JsValue) -> Result<JsValue, VaultError>,
) -> Result<JsValue, VaultError> {
    let database = open(store).await?;
    let outcome = transact(&database, store, mode, ask).await;
    // Closing what is open can't fail.
    let _ = call(&database, "close", &[]);
    outcome
}

async fn transact(
    database: &JsValue,
    store: Store,
    mode: &str,
    ask: impl FnOnce(&JsValue) -> Result<JsValue, VaultError>,
) -> Result<JsValue, VaultError> {
    let transaction = call(database, "transaction", &[store.name().into(), mode.into()])?;
    let done = outcome(&transaction, "oncomplete", &["onabort", "onerror"]);
    let request = ask(&call(&transaction, "objectStore", &[store.name().into()])?)?;
    // A request that failed says why before its transaction does.
    done.await
        .map_err(|event| error_of(&foreign::property(&event, "target").unwrap_or_default()))?;
    Ok(if request.is_object() {
        property(&request, "result")?
    } else {
        JsValue::UNDEFINED
    })
}

/// A store's database, with everything it should have.
async fn open(store: Store) -> Result<JsValue, VaultError> {
    let window = web_sys::window().ok_or(VaultError::Closed)?;
    // Where it is forbidden, even asking for it fails.
    let factory = property(&window, "indexedDB").map_err(|_| VaultError::Closed)?;
    if !factory.is_object() {
        return Err(VaultError::Closed);
    }
    let (name, stores) = store.database();
    let request = call(&factory, "open", &[name.into(), VERSION.into()])?;
    let database = request.clone();
    let furnish = Closure::once_into_js(move || {
        for store in stores {
            // A store that is there already is what is wanted.
            let made = property(&database, "result")
                .and_then(|database| call(&database, "createObjectStore", &[store.name().into()]));
            let _ = made;
        }
    });
    listen(&request, "onupgradeneeded", &furnish);
    match outcome(&request, "onsuccess", &["onerror", "onblocked"]).await {
        Ok(_) => property(&request, "result"),
        Err(event) if kind(&event).as_deref() == Some("blocked") => Err(VaultError::Blocked),
        Err(_) => Err(error_of(&request)),
    }
}

/// Waits for one of the events.
fn outcome(object: &JsValue, good: &str, bad: &[&str]) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        listen(object, good, &resolve);
        for name in bad {
            listen(object, name, &reject);
        }
    }))
}

fn kind(event: &JsValue) -> Option<String> {
    foreign::text(event, "type")
}

fn property(object: &JsValue, name: &str) -> Result<JsValue, VaultError> {
    foreign::property(object, name).map_err(|error| told(&error))
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, VaultError> {
    foreign::call(object, method, arguments).map_err(|error| told(&error))
}

/// What a request or a transaction says went wrong.
fn error_of(object: &JsValue) -> VaultError {
    property(object, "error").map_or_else(|error| error, |error| told(&error))
}

/// The browser's error in ours.
pub fn told(error: &JsValue) -> VaultError {
    // What it does not have, nobody threw.
    if error.is_undefined() {
        return VaultError::Closed;
    }
    let name = foreign::text(error, "name");
    match name.as_deref() {
        Some("QuotaExceededError") => VaultError::Full,
        Some("ConstraintError") => VaultError::Taken,
        // What browsers that keep nothing say, each in its way.
        Some("SecurityError" | "InvalidStateError" | "NotSupportedError") => VaultError::Closed,
        _ => VaultError::Other(foreign::text(error, "message").or(name).unwrap_or_default()),
    }
}
