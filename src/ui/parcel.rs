//! Files for the visitor: bytes become a Blob, a Blob becomes a download.

use super::requests::Parcel;
use crate::lab::message::ExportKind;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The bytes as a Blob of the right type; none if the browser has no room for it.
pub fn blob(parcel: &Parcel) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(match parcel.kind {
        ExportKind::Model => "application/zip",
        ExportKind::Record => "application/jsonl",
        ExportKind::Run => "application/json",
    });
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(parcel.bytes.as_slice()));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// Offers a file for saving; none if the browser refuses.
pub fn save(parcel: &Parcel) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let address = Url::create_object_url_with_blob(&blob(parcel)?).ok()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&address);
    anchor.set_download(&parcel.name);
    anchor.click();
    // The download has begun and holds the bytes itself.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
    Some(())
}
