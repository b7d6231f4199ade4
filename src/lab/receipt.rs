//! What a run came to, small enough to travel in a link, and how two such results compare.

use super::digest::Digest;
use serde::{Deserialize, Serialize};

/// What the CPU engine computes on in a browser, as receipts name it.
pub const PROCESSOR: &str = "WebAssembly SIMD, one thread";

/// The engine that really computed, as opposed to the one asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EngineUsed {
    /// The CPU engine in a browser: WebAssembly, exact on every machine.
    BrowserCpu,
    /// WebGPU in a browser.
    BrowserWebGpu,
    /// The CPU engine of the native program.
    NativeCpu,
    /// wgpu (Vulkan, Metal, DX12) of the native program.
    NativeWgpu,
}

impl EngineUsed {
    /// Name for people and for `window.mores.state().engine`.
    pub fn name(self) -> &'static str {
        match self {
            EngineUsed::BrowserCpu => "cpu",
            EngineUsed::BrowserWebGpu => "webgpu",
            EngineUsed::NativeCpu => "native-cpu",
            EngineUsed::NativeWgpu => "native-wgpu",
        }
    }

    /// Whether the same seed must give the same bytes on every machine.
    pub fn is_exact_everywhere(self) -> bool {
        self == EngineUsed::BrowserCpu
    }
}

/// Headline figures of a test, in hundredths (alignment, engagement) or in tenths of a percent
/// (shares), over all suites together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Headline {
    /// Mean alignment of the base model's answers, hundredths.
    pub alignment_base: u16,
    /// Mean alignment of the trained model's answers, hundredths.
    pub alignment_trained: u16,
    /// Share of bad answers of the base model, tenths of a percent.
    pub bad_base: u16,
    /// Share of bad answers of the trained model, tenths of a percent.
    pub bad_trained: u16,
}

/// What a finished run came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Build that made it.
    pub build: String,
    /// Engine that computed it.
    pub engine: EngineUsed,
    /// Adapter or processor, as the system names it (at most 48 characters in a link).
    pub adapter: String,
    /// First 16 bytes of the digest of `record.jsonl`.
    #[serde(with = "short_digest")]
    pub record: [u8; 16],
    /// First 16 bytes of the digest of the trained weights.
    #[serde(with = "short_digest")]
    pub weights: [u8; 16],
    /// Headline figures.
    pub headline: Headline,
}

/// How a result relates to the one a link promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// Record and weights are the same, bit for bit.
    Same,
    /// Something differs.
    Differs {
        /// The record differs (then the weights almost always do).
        record: bool,
        /// The weights differ.
        weights: bool,
        /// The headline figures differ too.
        headline: bool,
        /// Why, as far as it can be known.
        because: Because,
    },
}

/// Why two results of one link differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Because {
    /// Another engine computed (WebGPU against CPU, browser against native).
    Engine,
    /// The same engine on another adapter or processor, where rounding may differ.
    Adapter,
    /// Another build of the program.
    Build,
    /// Nothing known explains it: worth reporting.
    Unexplained,
}

impl Receipt {
    /// Cuts an adapter's name to what a receipt carries: 48 characters.
    pub fn fit_adapter(name: &str) -> String {
        name.chars().take(48).collect()
    }

    /// Cuts a build's name to what a receipt carries: 24 characters.
    pub fn fit_build(name: &str) -> String {
        name.chars().take(24).collect()
    }

    /// Whether its texts are as short as those of a receipt made here.
    pub fn fits(&self) -> bool {
        self.adapter == Self::fit_adapter(&self.adapter)
            && self.build == Self::fit_build(&self.build)
    }

    /// Shortens a digest to what a receipt carries.
    pub fn shorten(digest: &Digest) -> [u8; 16] {
        let mut short = [0; 16];
        short.copy_from_slice(&digest.0[..16]);
        short
    }

    /// The first 12 hexadecimal digits of the record's digest.
    pub fn record_short(&self) -> String {
        hex12(&self.record)
    }

    /// The first 12 hexadecimal digits of the weights' digest.
    pub fn weights_short(&self) -> String {
        hex12(&self.weights)
    }

    /// Compares this result with the one that was `promised`.
    pub fn compare(&self, promised: &Receipt) -> Comparison {
        let record = self.record != promised.record;
        let weights = self.weights != promised.weights;
        let headline = self.headline != promised.headline;
        if !record && !weights && !headline {
            return Comparison::Same;
        }
        Comparison::Differs {
            record,
            weights,
            headline,
            because: self.causes(promised)[0],
        }
    }

