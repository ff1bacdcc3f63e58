//! Where windows and displays lie.

use tauri::{Monitor, PhysicalPosition, PhysicalSize};

/// Upper left corner and size, in pixels.
pub(crate) type Frame = (PhysicalPosition<i32>, PhysicalSize<u32>);

/// Where a display lies.
pub(crate) fn frame_of(monitor: &Monitor) -> Frame {
    (*monitor.position(), *monitor.size())
}

/// Whether any of one frame lies in the other.
pub(crate) fn overlap((a, of_a): Frame, (b, of_b): Frame) -> bool {
    let shared = |from: i32, length: u32, other: i32, of_other: u32| {
        i64::from(from) < i64::from(other) + i64::from(of_other)
            && i64::from(other) < i64::from(from) + i64::from(length)
    };
    shared(a.x, of_a.width, b.x, of_b.width) && shared(a.y, of_a.height, b.y, of_b.height)
}

#[cfg(test)]
mod tests {
    use super::{PhysicalPosition, PhysicalSize, overlap};

    #[test]
    fn a_window_is_seen_where_any_of_it_lies_on_a_display() {
        let frame = |x, y, width, height| {
            (
                PhysicalPosition::new(x, y),
                PhysicalSize::new(width, height),
            )
        };
        let display = frame(1280, 0, 1280, 800);
        assert!(overlap(frame(1280, 0, 1280, 800), display));
        assert!(overlap(frame(1200, 700, 100, 200), display));
        assert!(!overlap(frame(0, 0, 1280, 800), display), "beside it");
        assert!(!overlap(frame(1280, 800, 1280, 800), display), "below it");
    }
}
