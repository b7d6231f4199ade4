//! Files for the visitor: bytes become a Blob, a Blob becomes a download.

use super::requests::Parcel;
use crate::lab::data_file::{Kind, Wanted};
use crate::lab::message::ExportKind;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The bytes as a Blob of the right type; none if the browser has no room for it.
pub fn blob(parcel: &Parcel) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(match parcel.kind {
        ExportKind::Model => "application/zip",
        ExportKind::Record => "application/jsonl",
        ExportKind::DataSet(wanted) | ExportKind::ImportedDataSet(wanted)
            if wanted.sets.dev > 0.0 =>
        {
            "application/zip"
        }
        ExportKind::DataSet(Wanted { rows, .. })
        | ExportKind::ImportedDataSet(Wanted { rows, .. })
        | ExportKind::Converted(rows)
            if rows != Kind::StableAlignment =>
        {
            "application/jsonl"
        }
        _ => "application/json",
    });
    Blob::new_with_u8_array_sequence_and_options(&parcel.pieces, &options).ok()
}

/// Offers a file for saving; none if the browser refuses.
pub fn save(parcel: &Parcel) -> Option<()> {
    offer(&blob(parcel)?, &parcel.name)
}

/// Offers bytes that the page made as a file; none if the browser refuses.
pub fn save_bytes(name: &str, bytes: &[u8]) -> Option<()> {
    let pieces = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    offer(&Blob::new_with_u8_array_sequence(&pieces).ok()?, name)
}

/// Offers a text as a file for saving; none if the browser refuses.
pub fn save_text(text: &str, kind: &str, name: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let pieces = js_sys::Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&pieces, &options).ok()?;
    offer(&blob, name)
}

/// Offers a blob as a file for saving; none if the browser refuses.
pub fn offer(blob: &Blob, name: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&address);
    anchor.set_download(name);
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
