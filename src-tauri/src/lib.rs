//! The shell: windows, permissions and the four commands around a station. The only place that knows Tauri.

mod beginning;
pub mod commands;
mod pages;
mod paper;
mod ports;
pub mod start;
mod state;
pub mod windows;

use std::path::Path;

use station::config::{Config, HandOutsTo, Setup};
use station::{HandOutWanted, Station};
use tauri::{Builder, Runtime};
use tokio::sync::mpsc;

pub use beginning::Beginning;
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
    #[error("the configuration {0}")]
    Unreadable(host::config_file::ConfigFileError),
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

/// Takes a configuration; a station that cannot work says why on its screen.
fn station(beginning: &Beginning, data_dir: &Path) -> Started {
    let config = &beginning.config;
    match configured(beginning, data_dir) {
        Ok(started) => started,
        Err(Unusable { problems, training }) => {
            for problem in &problems {
                tracing::error!(file = %config.display(), "{problem}");
            }
            let file = config.display().to_string();
            Started {
                station: Station::not_configured(file, problems, training),
                person_window: false,
                hand_outs: None,
            }
        }
    }
}

/// Why there is no station.
struct Unusable {
    problems: Vec<String>,
    training: bool,
}

fn configured(beginning: &Beginning, data_dir: &Path) -> Result<Started, Unusable> {
    let unusable = |problems: Vec<String>, training: bool| Unusable {
        problems,
        // A build with lessons inside never works on anything else.
        training: training || cfg!(feature = "training"),
    };
    let one = |problem: String| unusable(vec![problem], false);
    let file = beginning.file.as_ref();
    let file = file.map_err(|error| one(error.to_string()))?;
    let exposed = file.exposed.as_deref();
    let config = Config::of_file(&file.text, exposed)
        .map_err(|errors| unusable(errors.iter().map(ToString::to_string).collect(), false))?;
    if let Some(exposed) = exposed {
        tracing::warn!("{exposed}");
    }
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
        beginning,
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
pub fn run(beginning: Beginning, data_dir: &Path) -> Result<(), RunError> {
    show(&runtime()?, &beginning, data_dir, ())
}

/// The same within a lesson: its own configuration, and a record that ends with it. The lesson takes its texts from the
/// configuration that was found.
///
/// # Errors
/// [`RunError`] when there is no lesson, or no window can be opened at all.
#[cfg(feature = "training")]
pub fn train(mut beginning: Beginning) -> Result<(), RunError> {
    if let Err(problem) = beginning.file
        && !problem.is_missing()
    {
        return Err(RunError::Unreadable(problem));
    }
    let runtime = runtime()?;
    let lesson = runtime.block_on(training::Lesson::begin(&beginning.config))?;
    // Without a terminal the phone still opens by itself.
    let _ = std::io::Write::write_all(&mut std::io::stdout().lock(), lesson.sheet().as_bytes());
    if let Err(error) = host::browser::open(None, lesson.phone()) {
        tracing::warn!(%error, "the simulated phone could not be opened in a browser");
    }
    let data_dir = lesson.data_dir();
    beginning.config = lesson.config();
    beginning.file = host::config_file::read(&beginning.config);
    show(&runtime, &beginning, &data_dir, lesson)
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
    beginning: &Beginning,
    data_dir: &Path,
    kept: T,
) -> Result<(), RunError> {
    let _entered = runtime.enter();
    tauri::async_runtime::set(runtime.handle().clone());
    let Started {
        station,
        person_window,
        hand_outs,
    } = station(beginning, data_dir);
    let displays = Displays { person_window };
    let app = app(Builder::default(), station.clone())
        .manage(pages::Pages::within(data_dir))
        .setup(move |app| {
            let handle = app.handle().clone();
            if let Some((wanted, to)) = hand_outs {
                tauri::async_runtime::spawn(paper::serve(handle.clone(), wanted, to));
            }
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
