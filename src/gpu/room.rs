//! What a device has room for, and how large things are made there: asked first, so that a visitor is told in
//! plain words, and watched while they are made, because whoever asked is told then, and nobody else.

use super::device::WebGpu;
use super::error::GpuError;
use super::transfer::Scopes;

/// Bytes of a number.
const NUMBER: u64 = 4;

impl WebGpu {
    /// Bytes that one list may have.
    pub(super) fn most_bytes(&self) -> u64 {
        let limits = self.device.limits();
        limits
            .max_storage_buffer_binding_size
            .min(limits.max_buffer_size)
    }

    /// Numbers that one list may hold at once if other things are to have room too: half of what the device allows for
    /// one, and no more than 512 MiB.
    pub fn comfortable(&self) -> usize {
        const ENOUGH: u64 = 512 << 20;
        ((self.most_bytes() / 2).min(ENOUGH) / NUMBER) as usize
    }

    /// Makes sure that a list of so many numbers can be had.
    ///
    /// # Errors
    /// [`GpuError::TooLarge`] if it is too long for the device.
    pub fn fits(&self, what: &'static str, numbers: usize) -> Result<(), GpuError> {
        let (bytes, most) = (numbers as u64 * NUMBER, self.most_bytes());
        match bytes > most {
            true => Err(GpuError::TooLarge { what, bytes, most }),
            false => Ok(()),
        }
    }

    /// Makes something on the device, and says so if the device could not.
    ///
    /// # Errors
    /// [`GpuError::Failed`] with what the device says.
    pub async fn made<T>(&self, make: impl FnOnce() -> T) -> Result<T, GpuError> {
        let scopes = Scopes::open(&self.device);
        let made = make();
        scopes.close().await?;
        Ok(made)
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use crate::gpu::testing::webgpu;

    #[test]
    fn what_a_device_cannot_hold_is_told_before_it_is_made() {
        let Some((webgpu, _turn)) = webgpu() else {
            return;
        };
        let most = (webgpu.most_bytes() / 4) as usize;
        assert!(webgpu.fits("weights", most).is_ok());
        let told = webgpu.fits("weights", most + 1).unwrap_err().to_string();
        assert!(
            told.starts_with("the weights take ") && told.contains("CPU engine"),
            "{told}"
        );
        assert!(webgpu.comfortable() <= most / 2 + 1);
    }
}
