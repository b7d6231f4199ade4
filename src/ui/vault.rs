//! What this browser keeps for the page between visits and is too large for `localStorage`: bytes by
//! store and key, in IndexedDB.
//!
//! Asked through the objects' names, as a program in JavaScript would: the bindings that know their
//! types would have to be switched on in a library that everything else is built upon.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The database, and the one object store in it. Keys are `store/key`, so that another store needs
/// no new version.
const DATABASE: &str = "mores";
const THINGS: &str = "things";

/// Why something could not be kept or fetched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VaultError {
    /// There is no storage: a private window, or storage is switched off.
    #[error("This browser keeps nothing for this page; it may be a private window.")]
    Closed,
    /// There is no room.
    #[error("This browser's storage is full.")]
    Full,
    /// Anything else.
    #[error("This browser's storage failed: {0}.")]
    Failed(String),
}

impl VaultError {
    fn of(error: &JsValue) -> Self {
        let text = |name: &str| Reflect::get(error, &name.into()).ok()?.as_string();
        match text("name").as_deref() {
            Some("QuotaExceededError") => VaultError::Full,
            Some("SecurityError" | "InvalidStateError") => VaultError::Closed,
            _ => VaultError::Failed(text("message").unwrap_or_default()),
        }
    }
}

type Answer = Result<JsValue, VaultError>;

fn get_field(object: &JsValue, name: &str) -> Answer {
    Reflect::get(object, &name.into()).map_err(|error| VaultError::of(&error))
}

fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Answer {
    let method: Function = get_field(object, name)?
        .dyn_into()
        .map_err(|_| VaultError::Closed)?;
    let arguments: Array = arguments.iter().collect();
    Reflect::apply(&method, object, &arguments).map_err(|error| VaultError::of(&error))
}

fn listen(target: &JsValue, event: &str, what: impl FnOnce() + 'static) {
    // A request is an object that takes properties.
    let _ = Reflect::set(target, &event.into(), &Closure::once_into_js(what));
}

/// Waits for a request, or for a transaction: the event that says it is done, and those that say it
/// failed.
async fn done(target: &JsValue, success: &'static str) -> Answer {
    let promise = Promise::new(&mut |resolve, reject| {
        listen(target, success, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        });
        for failure in ["onerror", "onabort"] {
            let (reject, failed) = (reject.clone(), target.clone());
            listen(target, failure, move || {
                let why = Reflect::get(&failed, &"error".into()).unwrap_or_default();
                // An error on its way through a transaction is told when that is aborted.
                if failure == "onabort" || why.is_object() {
                    let _ = reject.call1(&JsValue::UNDEFINED, &why);
                }
            });
        }
    });
    JsFuture::from(promise)
        .await
        .map_err(|error| VaultError::of(&error))
}

async fn database() -> Answer {
    let factory = get_field(&js_sys::global(), "indexedDB")?;
    if !factory.is_object() {
        return Err(VaultError::Closed);
    }
    let request = call(&factory, "open", &[DATABASE.into(), 1.into()])?;
    let fresh = request.clone();
    listen(&request, "onupgradeneeded", move || {
        let made = get_field(&fresh, "result")
            .and_then(|database| call(&database, "createObjectStore", &[THINGS.into()]));
        // Without it the first transaction fails and says so.
        drop(made);
    });
    done(&request, "onsuccess").await?;
    get_field(&request, "result")
}

/// Does one thing in a transaction of its own and gives its result.
async fn ask(mode: &str, method: &str, arguments: &[JsValue]) -> Answer {
    let database = database().await?;
    let asked = async {
        let transaction = call(&database, "transaction", &[THINGS.into(), mode.into()])?;
        let things = call(&transaction, "objectStore", &[THINGS.into()])?;
        let request = call(&things, method, arguments)?;
        // Kept is what the transaction has finished, not what a request was told.
        done(&transaction, "oncomplete").await?;
        get_field(&request, "result")
    };
    let answer = asked.await;
    // An open connection would hold up a page of a later version.
    let _ = call(&database, "close", &[]);
    answer
}

fn address(store: &str, key: &str) -> JsValue {
    format!("{store}/{key}").into()
}

/// Keeps bytes, in place of what was there.
///
/// # Errors
/// [`VaultError`]: nothing has changed then.
pub async fn put(store: &str, key: &str, bytes: &[u8]) -> Result<(), VaultError> {
    let bytes = Uint8Array::from(bytes).into();
    ask("readwrite", "put", &[bytes, address(store, key)]).await?;
    Ok(())
}

/// What is kept under a key.
///
/// # Errors
/// [`VaultError`].
pub async fn get(store: &str, key: &str) -> Result<Option<Vec<u8>>, VaultError> {
    let found = ask("readonly", "get", &[address(store, key)]).await?;
    Ok(found.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
}

/// The keys of a store, in their order.
///
/// # Errors
/// [`VaultError`].
pub async fn keys(store: &str) -> Result<Vec<String>, VaultError> {
    let found = ask("readonly", "getAllKeys", &[]).await?;
    let keys = Array::from(&found);
    let prefix = format!("{store}/");
    let own = |key: JsValue| Some(key.as_string()?.strip_prefix(&prefix)?.to_owned());
    Ok(keys.iter().filter_map(own).collect())
}

/// Forgets what is kept under a key.
///
/// # Errors
/// [`VaultError`]: it is still there then.
pub async fn delete(store: &str, key: &str) -> Result<(), VaultError> {
    ask("readwrite", "delete", &[address(store, key)]).await?;
    Ok(())
}
