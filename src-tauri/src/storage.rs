//! What the engine may keep for the pages: one private folder, emptied at the start and after each visit.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Runtime, WebviewWindow, WebviewWindowBuilder};

type Builder<'a, R> = WebviewWindowBuilder<'a, R, AppHandle<R>>;

/// The one place all windows keep things in. WebKitGTK has a context for each place, with a network process, threads
/// and descriptors of its own, and Tauri keeps every context until the app ends: their number must not grow with the
/// visits. It also serves the app's own address only to the context that was told of it, so a view that makes a
/// context for itself, as an incognito one does, shows nothing.
#[derive(Debug)]
pub(crate) struct Storage {
    folder: PathBuf,
}

impl Storage {
    /// In the station's folder; what an earlier run left there is gone afterwards.
    #[must_use]
    pub(crate) fn within(data_dir: &Path) -> Self {
        let folder = data_dir.join("pages");
        if let Err(error) = emptied(&folder) {
            tracing::warn!(%error, "the pages' folder could not be emptied");
        }
        forget_ended();
        Self { folder }
    }

    /// Gives a window that is about to be built its place.
    pub(crate) fn serve<'a, R: Runtime>(&self, builder: Builder<'a, R>) -> Builder<'a, R> {
        if cfg!(target_os = "linux") {
            builder.data_directory(self.folder.clone())
        } else {
            builder.incognito(true)
        }
    }
}

/// The folder is there, its own user's alone, with nothing in it.
fn emptied(folder: &Path) -> std::io::Result<()> {
    use std::io::ErrorKind;
    match std::fs::remove_dir_all(folder) {
        // What lies in its place is in the way of every window.
        Err(error) if error.kind() == ErrorKind::NotADirectory => std::fs::remove_file(folder)?,
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The engine's notes of pages' processes that ended. Those of the visit in hand go with the next one's.
#[cfg(target_os = "linux")]
fn forget_ended() {
    let forgotten = host::sandbox_notes::forget_ended(&gtk::glib::user_runtime_dir());
    tracing::debug!(forgotten, "notes of processes that ended");
}

#[cfg(not(target_os = "linux"))]
fn forget_ended() {}

/// Has the engine forget everything it keeps for pages, on the disk and in memory.
#[cfg(target_os = "linux")]
pub(crate) fn clear<R: Runtime>(window: &WebviewWindow<R>) {
    use gtk::gio::Cancellable;
    use gtk::glib::TimeSpan;
    use webkit2gtk::{WebViewExt, WebsiteDataManagerExtManual, WebsiteDataTypes};
    forget_ended();
    let asked = window.with_webview(|page| {
        let Some(kept) = page.inner().website_data_manager() else {
            return;
        };
        let everything = WebsiteDataTypes::ALL;
        kept.clear(
            everything,
            TimeSpan::from_seconds(0),
            None::<&Cancellable>,
            |done| match done {
                Ok(()) => tracing::info!("the pages' storage is empty"),
                Err(error) => tracing::error!(%error, "the pages' storage could not be emptied"),
            },
        );
    });
    if let Err(error) = asked {
        tracing::error!(%error, "the pages' storage could not be emptied");
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn clear<R: Runtime>(_window: &WebviewWindow<R>) {}

#[cfg(test)]
mod tests {
    use super::emptied;

    #[test]
    fn what_an_earlier_run_left_is_gone_and_the_folder_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let pages = folder.path().join("data").join("pages");
        emptied(&pages).unwrap();
        std::fs::create_dir(pages.join("storage")).unwrap();
        std::fs::write(pages.join("storage/a"), "a name").unwrap();
        emptied(&pages).unwrap();
        assert_eq!(std::fs::read_dir(&pages).unwrap().count(), 0);
        // A file where the folder should be ended the app without a word.
        std::fs::remove_dir(&pages).unwrap();
        std::fs::write(&pages, "no folder").unwrap();
        emptied(&pages).unwrap();
        assert_eq!(std::fs::read_dir(&pages).unwrap().count(), 0);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&pages).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
    }
}
