//! A chart as a file: SVG and CSV are texts; a PNG is the SVG, painted by the browser at twice its size.

use super::figure::Figure;
use super::sheet::{self, Heads};
use super::svg;
use crate::ui::parcel;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url,
};

/// The kinds of files, by the names people know them by.
pub const KINDS: [&str; 3] = ["SVG", "PNG", "CSV"];
/// Pixels of a PNG for each of the drawing's own.
const SCALE: f64 = 2.0;

/// Hands a chart out as a file of a kind; `told` hears whether the browser took it.
pub fn save(
    kind: usize,
    name: &str,
    figure: &Figure,
    about: &str,
    heads: Heads,
    told: impl FnOnce(bool) + 'static,
) {
    let file = format!(
        "{name}.{}",
        ["svg", "png", "csv"].get(kind).copied().unwrap_or("txt")
    );
    if kind == 2 {
        let csv = sheet::csv(figure, heads);
        return told(parcel::save_text(&csv, "text/csv", &file).is_some());
    }
    let (drawn, size) = svg::file(figure, about, &value);
    if kind == 0 {
        return told(parcel::save_text(&drawn, "image/svg+xml", &file).is_some());
    }
    leptos::task::spawn_local(async move {
        let painted = paint(&drawn, size).await;
        told(painted.is_some_and(|blob| parcel::offer(&blob, &file).is_some()));
    });
}

/// The value that a colour of the page has now.
fn value(ink: &str) -> String {
    let found = web_sys::window().and_then(|window| {
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        style.get_property_value(&format!("--{ink}")).ok()
    });
    let found = found.unwrap_or_default();
    // A file with a hole in it would be worse than one in black.
    if found.trim().is_empty() {
        "#000".to_owned()
    } else {
        found.trim().to_owned()
    }
}

/// An SVG as a PNG; none where the browser can't paint it.
async fn paint(drawn: &str, [width, height]: [f64; 2]) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let pieces = js_sys::Array::of1(&drawn.into());
    let blob = Blob::new_with_str_sequence_and_options(&pieces, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&address);
    let there = JsFuture::from(image.decode()).await;
    let _ = Url::revoke_object_url(&address);
    there.ok()?;
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let (wide, high) = (width * SCALE, height * SCALE);
    // Sizes of drawings; far below the largest canvas.
    canvas.set_width(wide as u32);
    canvas.set_height(high as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high)
        .ok()?;
    let made = js_sys::Promise::new(&mut |resolve, _| {
        let give = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        // Where the browser refuses, nobody waits: the promise is answered with nothing below.
        let _ = canvas.to_blob(give.unchecked_ref());
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}
