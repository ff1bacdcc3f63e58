//! The same program with and without, for measurements.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::Wiping;

/// An allocator that is [`Wiping`] while it is told to be, and the system's else.
pub struct Switched(AtomicBool);

impl Switched {
    /// The system's, until it is told otherwise.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicBool::new(false))
    }

    /// Whether what is freed from now on is overwritten.
    pub fn wipe(&self, wipes: bool) {
        self.0.store(wipes, Ordering::Relaxed);
    }
}

impl Default for Switched {
    fn default() -> Self {
        Self::new()
    }
}

// SAFETY: both take their memory from the system under the layout it was asked for with, so a block of one may be freed
// by the other.
unsafe impl GlobalAlloc for Switched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are the same.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are the same.
        unsafe {
            if self.0.load(Ordering::Relaxed) {
                Wiping.dealloc(start, layout);
            } else {
                System.dealloc(start, layout);
            }
        }
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promises are the same.
        unsafe {
            if self.0.load(Ordering::Relaxed) {
                Wiping.realloc(start, layout, size)
            } else {
                System.realloc(start, layout, size)
            }
        }
    }
}