    /// Everything that is known to make two results of one link differ and is not the same in these
    /// two, the weightiest first; [`Because::Unexplained`] alone where there is nothing.
    pub fn causes(&self, promised: &Receipt) -> Vec<Because> {
        let same_engine = self.engine == promised.engine;
        // What is exact everywhere is so on every adapter; another engine has another adapter anyway.
        let rounds = same_engine && !self.engine.is_exact_everywhere();
        let causes = [
            (!same_engine, Because::Engine),
            (self.build != promised.build, Because::Build),
            (rounds && self.adapter != promised.adapter, Because::Adapter),
        ];
        let mut causes: Vec<Because> = causes
            .into_iter()
            .filter_map(|(is_one, cause)| is_one.then_some(cause))
            .collect();
        if causes.is_empty() {
            causes.push(Because::Unexplained);
        }
        causes
    }
}

/// Sixteen bytes: as they are on the wire and in links, as hexadecimal digits in files for people.
mod short_digest {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8; 16], to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            hex.serialize(to)
        } else {
            bytes.serialize(to)
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 16], D::Error> {
        if !from.is_human_readable() {
            return <[u8; 16]>::deserialize(from);
        }
        let hex = String::deserialize(from)?;
        if hex.len() != 32 || !hex.is_ascii() {
            return Err(D::Error::custom(
                "a receipt's digest has 32 hexadecimal digits",
            ));
        }
        let mut bytes = [0; 16];
        for (byte, place) in bytes.iter_mut().zip((0..32).step_by(2)) {
            *byte = u8::from_str_radix(&hex[place..place + 2], 16).map_err(D::Error::custom)?;
        }
        Ok(bytes)
    }
}

fn hex12(bytes: &[u8; 16]) -> String {
    bytes[..6]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(engine: EngineUsed, weights: u8) -> Receipt {
        Receipt {
            build: "b".into(),
            engine,
            adapter: "a".into(),
            record: [1; 16],
            weights: [weights; 16],
            headline: Headline::default(),
        }
    }

    #[test]
    fn equal_digests_are_the_same_result_whatever_computed_them() {
        let promised = receipt(EngineUsed::BrowserCpu, 2);
        assert_eq!(
            receipt(EngineUsed::NativeCpu, 2).compare(&promised),
            Comparison::Same
        );
    }

    #[test]
    fn a_receipt_is_readable_in_files_and_short_on_the_wire() {
        let receipt = receipt(EngineUsed::NativeCpu, 0xAB);
        let json = serde_json::to_string(&receipt).expect("writes");
        assert!(json.contains(&"ab".repeat(16)), "{json}");
        assert_eq!(
            serde_json::from_str::<Receipt>(&json).expect("reads"),
            receipt
        );
        assert!(serde_json::from_str::<Receipt>(&json.replace("abab", "é")).is_err());
        let bytes = postcard::to_allocvec(&receipt).expect("writes");
        assert_eq!(
            postcard::from_bytes::<Receipt>(&bytes).expect("reads"),
            receipt
        );
        assert!(bytes.len() < 50, "{} bytes", bytes.len());
    }

    #[test]
    fn a_difference_names_its_reason() {
        let promised = receipt(EngineUsed::BrowserCpu, 2);
        let Comparison::Differs {
            record,
            weights,
            because,
            ..
        } = receipt(EngineUsed::BrowserWebGpu, 3).compare(&promised)
        else {
            panic!("must differ");
        };
        assert_eq!((record, weights, because), (false, true, Because::Engine));
        let Comparison::Differs { because, .. } =
            receipt(EngineUsed::BrowserCpu, 3).compare(&promised)
        else {
            panic!("must differ");
        };
        assert_eq!(because, Because::Unexplained);
    }

    #[test]
    fn all_causes_are_named_and_the_weightiest_first() {
        let promised = receipt(EngineUsed::BrowserWebGpu, 2);
        let mut mine = receipt(EngineUsed::BrowserWebGpu, 3);
        mine.adapter = "another".into();
        assert_eq!(mine.causes(&promised), [Because::Adapter]);
        mine.build = "newer".into();
        assert_eq!(mine.causes(&promised), [Because::Build, Because::Adapter]);
        mine.engine = EngineUsed::BrowserCpu;
        assert_eq!(mine.causes(&promised), [Because::Engine, Because::Build]);
        // The CPU engine gives the same bytes on every processor, so a processor explains nothing.
        let promised = receipt(EngineUsed::BrowserCpu, 2);
        mine.build = promised.build.clone();
        assert_eq!(mine.causes(&promised), [Because::Unexplained]);
    }
}
