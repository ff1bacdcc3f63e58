//! `bench wiping`: what it costs to overwrite memory when it is freed. The tenant of a lesson shares the app's process, so
//! its throughput pays for it; here it does with and without, in rounds that take turns.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, Ordering};

use ::wiping::Wiping;

use crate::report::{self, Figure};
use crate::tenant;

/// What it may cost: a twentieth.
const BAR: f64 = 1.05;

/// The allocator of this program: the app's, or the system's.
pub(crate) struct Chosen;

static WIPES: AtomicBool = AtomicBool::new(false);

// SAFETY: both take their memory from the system under the layout it was asked for with, so a block of one may be freed
// by the other.
unsafe impl GlobalAlloc for Chosen {
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
            if WIPES.load(Ordering::Relaxed) {
                Wiping.dealloc(start, layout);
            } else {
                System.dealloc(start, layout);
            }
        }
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promises are the same.
        unsafe {
            if WIPES.load(Ordering::Relaxed) {
                Wiping.realloc(start, layout, size)
            } else {
                System.realloc(start, layout, size)
            }
        }
    }
}

/// The figures; without an answer to every request the bar fails.
pub(crate) fn measure() -> Vec<Figure> {
    let taken = tenant::in_turns(|wipes| WIPES.store(wipes, Ordering::Relaxed));
    WIPES.store(false, Ordering::Relaxed);
    match taken {
        Ok(turns) => {
            let wiped = tenant::median(turns.iter().map(|turn| turn.with));
            let plain = tenant::median(turns.iter().map(|turn| turn.without));
            let ratio = tenant::median(turns.iter().map(|turn| turn.without / turn.with));
            vec![
                Figure::plain("wiping/tenant-ratio", ratio, "ratio").at_most(BAR),
                Figure::plain("wiping/tenant", wiped, "requests/s")
                    .beside("the system's allocator", plain),
            ]
        }
        Err(trouble) => {
            report::line(&format!("bench wiping: {trouble}"));
            vec![Figure::plain("wiping/tenant-ratio", f64::MAX, "ratio").at_most(BAR)]
        }
    }
}
