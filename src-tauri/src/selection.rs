//! What can be selected, dragged and copied: nothing but what somebody types, and that no longer than it is on the
//! screen. X11's selections belong to the desktop and outlive the page that filled them.

use tauri::{AppHandle, Runtime};

/// Runs before a page's own scripts, in every frame. The style sheet makes text outside of fields unselectable; select
/// all and the middle button pass over style sheets.
pub(crate) const REFUSED: &str = include_str!("selection.js");

/// Empties the desktop's selections where they are this app's; what other programs put there is left alone.
#[cfg(target_os = "linux")]
pub(crate) fn empty<R: Runtime>(app: &AppHandle<R>) {
    let asked = app.run_on_main_thread(|| {
        for selection in [gtk::gdk::SELECTION_PRIMARY, gtk::gdk::SELECTION_CLIPBOARD] {
            // GTK gives a selection up only where it has it.
            gtk::Clipboard::get(&selection).clear();
        }
    });
    if let Err(error) = asked {
        tracing::error!(%error, "the selections could not be emptied");
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn empty<R: Runtime>(_app: &AppHandle<R>) {}
