//! Addresses of the workers' files, which lie beside the page and have no digest in their names.
//!
//! `.lab/seal.mjs` seals a build and writes the seal into its page. The page names it when it asks for
//! a worker, so that a page of one build never gets the worker of another, whatever was kept where.

/// The seal of this page's build; none where it was never sealed, as on a developer's server.
pub fn seal() -> Option<String> {
    note("mores-seal")
}

/// What the page's head says under a name.
pub fn note(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let found = document.query_selector(&format!("meta[name={name}]"));
    found.ok()??.get_attribute("content")
}

/// The whole address of a worker's file; `asks` is what else stands behind it, as `key=value`.
pub fn worker(file: &str, asks: Option<&str>) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    let build = seal().map(|seal| format!("build={seal}"));
    let asked: Vec<&str> = build.as_deref().into_iter().chain(asks).collect();
    let file = match asked.is_empty() {
        true => file.to_owned(),
        false => format!("{file}?{}", asked.join("&")),
    };
    Some(web_sys::Url::new_with_base(&file, &base).ok()?.href())
}
