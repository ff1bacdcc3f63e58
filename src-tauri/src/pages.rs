//! The pages in the windows: each keeps to itself, and says once that it is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Manager, Runtime, WebviewWindow, WebviewWindowBuilder};

use crate::watch;

type Builder<'a, R> = WebviewWindowBuilder<'a, R, AppHandle<R>>;

/// Where each window's page has a folder of its own. A page that keeps nothing writes nothing there: the folder
/// is what tells the pages apart, and without that only the first window of all can show the app's own address.
#[derive(Debug)]
pub(crate) struct Pages {
    folder: PathBuf,
    built: Mutex<Built>,
}

/// A window that is opened under an earlier one's label has another page.
#[derive(Debug, Default)]
struct Built {
    count: u32,
    /// The last page under each label, until it has asked for its view.
    awaited: BTreeMap<String, u32>,
}

impl Pages {
    /// In the station's folder; what an earlier run left there is cleared.
    #[must_use]
    pub(crate) fn within(data_dir: &Path) -> Self {
        let folder = data_dir.join("pages");
        let _nothing_left = std::fs::remove_dir_all(&folder);
        Self {
            folder,
            built: Mutex::default(),
        }
    }

    /// Gives the page of a window that is about to be built a place of its own.
    pub(crate) fn apart<'a, R: Runtime>(
        &self,
        builder: Builder<'a, R>,
        label: &str,
    ) -> Builder<'a, R> {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        built.count += 1;
        let number = built.count;
        built.awaited.insert(label.to_owned(), number);
        // Only WebKitGTK needs it. WebDriver sees the windows that share the first one's folder, and those keep what
        // they know anyway.
        if cfg!(target_os = "linux") && !crate::AUTOMATION {
            builder.data_directory(self.folder.join(format!("{number}-{label}")))
        } else {
            builder
        }
    }
}

/// A page asked for its view, so its window shows it: the first time is worth a line for support.
pub(crate) fn page_is_there<R: Runtime>(window: &WebviewWindow<R>) {
    watch::page_is_there(window);
    let Some(pages) = window.try_state::<Pages>() else {
        return;
    };
    let mut built = pages.built.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(page) = built.awaited.remove(window.label()) {
        tracing::info!(window = window.label(), page, "page is there");
    }
}
