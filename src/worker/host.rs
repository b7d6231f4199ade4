//! What a browser gives the engine: files over HTTP, a WebGPU adapter if there is one, a clock.

use crate::lab::config::{BaseModel, EngineChoice};
use crate::lab::error::LabError;
use crate::lab::receipt::{EngineUsed, PROCESSOR};
use crate::lab::session::{Computing, EngineKind, Folder, Host, open_device};
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
        let response = gloo_net::http::Request::get(&address)
            .send()
            .await
            .map_err(|error| failed(error.to_string()))?;
        if !response.ok() {
            return Err(failed(format!("the server answered {}", response.status())));
        }
        response
            .binary()
            .await
            .map_err(|error| failed(error.to_string()))
    }

    /// Vendor, architecture and description of the default adapter, as far as the browser tells;
    /// wgpu passes on the description alone, which most browsers leave empty.
    async fn adapter_name(&self) -> Option<String> {
        let gpu = property(&self.scope.navigator().into(), "gpu")?;
        let request: Function = property(&gpu, "requestAdapter")?.dyn_into().ok()?;
        let promise: Promise = request.call0(&gpu).ok()?.dyn_into().ok()?;
        let adapter = JsFuture::from(promise).await.ok()?;
        let info = property(&adapter, "info")?;
        let parts: Vec<String> = ["vendor", "architecture", "description"]
            .iter()
            .filter_map(|name| property(&info, name)?.as_string())
            .filter(|part| !part.is_empty())
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
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
            EngineChoice::Auto | EngineChoice::WebGpu => {
                match open_device(EngineKind::WebGpu).await {
                    // A software adapter is many times slower than the CPU engine (measured: 59 against
                    // 1,160 tokens a second), so it is used only when asked for by name.
                    Ok(mut opened) => {
                        if let Some(adapter) = self.adapter_name().await {
                            opened.software |= ["swiftshader", "llvmpipe", "lavapipe", "warp"]
                                .iter()
                                .any(|software| adapter.to_lowercase().contains(software));
                            opened.adapter = adapter;
                        }
                        if !(opened.software && choice == EngineChoice::Auto) {
                            return Ok(Computing {
                                opened,
                                engine: EngineUsed::BrowserWebGpu,
                                note: None,
                            });
                        }
                        Some(format!(
                            "this browser's WebGPU adapter ({}) is a software one, and the CPU engine is faster",
                            opened.adapter
                        ))
                    }
                    Err(error) => Some(error.to_string()),
                }
            }
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
