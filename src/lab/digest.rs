//! SHA-256 digests of what a run made.

use crate::model::weights::NamedTensor;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Digest of the bytes of all parts, one after the other; the first error, if a part is one.
    ///
    /// # Errors
    /// That of the first part that is none.
    pub fn of_parts<E>(parts: impl Iterator<Item = Result<Vec<u8>, E>>) -> Result<Self, E> {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part?);
        }
        Ok(Self(hash.finalize().into()))
    }

    /// Digest of weights: name, shape and little-endian f32 values of every tensor, sorted by
    /// name, so that neither file layout nor storage precision enters.
    pub fn of_weights(tensors: &[NamedTensor]) -> Self {
        let mut sorted: Vec<_> = tensors.iter().collect();
        sorted.sort_by(|a, b| a.name.cmp(&b.name));
        let mut hash = Sha256::new();
        for tensor in sorted {
            hash.update(tensor.name.as_bytes());
            hash.update([0]);
            for dimension in &tensor.shape {
                hash.update((*dimension as u64).to_le_bytes());
            }
            for value in &tensor.values {
                hash.update(value.to_le_bytes());
            }
        }
        Self(hash.finalize().into())
    }

    /// All 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The first 12 hexadecimal digits: enough for a person to compare.
    pub fn short(&self) -> String {
        self.hex()[..12].to_owned()
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_is_sha256_in_hexadecimal() {
        // FIPS 180-2, appendix B.1: SHA-256 of "abc".
        assert_eq!(
            Digest::of(b"abc").hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn order_of_tensors_does_not_matter_and_values_do() {
        let tensor = |name: &str, value: f32| NamedTensor {
            name: name.into(),
            shape: vec![1],
            values: vec![value],
        };
        let a = Digest::of_weights(&[tensor("a", 1.0), tensor("b", 2.0)]);
        assert_eq!(a, Digest::of_weights(&[tensor("b", 2.0), tensor("a", 1.0)]));
        assert_ne!(a, Digest::of_weights(&[tensor("a", 1.0), tensor("b", 2.5)]));
    }
}
