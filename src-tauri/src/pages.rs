//! The pages in the windows: each keeps to itself, and says once that it is there.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use tauri::{AppHandle, Manager, Runtime, WebviewWindow, WebviewWindowBuilder};

type Builder<'a, R> = WebviewWindowBuilder<'a, R, AppHandle<R>>;

/// Where each window's page has a folder of its own. A page that keeps nothing writes nothing there: the folder
/// is what tells the pages apart, and without that only the first window of all can show the app's own address.
#[derive(Debug)]
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "only WebKitGTK needs the folders")
)]
pub(crate) struct Pages {
    folder: PathBuf,
    /// How many were built: a window that is built anew under an earlier one's label is another page.
    built: AtomicU32,
    /// The windows whose page has asked for its view.
    there: Mutex<BTreeSet<String>>,
}

impl Pages {
    /// In the station's folder; what an earlier run left there is cleared.
    #[must_use]
    pub(crate) fn within(data_dir: &std::path::Path) -> Self {
        let folder = data_dir.join("pages");
        let _nothing_left = std::fs::remove_dir_all(&folder);
        Self {
            folder,
            built: AtomicU32::new(0),
            there: Mutex::default(),
        }
    }

    /// WebDriver sees the windows that share the first one's folder, and those keep what they know anyway.
    #[cfg(target_os = "linux")]
    pub(crate) fn apart<'a, R: Runtime>(
        &self,
        builder: Builder<'a, R>,
        label: &str,
    ) -> Builder<'a, R> {
        if crate::AUTOMATION {
            builder
        } else {
            let number = self.built.fetch_add(1, Ordering::Relaxed);
            builder.data_directory(self.folder.join(format!("{number}-{label}")))
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(crate) fn apart<'a, R: Runtime>(
        &self,
        builder: Builder<'a, R>,
        _label: &str,
    ) -> Builder<'a, R> {
        builder
    }
}

/// A page asked for its view, so its window shows it: the first time is worth a line for support.
pub(crate) fn page_is_there<R: Runtime>(window: &WebviewWindow<R>) {
    if let Some(pages) = window.try_state::<Pages>()
        && let Ok(mut there) = pages.there.lock()
        && there.insert(window.label().to_owned())
    {
        tracing::info!(window = window.label(), "page is there");
    }
}

/// A window is closed; one that is opened under its name later has a page to wait for again.
pub(crate) fn page_is_gone<R: Runtime>(window: &WebviewWindow<R>) {
    if let Some(pages) = window.try_state::<Pages>()
        && let Ok(mut there) = pages.there.lock()
    {
        there.remove(window.label());
    }
}
