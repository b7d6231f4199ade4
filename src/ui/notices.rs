//! What went wrong or needs an answer: one sentence, and one button that helps.

use super::live::{act, live, maybe};
use super::state::{Link, Page};
use super::surface::{Errand, Surface, run, surface};
use super::why::Why;
use super::{icons, memory};
use crate::lab::Phase;
use leptos::prelude::*;

/// Something the visitor should know; one at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The link the page was opened with can't be opened: why.
    BadLink(Why),
    /// A link or file that came later can't be opened: why.
    BadFile(Why),
    /// A link wishes something that makes no sense: what, and what would.
    BadWish(String),
    /// A request failed: why.
    Refused(String),
    /// The browser keeps nothing, or can't find it: in the page's words, and why.
    Unkept(String, String),
    /// A link came in while a run is on stage.
    OtherLink(String),
    /// A run was opened and waits for Run.
    Opened,
    /// Only what is learnt is new; the society is the one before.
    TakenOver,
    /// A run was taken up from a file and waits for Run: in the page's words.
    Waits(String),
}

#[component]
pub fn Notices() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let trouble = &text.trouble;
    let link = Memo::new(move |_| page.link.get());
    let failure = Memo::new(move |_| {
        page.view.with(|view| {
            if view.phase() == Phase::Failed {
                view.failure.clone()
            } else {
                None
            }
        })
    });
    let idle = Memo::new(move |_| page.view.with(|view| view.phase() == Phase::Idle));
    let dismiss = move |_| page.notice.set(None);
    let put_away = move || {
        view! { <button type="button" class="plain" on:click=act(dismiss) aria-label=trouble.dismiss title=trouble.dismiss>{icons::cross()}</button> }
    };
    let choose = move || {
        let open = act(move |_| {
            page.notice.set(None);
            page.sheets.gallery.set(true);
        });
        view! { <button type="button" class="choose-society" on:click=open>{trouble.choose}</button> }
    };
    let engine = move || {
        match link.get() {
        Link::Fetching | Link::Ready => ().into_any(),
        Link::Unreachable => view! {
            <div class="notice bad"><p>{trouble.unreachable}</p><button type="button" on:click=act(move |_| page.connect())>{trouble.retry}</button></div>
        }.into_any(),
        Link::OtherBuild => {
            let again = memory::has_reloaded();
            let reload = move |_| {
                memory::mark_reload();
                if let Some(window) = web_sys::window() {
                    let _ = window.location().reload();
                }
            };
            let words = if again { trouble.wrong_build_again } else { trouble.wrong_build };
            view! { <div class="notice bad"><p>{words}</p><button type="button" on:click=act(reload)>{trouble.reload}</button></div> }.into_any()
        }
        Link::Broken(has_checkpoint) => view! {
            <div class="notice bad">
                <p>{trouble.broke}</p>
                {has_checkpoint.then(|| view! { <button type="button" class="primary" on:click=act(move |_| page.go_on_from_checkpoint())>{trouble.go_on}</button> })}
                <button type="button" on:click=act(move |_| page.start_over())>{trouble.start_over}</button>
            </div>
        }.into_any(),
    }
    };
    let failed = move || {
        failure
            .get()
            .filter(|_| matches!(link.get(), Link::Ready | Link::Fetching))
            .map(|failure| {
                // Before there is an engine, only fetching it again can help.
                let again = move |_| {
                    if page.view.with_untracked(|view| view.engine.is_some()) {
                        page.start_over()
                    } else {
                        page.connect()
                    }
                };
                let causes = std::iter::once(failure.message)
                    .chain(failure.causes)
                    .collect::<Vec<String>>()
                    .join(": ");
                view! {
                    <div class="notice bad">
                        <p>{trouble.failed}<span class="why" lang="en">{causes}</span></p>
                        <button type="button" on:click=act(again)>{trouble.start_over}</button>
                    </div>
                }
                .into_any()
            })
    };
    let imported = Memo::new(move |_| page.view.with(|view| view.imported.clone()));
    let guest = move || {
        let name = imported.get()?;
        let back = act(move |_| {
            page.reset();
        });
        Some(view! {
            <div class="notice" id="guest"><p>{(text.scene.brought)(&name)}<span class="why">{text.scene.brought_hint}</span></p><button type="button" on:click=back>{text.frame.reset}</button></div>
        }.into_any())
    };
    let notice = move || {
        let told = page.notice.get()?;
        Some(match told {
            Notice::BadLink(why) => view! { <div class="notice"><p>{trouble.bad_link}{why.line(text)}</p>{choose()}{put_away()}</div> }.into_any(),
            Notice::BadFile(why) => view! { <div class="notice"><p>{trouble.bad_file}{why.line(text)}</p>{choose()}{put_away()}</div> }.into_any(),
            Notice::BadWish(why) => view! { <div class="notice" id="bad-wish"><p>{trouble.bad_wish}<span class="why" lang="en">{why}</span></p>{put_away()}</div> }.into_any(),
            Notice::Refused(why) => view! { <div class="notice"><p>{trouble.refused}<span class="why" lang="en">{why}</span></p>{put_away()}</div> }.into_any(),
            Notice::Unkept(words, why) => {
                let list = act(move |_| page.sheets.kept.set(true));
                view! { <div class="notice"><p>{words}<span class="why" lang="en">{why}</span></p><button type="button" id="make-room" on:click=list>{trouble.see_kept}</button>{put_away()}</div> }.into_any()
            }
            Notice::Waits(words) => view! { <div class="notice good"><p>{words}</p>{put_away()}</div> }.into_any(),
            Notice::TakenOver if idle.get() => {
                let begin = act(move |_| {
                    page.notice.set(None);
                    page.start();
                });
                view! { <div class="notice good"><p>{trouble.takes_over}</p><button type="button" class="primary" id="run-taken-over" on:click=begin>{icons::run()}<span>{text.frame.run}</span></button>{put_away()}</div> }.into_any()
            }
            Notice::TakenOver => view! { <div class="notice good"><p>{trouble.taken_over}</p>{put_away()}</div> }.into_any(),
            Notice::Opened => view! { <div class="notice good"><p>{trouble.opened}</p>{put_away()}</div> }.into_any(),
            Notice::OtherLink(link) => view! {
                <div class="notice">
                    <p>{trouble.other_link}</p>
                    <button type="button" on:click=act(move |_| run(page, Errand::OpenLink(link.clone())))>{trouble.load_it}</button>
                    <button type="button" on:click=act(dismiss)>{trouble.keep}</button>
                </div>
            }.into_any(),
        })
    };
    // What appears above the part in view is brought into view.
    Effect::new(move || {
        let something = page.notice.with(Option::is_some)
            | imported.with(Option::is_some)
            | failure.with(Option::is_some)
            | !matches!(link.get(), Link::Fetching | Link::Ready);
        if something {
            request_animation_frame(bring_into_view);
        }
    });
    view! { <div class="notices" role="status" id="notices">{live(engine)}{maybe(failed)}{maybe(guest)}{maybe(notice)}{surface(page, Surface::Interrupted)}{surface(page, Surface::Builds)}</div> }.into_any()
}

/// The notices are the first of the page, below what stays at its top.
fn bring_into_view() {
    /// Pixels that the acts take.
    const ACTS: f64 = 72.0;
    let Some(place) = document().get_element_by_id("notices") else {
        return;
    };
    let hidden = place.get_bounding_client_rect().top() - ACTS;
    if let Some(window) = web_sys::window().filter(|_| hidden < 0.0) {
        window.scroll_by_with_x_and_y(0.0, hidden);
    }
}
