//! The code of a frame that puts the page into another one.

use super::{Address, copy_button, text};
use crate::ui::clipboard;
use crate::ui::live::{act, value};
use crate::ui::parts::{escaped, select};
use crate::ui::state::Page;
use leptos::prelude::*;

/// Width and height of a frame, in the order of their names in the texts.
const SIZES: [(&str, &str); 4] = [
    ("100%", "720"),
    ("960", "640"),
    ("720", "720"),
    ("360", "720"),
];

/// The markup of a frame. It may write to the clipboard, for the buttons that copy; it needs nothing
/// else from the page around it, and tells nobody which page that is.
fn snippet(address: &str, title: &str, (wide, high): (&str, &str)) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{wide}\" height=\"{high}\" style=\"border: 0; max-width: 100%\" loading=\"lazy\" allow=\"clipboard-write\" referrerpolicy=\"no-referrer\"></iframe>",
        escaped(address),
        escaped(title)
    )
}

/// The section about frames.
pub fn embed(page: Page, address: Address) -> AnyView {
    let text = text(page);
    let size = RwSignal::new(0usize);
    let made = move || {
        let address = address.get().ok()?;
        let size = SIZES.get(size.get()).copied().unwrap_or(SIZES[0]);
        Some(snippet(&address, text.frame_title, size))
    };
    let sizes = text.sizes.map(str::to_owned).to_vec();
    view! {
        <section class="share-embed" aria-labelledby="embed-title">
            <h3 id="embed-title">{text.snippet}</h3>
            <p class="aside">{text.snippet_hint}</p>
            {select("embed-size", "field", text.size, sizes, size)}
            <label class="hidden" for="embed-code">{text.code}</label>
            <textarea id="embed-code" rows="5" readonly spellcheck="false" prop:value=value(move || made().unwrap_or_default())
                on:focus=act(|event| clipboard::select_all(&event))></textarea>
            {copy_button(page, ["embed-copy", "embed-code"], text.copy_code, made)}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_holds_the_address_and_the_title_whatever_is_in_them() {
        let made = snippet("http://a/#v1.x&lang=en&embed=1", "a \"b\" <c>", SIZES[1]);
        assert!(
            made.starts_with("<iframe src=\"http://a/#v1.x&amp;lang=en&amp;embed=1\" "),
            "{made}"
        );
        assert!(made.contains("title=\"a &quot;b&quot; &lt;c&gt;\" width=\"960\" height=\"640\""));
        assert!(made.contains("allow=\"clipboard-write\"") && made.ends_with("></iframe>"));
        assert_eq!(made.matches('"').count() % 2, 0);
    }
}
