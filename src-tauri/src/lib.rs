//! The shell: windows, permissions and the four commands around a station. The only place that knows Tauri.

pub mod commands;
mod pages;
mod paper;
mod ports;
mod selection;
mod state;
mod stop;
mod storage;
pub mod windows;

use std::path::Path;

use onboarding::Mode;
use station::config::{Config, HandOutsTo, Setup};
use station::{HandOutWanted, Station};
use tauri::{Builder, Runtime};
use tokio::sync::mpsc;

pub use ports::ports;
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
    #[error("{0}")]
    Lesson(#[from] training::LessonError),
}

/// A station, and what the windows must know of its configuration.
struct Started {
    station: Station,
    /// A second display gets the person's window.
    person_window: bool,
    /// The hand-outs it wants, and where they go.
    hand_outs: Option<(mpsc::UnboundedReceiver<HandOutWanted>, HandOutsTo)>,
}

/// Reads a configuration; a station that cannot work says why on its screen.
fn station(config: &Path, data_dir: &Path) -> Started {
    match configured(config, data_dir) {
        Ok(started) => started,
        Err(Unusable {
            problems,
            mode,
            training,
        }) => {
            for problem in &problems {
                tracing::error!(file = %config.display(), "{problem}");
            }
            let file = config.display().to_string();
            Started {
                station: Station::not_configured(file, problems, mode, training),
                person_window: false,
                hand_outs: None,
            }
        }
    }
}

/// Why there is no station.
struct Unusable {
    problems: Vec<String>,
    /// A kiosk stays one, whatever is wrong with it.
    mode: Mode,
    training: bool,
}

fn configured(file: &Path, data_dir: &Path) -> Result<Started, Unusable> {
    let text = std::fs::read_to_string(file);
    let mode = Config::mode_in(text.as_deref().unwrap_or_default());
    let unusable = |problems: Vec<String>, training: bool| Unusable {
        problems,
        mode,
        // A build with lessons inside never works on anything else.
        training: training || cfg!(feature = "training"),
    };
    let one = |problem: String| unusable(vec![problem], false);
    let text = text.map_err(|error| one(format!("cannot be read: {error}")))?;
    let config = Config::parse(&text)
        .map_err(|errors| unusable(errors.iter().map(ToString::to_string).collect(), false))?;
    let setup: Setup = config
        .setup(&ports::draw)
        .map_err(|error| one(error.to_string()))?;
    let (person_window, training) = (setup.person_window, setup.site.training);
    let (wanted, hand_outs) = mpsc::unbounded_channel();
    let hand_outs = Some((hand_outs, setup.hand_outs_to.clone()));
    let ports = ports(
        setup.browser.clone(),
        setup.remember_operator,
        data_dir,
        &text,
        Some(wanted),
    );
    let station = Station::start(setup, ports)
        .map_err(|error| unusable(vec![error.to_string()], training))?;
    Ok(Started {
        station,
        person_window,
        hand_outs,
    })
}

/// Opens the windows and runs until the last one closes.
///
/// # Errors
/// [`RunError`] when no window can be opened at all.
pub fn run(config: &Path, data_dir: &Path) -> Result<(), RunError> {
    show(&runtime()?, config, data_dir, ())
}

/// The same within a lesson: its own configuration, and a record that ends with it. `site` is what the lesson
/// takes its texts from.
///
/// # Errors
/// [`RunError`] when there is no lesson, or no window can be opened at all.
#[cfg(feature = "training")]
pub fn train(site: &Path) -> Result<(), RunError> {
    let runtime = runtime()?;
    let lesson = runtime.block_on(training::Lesson::begin(site))?;
    // Without a terminal the phone still opens by itself.
    let _ = std::io::Write::write_all(&mut std::io::stdout().lock(), lesson.sheet().as_bytes());
    if let Err(error) = host::browser::open(None, lesson.phone()) {
        tracing::warn!(%error, "the simulated phone could not be opened in a browser");
    }
    let (config, data_dir) = (lesson.config(), lesson.data_dir());
    show(&runtime, &config, &data_dir, lesson)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}

/// Opens the windows; `kept` is dropped when the last one closes.
fn show<T: 'static>(
    runtime: &tokio::runtime::Runtime,
    config: &Path,
    data_dir: &Path,
    kept: T,
) -> Result<(), RunError> {
    let _entered = runtime.enter();
    tauri::async_runtime::set(runtime.handle().clone());
    let Started {
        station,
        person_window,
        hand_outs,
    } = station(config, data_dir);
    let displays = Displays { person_window };
    let app = app(Builder::default(), station.clone())
        .manage(pages::Pages::default())
        .manage(storage::Storage::within(data_dir))
        .setup(move |app| {
            let handle = app.handle().clone();
            if let Some((wanted, to)) = hand_outs {
                tauri::async_runtime::spawn(paper::serve(handle.clone(), wanted, to));
            }
            tauri::async_runtime::spawn(stop::follow(handle.clone(), station.clone()));
            tauri::async_runtime::spawn(windows::follow(handle, station, displays));
            Ok(())
        })
        .build(tauri::generate_context!())?;
    // The process may end within `run`, where nothing is dropped any more.
    let mut kept = Some(kept);
    app.run(move |app, event| {
        if matches!(event, tauri::RunEvent::Exit) {
            kept.take();
        }
        windows::on_event(app, event);
    });
    Ok(())
}
