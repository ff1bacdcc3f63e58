//! Where the browser of a sign-in test stands: over the person's page, below the words that say what to do and that
//! nobody types a password.

use std::sync::{Arc, OnceLock};

use host::test_browser::Area;
use tauri::{AppHandle, Runtime, WebviewWindow};

use crate::windows::{operator_window, person_window};

/// What stays in sight above the browser, in pixels of the page: a window of the person's own has larger letters.
const ABOVE: f64 = 150.0;
const ABOVE_ALONE: f64 = 200.0;
/// And the bar below it.
const BELOW: f64 = 40.0;
/// The part of a window that is the operator's where both sides stand in one.
const OPERATORS: f64 = 1.0 / 3.0;

/// The windows among which the browser stands, once there are any.
#[derive(Clone, Default)]
pub struct BrowserPlace(Arc<OnceLock<Box<dyn Among>>>);

trait Among: Send + Sync {
    fn area(&self) -> Option<Area>;
    fn keep_in_front(&self, front: bool);
}

/// The person's page has given way to a browser; dropped, it comes to the front again where it was before.
pub(crate) struct InFront(Option<Arc<OnceLock<Box<dyn Among>>>>);

impl BrowserPlace {
    /// From now on it is known.
    pub(crate) fn is_among<R: Runtime>(&self, app: &AppHandle<R>) {
        // There is one app in a process.
        let _ = self.0.set(Box::new(app.clone()));
    }

    pub(crate) fn area(&self) -> Option<Area> {
        self.0.get().and_then(|windows| windows.area())
    }

    /// A locked station's page for the person lies above everything: not above the number that the person has to read.
    pub(crate) fn gives_way(&self) -> InFront {
        let windows = self.0.get();
        InFront(windows.map(|windows| {
            windows.keep_in_front(false);
            self.0.clone()
        }))
    }
}

impl Drop for InFront {
    fn drop(&mut self) {
        if let Some(windows) = self.0.as_ref().and_then(|place| place.get()) {
            windows.keep_in_front(true);
        }
    }
}

impl<R: Runtime> Among for AppHandle<R> {
    fn area(&self) -> Option<Area> {
        match person_window(self) {
            Some(window) => Frame::of(&window).map(|frame| frame.below_the_words(0.0, ABOVE_ALONE)),
            None => {
                let frame = operator_window(self).and_then(|window| Frame::of(&window));
                frame.map(|frame| frame.below_the_words(OPERATORS, ABOVE))
            }
        }
    }

    fn keep_in_front(&self, front: bool) {
        // Only a locked station's has no frame of its own.
        let window = person_window(self).filter(|window| !window.is_decorated().unwrap_or(true));
        if let Some(Err(error)) = window.map(|window| window.set_always_on_top(front)) {
            tracing::warn!(%error, "the person's page does not change its place before other windows");
        }
    }
}

/// A window's page in its own pixels.
#[derive(Clone, Copy, Debug)]
struct Frame {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Frame {
    fn of<R: Runtime>(window: &WebviewWindow<R>) -> Option<Self> {
        let scale = window.scale_factor().ok()?;
        let at = window.inner_position().ok()?.to_logical::<f64>(scale);
        let size = window.inner_size().ok()?.to_logical::<f64>(scale);
        Some(Self {
            x: at.x,
            y: at.y,
            width: size.width,
            height: size.height,
        })
    }

    /// What a browser may cover where so much of the window's width, from the left, is the operator's.
    fn below_the_words(self, operators: f64, above: f64) -> Area {
        let left = self.width * operators;
        Area {
            x: whole(self.x + left),
            y: whole(self.y + above),
            width: whole(self.width - left).unsigned_abs(),
            height: whole((self.height - above - BELOW).max(0.0)).unsigned_abs(),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no display has so many pixels"
)]
fn whole(number: f64) -> i32 {
    number.round() as i32
}

#[cfg(test)]
mod tests {
    use super::{ABOVE, ABOVE_ALONE, Area, Frame, OPERATORS};

    #[test]
    fn the_browser_leaves_the_words_and_the_operators_side_in_sight() {
        let frame = Frame {
            x: 1280.0,
            y: 0.0,
            width: 1920.0,
            height: 1080.0,
        };
        let area = |x, y, width, height| Area {
            x,
            y,
            width,
            height,
        };
        assert_eq!(
            frame.below_the_words(0.0, ABOVE_ALONE),
            area(1280, 200, 1920, 840)
        );
        assert_eq!(
            frame.below_the_words(OPERATORS, ABOVE),
            area(1920, 150, 1280, 890)
        );
        let low = Frame {
            height: 100.0,
            ..frame
        };
        assert_eq!(low.below_the_words(0.0, ABOVE).height, 0);
    }
}
