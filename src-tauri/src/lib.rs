//! The shell: windows, permissions and the four commands around a station. The only place that knows Tauri.

mod beginning;
mod browser_place;
pub mod commands;
mod frames;
pub mod launch;
mod own_page;
mod pages;
mod paper;
mod ports;
mod selection;
mod start;
mod state;
mod stop;
mod storage;
mod toolkit;
mod watch;
pub mod windows;

use std::path::Path;

use host::lock::{Held, LockError};
use start::Started;
use station::Station;
use tauri::{Builder, Runtime};
use tokio::sync::mpsc;

pub use beginning::Beginning;
pub use ports::{OfConfig, ports};
pub use state::{AUTOMATION, station_of};
pub use windows::Displays;

/// The app around a station: commands and state, no window yet. Generic, so that tests run it without a display.
pub fn app<R: Runtime>(builder: Builder<R>, station: Station) -> Builder<R> {
    builder
        .manage(station)
        .invoke_handler(tauri::generate_handler![
            commands::operator_act,
            commands::operator_view,
            commands::person_act,
            commands::person_view,
        ])
}

/// What went wrong before a window could open.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error("{0}")]
    Tauri(#[from] tauri::Error),
    #[error("no runtime: {0}")]
    Runtime(#[from] std::io::Error),
    #[cfg(feature = "training")]
    #[error("the configuration {0}")]
    Unreadable(host::config_file::ConfigFileError),
    #[cfg(feature = "training")]
    #[error("{0}")]
    Lesson(#[from] training::LessonError),
}

/// Opens the windows and runs until the last one closes. `held` is let go at once where the station does not start:
/// its windows write nothing, and an administrator who mends what is wrong needs the folder.
///
/// # Errors
/// [`RunError`] when no window can be opened at all.
pub fn run(beginning: &Beginning, data_dir: &Path, held: Held) -> Result<(), RunError> {
    let runtime = runtime()?;
    let started = {
        let _entered = runtime.enter();
        start::station(beginning, data_dir)
    };
    if started.works {
        return show(&runtime, started, data_dir, held);
    }
    drop(held);
    show_apart(&runtime, started)
}

/// Opens a window that says why the data folder cannot be had, and runs until it closes.
///
/// # Errors
/// [`RunError`] when no window can be opened at all.
pub fn run_without_folder(
    beginning: &Beginning,
    data_dir: &Path,
    why: &LockError,
) -> Result<(), RunError> {
    let runtime = runtime()?;
    let started = {
        let _entered = runtime.enter();
        start::without_folder(beginning, data_dir, why)
    };
    show_apart(&runtime, started)
}

/// Opens the windows of a station that does not work: whatever lies in the data folder is not theirs.
fn show_apart(runtime: &tokio::runtime::Runtime, started: Started) -> Result<(), RunError> {
    let pages = host::private_folder::make(&host::left_behind::apart()).ok();
    // Where no folder can be made, the windows show their words without one.
    let none = || std::env::temp_dir().join(format!("madoguchi-{}", std::process::id()));
    let folder = pages
        .as_ref()
        .map_or_else(none, |pages| pages.path().to_owned());
    show(runtime, started, &folder, pages)
}

/// The same within a lesson: its own configuration, and a record that ends with it. The lesson takes its texts from the
/// configuration that was found.
///
/// # Errors
/// [`RunError`] when there is no lesson, or no window can be opened at all.
#[cfg(feature = "training")]
pub fn train(mut beginning: Beginning) -> Result<(), RunError> {
    let text = match beginning.file {
        Ok(file) => Some(file.text),
        Err(problem) if problem.is_missing() => None,
        Err(problem) => return Err(RunError::Unreadable(problem)),
    };
    let runtime = runtime()?;
    let lesson = training::Lesson::begin(&beginning.config, text.as_deref());
    let lesson = runtime.block_on(lesson)?;
    // Without a terminal the phone still opens by itself.
    let _ = std::io::Write::write_all(&mut std::io::stdout().lock(), lesson.sheet().as_bytes());
    if let Err(error) = host::browser::open(None, lesson.phone()) {
        tracing::warn!(%error, "the simulated phone could not be opened in a browser");
    }
    let data_dir = lesson.data_dir();
    beginning.config = lesson.config();
    beginning.file = host::config_file::read(&beginning.config);
    let started = {
        let _entered = runtime.enter();
        start::station(&beginning, &data_dir)
    };
    show(&runtime, started, &data_dir, lesson)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}

/// Opens the windows, whose pages may write in `folder`; `kept` is dropped when the last one closes.
fn show<T: 'static>(
    runtime: &tokio::runtime::Runtime,
    started: Started,
    folder: &Path,
    kept: T,
) -> Result<(), RunError> {
    toolkit::load_no_code();
    // Not waited for: a browser that a killed station left may take its moment to end.
    std::thread::spawn(host::left_behind::sweep);
    let _entered = runtime.enter();
    tauri::async_runtime::set(runtime.handle().clone());
    let Started {
        station,
        works: _,
        person_window,
        hand_outs,
        row_pictures,
        browser_place,
    } = started;
    let displays = Displays { person_window };
    let at_exit = station.clone();
    let (watch, hears) = watch::Watch::new();
    let app = app(Builder::default(), station.clone())
        .manage(pages::Pages::default())
        .manage(storage::Storage::within(folder))
        .manage(watch)
        .setup(move |app| {
            let handle = app.handle().clone();
            browser_place.is_among(&handle);
            if let Some((wanted, to)) = hand_outs {
                tauri::async_runtime::spawn(paper::serve(handle.clone(), wanted, to));
            }
            if let Some(wanted) = row_pictures {
                tauri::async_runtime::spawn(paper::pictures::serve(handle.clone(), wanted));
            }
            tauri::async_runtime::spawn(stop::follow(handle.clone(), station.clone()));
            let (replace, lost) = mpsc::unbounded_channel();
            tauri::async_runtime::spawn(watch::run(
                handle.clone(),
                station.clone(),
                hears,
                replace,
            ));
            tauri::async_runtime::spawn(windows::follow(handle, station, displays, lost));
            Ok(())
        })
        .build(tauri::generate_context!())?;
    // The process may end within `run`, where nothing is dropped any more.
    let mut kept = Some(kept);
    app.run(move |app, event| {
        if matches!(event, tauri::RunEvent::Exit) {
            tauri::async_runtime::block_on(finish(&at_exit));
            kept.take();
        }
        windows::on_event(app, event);
    });
    Ok(())
}

/// Has the record closed, but not for longer than a system that shuts down waits.
async fn finish(station: &Station) {
    const LIMIT: std::time::Duration = std::time::Duration::from_secs(4);
    if tokio::time::timeout(LIMIT, station.finish()).await.is_err() {
        tracing::error!("the record could not be closed in time");
    }
}
