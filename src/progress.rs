//! Progress of the work.

use std::sync::atomic::{AtomicU64, Ordering};

/// The progress of rendering, for an observer in another thread.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Returns the number of pages rendered and pictures drawn.
    pub(crate) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Returns the total number of pages and pictures. Zero until it is known.
    pub(crate) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    pub(crate) fn begin(&self, total: usize) {
        self.total.store(total as u64, Ordering::Relaxed);
    }

    /// Adds to what there will be.
    #[cfg(feature = "cards")]
    pub(crate) fn add(&self, more: usize) {
        self.total.fetch_add(more as u64, Ordering::Relaxed);
    }

    pub(crate) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}
