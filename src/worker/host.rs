//! What a browser gives the engine: files over HTTP, a WebGPU adapter if there is one, a clock.

use crate::lab::card::Card;
use crate::lab::config::{BaseModel, EngineChoice};
use crate::lab::error::LabError;
use crate::lab::receipt::{EngineUsed, PROCESSOR};
use crate::lab::session::{Computing, EngineKind, Folder, GpuError, Host, Opened, open_device};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;

/// Files of a base checkpoint that the engine reads.
const FILES: [&str; 5] = [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "model.safetensors",
];

/// The browser as a host.
pub(super) struct BrowserHost {
    scope: DedicatedWorkerGlobalScope,
}

impl BrowserHost {
    pub(super) fn new(scope: DedicatedWorkerGlobalScope) -> Self {
        Self { scope }
    }

    async fn fetch(&self, path: &str) -> Result<Vec<u8>, LabError> {
        let failed = |why: String| LabError::BaseModel(format!("{path}: {why}"));
        // Relative to the worker's own address, which lies beside index.html.
        let address = web_sys::Url::new_with_base(path, &self.scope.location().href())
            .map_err(|_| failed("its address makes no sense".into()))?
            .href();
        let response = match self.ahead(path).await {
            Some(response) => response,
            None => gloo_net::http::Request::get(&address)
                .send()
                .await
                .map_err(|error| failed(error.to_string()))?,
        };
        if !response.ok() {
            return Err(failed(format!("the server answered {}", response.status())));
        }
        response
            .binary()
            .await
            .map_err(|error| failed(error.to_string()))
    }

    /// What `public/worker_loader.js` asked for before the engine was there, if it is that and came. It is
    /// given once: who tries again asks again.
    async fn ahead(&self, path: &str) -> Option<gloo_net::http::Response> {
        let ahead = property(&self.scope, "ahead")?;
        if property(&ahead, "path")?.as_string()? != path {
            return None;
        }
        let answer: Promise = property(&ahead, "answer")?.dyn_into().ok()?;
        js_sys::Reflect::delete_property(&self.scope, &"ahead".into()).ok()?;
        let answer: web_sys::Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
        Some(answer.into())
    }

    /// The WebGPU engine, if this choice comes to it here; else why it does not, in one sentence.
    async fn open_card(&self, choice: EngineChoice) -> Result<Opened, String> {
        let adapter = self.adapter().await.ok_or_else(|| {
            let reason = "the browser offers none".to_owned();
            GpuError::NoAdapter { reason }.to_string()
        })?;
        let (mut card, name) = described(&adapter);
        let too_slow = |name: &str| {
            format!(
                "this browser's WebGPU adapter ({name}) is a software one, and the CPU engine is faster"
            )
        };
        if !choice.takes(card) {
            return Err(too_slow(&name));
        }
        let mut opened = open_device(EngineKind::WebGpu)
            .await
            .map_err(|error| error.to_string())?;
        // wgpu passes on the description alone, which most browsers leave empty.
        if !name.is_empty() {
            opened.adapter = name;
        }
        if opened.software {
            card = Card::Imitated;
        }
        opened.software = card == Card::Imitated;
        match choice.takes(card) {
            true => Ok(opened),
            false => Err(too_slow(&opened.adapter)),
        }
    }

    /// The default adapter, as the browser gives it.
    async fn adapter(&self) -> Option<JsValue> {
        let gpu = property(&self.scope.navigator().into(), "gpu")?;
        let request: Function = property(&gpu, "requestAdapter")?.dyn_into().ok()?;
        let promise: Promise = request.call0(&gpu).ok()?.dyn_into().ok()?;
        let adapter = JsFuture::from(promise).await.ok()?;
        adapter.is_truthy().then_some(adapter)
    }
}

/// What an adapter is, and its vendor, architecture and description as far as the browser tells.
fn described(adapter: &JsValue) -> (Card, String) {
    let info = property(adapter, "info");
    let words: Vec<String> = ["vendor", "architecture", "description"]
        .iter()
        .filter_map(|name| property(info.as_ref()?, name)?.as_string())
        .filter(|part| !part.is_empty())
        .collect();
    let marked =
        |from: &JsValue| property(from, "isFallbackAdapter").is_some_and(|mark| mark.is_truthy());
    let fallback = marked(adapter) || info.as_ref().is_some_and(marked);
    (Card::of(&words, fallback), words.join(" "))
}

fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = js_sys::Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

impl Host for BrowserHost {
    async fn base_model(&self, model: BaseModel) -> Result<Folder, LabError> {
        let mut folder = Folder::new();
        for file in FILES {
            let bytes = self
                .fetch(&format!("models/{}/{file}", model.folder()))
                .await?;
            folder.insert(file.to_owned(), bytes);
        }
        Ok(folder)
    }

    async fn open(&self, choice: EngineChoice) -> Result<Computing, LabError> {
        let note = match choice {
            EngineChoice::Cpu => None,
            EngineChoice::Auto | EngineChoice::WebGpu => match self.open_card(choice).await {
                Ok(opened) => {
                    return Ok(Computing {
                        opened,
                        engine: EngineUsed::BrowserWebGpu,
                        note: None,
                    });
                }
                Err(why) => Some(why),
            },
        };
        let mut opened = open_device(EngineKind::Cpu).await?;
        opened.adapter = PROCESSOR.to_owned();
        Ok(Computing {
            opened,
            engine: EngineUsed::BrowserCpu,
            note,
        })
    }

    fn seconds(&self) -> f64 {
        self.scope
            .performance()
            .map_or(0.0, |clock| clock.now() / 1000.0)
    }
}
