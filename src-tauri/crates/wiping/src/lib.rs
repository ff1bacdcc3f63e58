//! An allocator that overwrites memory before it is given back.
//!
//! A pass and the tokens pass through buffers that are not ours: hyper's chunks, serde's strings, the IPC answers. Types
//! that wipe themselves cannot reach those; whoever frees them comes through here.
//!
//! This is the one crate that is unsafe as a whole: [`GlobalAlloc`] is an unsafe trait, and wiping writes through the
//! pointers it hands out.

mod switched;

use std::alloc::{GlobalAlloc, Layout, System};

pub use switched::Switched;

/// The system's allocator, with every block overwritten by zeroes when it is freed or moved.
pub struct Wiping;

// SAFETY: all memory comes from and goes to `System` under the layout it was asked for with; `realloc` keeps the
// contents up to the smaller of both sizes, as the trait demands.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are the same.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        // SAFETY: the caller gives back a whole block of this layout, which nobody uses any more.
        unsafe {
            wipe(start, layout.size());
            System.dealloc(start, layout);
        }
    }

    /// The system's own would leave the old block as it is where the block moves, and its end where it shrinks.
    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises a size that is valid at this alignment; the blocks are distinct, and each is as
        // long as what is copied.
        unsafe {
            let layout_now = Layout::from_size_align_unchecked(size, layout.align());
            let new = self.alloc(layout_now);
            if !new.is_null() {
                new.copy_from_nonoverlapping(old, layout.size().min(size));
                self.dealloc(old, layout);
            }
            new
        }
    }
}

/// Overwrites memory with zeroes, in a way the compiler cannot leave out for being freed next.
///
/// # Safety
/// `start` must be valid for writes of `length` bytes.
#[inline]
pub unsafe fn wipe(start: *mut u8, length: usize) {
    // SAFETY: the caller's promise.
    unsafe {
        start.write_bytes(0, length);
        // Takes the pointer in and may read all memory, so the zeroes have to be there.
        std::arch::asm!("/* {0} */", in(reg) start, options(nostack, preserves_flags));
    }
}

/// Has the C library overwrite what C frees in this process, where it can: the web view's own copies of an answer on its
/// way to a page. glibc leaves out blocks of at most about a KiB that it keeps for the same thread.
pub fn wipe_what_c_frees() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        const M_PERTURB: std::ffi::c_int = -6;
        unsafe extern "C" {
            fn mallopt(parameter: std::ffi::c_int, value: std::ffi::c_int) -> std::ffi::c_int;
        }
        // SAFETY: glibc's own function, which takes any value; blocks are filled with this byte when they are freed.
        unsafe { mallopt(M_PERTURB, 0x5a) };
    }
}
