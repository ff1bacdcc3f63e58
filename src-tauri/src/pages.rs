//! The pages in the windows: each says once that it is there.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tauri::{Manager, Runtime, WebviewWindow};

use crate::watch;

/// Which windows were opened, and whose page has not been there yet.
#[derive(Debug, Default)]
pub(crate) struct Pages(Mutex<Built>);

/// A window that is opened under an earlier one's label has another page.
#[derive(Debug, Default)]
struct Built {
    count: u32,
    /// The last page under each label, until it has asked for its view.
    awaited: BTreeMap<String, u32>,
}

impl Pages {
    /// A window with this label is about to be built.
    pub(crate) fn opens(&self, label: &str) {
        let mut built = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        built.count += 1;
        let number = built.count;
        built.awaited.insert(label.to_owned(), number);
    }
}

/// A page asked for its view, so its window shows it: the first time is worth a line for support.
pub(crate) fn page_is_there<R: Runtime>(window: &WebviewWindow<R>) {
    watch::page_is_there(window);
    let Some(pages) = window.try_state::<Pages>() else {
        return;
    };
    let mut built = pages.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(page) = built.awaited.remove(window.label()) {
        tracing::info!(window = window.label(), page, "page is there");
    }
}
