//! A link to be passed on right where it is spoken of: to be read, copied, or scanned by a phone.

use super::{qr, text};
use crate::ui::clipboard;
use crate::ui::live::{act, maybe, value, words};
use crate::ui::state::Page;
use leptos::prelude::*;
use std::time::Duration;

/// For so long the button says that it copied.
const AGAIN: Duration = Duration::from_secs(4);

/// The address of `name`, with its two buttons; ids begin with `id`.
pub fn passing(page: Page, id: &str, name: &str, address: Memo<String>) -> AnyView {
    let text = text(page);
    let told = RwSignal::new("");
    let large = RwSignal::new(false);
    let copy = act(move |_: leptos::ev::MouseEvent| {
        leptos::task::spawn_local(async move {
            let copied = clipboard::write(&address.get_untracked()).await;
            // The surface may be gone by then.
            told.try_set(if copied { text.copied } else { text.by_hand });
            set_timeout(
                move || {
                    told.try_set("");
                },
                AGAIN,
            );
        });
    });
    let turn = act(move |_: leptos::ev::MouseEvent| large.update(|large| *large = !*large));
    let code = move || {
        let code = qr::Code::of(&address.get())?;
        let picture = large.get().then(|| code.picture(text.qr))?;
        Some(view! { <div class="qr" inner_html=picture></div> }.into_any())
    };
    let label = |what: &str| format!("{what}: {name}");
    view! {
        <div class="passing">
            <code class="passing-link">{words(move || address.get())}</code>
            <div class="deeds">
                <button type="button" class="quiet" id=format!("{id}-copy") aria-label=label(text.copy) on:click=copy>{text.copy}</button>
                <button type="button" class="quiet" id=format!("{id}-qr") aria-label=label(text.qr) aria-expanded=value(move || large.get().to_string()) on:click=turn>{text.qr}</button>
                <span class="aside" role="status">{words(move || told.get())}</span>
            </div>
            {maybe(code)}
        </div>
    }
    .into_any()
}
