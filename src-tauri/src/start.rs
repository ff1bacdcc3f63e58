//! From a configuration to a station, or to one that says why there is none.

use std::io::ErrorKind;
use std::path::Path;

use host::config_file::{ConfigFile, ConfigFileError};
use host::credentials::CredentialStore;
use host::lock::LockError;
use host::name_and_password::ToldTo;
use onboarding::StartProblem;
use station::config::{Config, Greeting, HandOutsTo, Named, Setup};
use station::{HandOutWanted, Ports, RowPicturesWanted, Station};
use tokio::sync::mpsc;

use crate::beginning::Beginning;
use crate::browser_place::BrowserPlace;
use crate::ports::{self, OfConfig};

/// A station, and what the windows must know of its configuration.
pub(crate) struct Started {
    pub(crate) station: Station,
    /// It works: it keeps the record. Otherwise its windows only say why not.
    pub(crate) works: bool,
    /// A second display gets the person's window.
    pub(crate) person_window: bool,
    /// The hand-outs it wants, and where they go.
    pub(crate) hand_outs: Option<(mpsc::UnboundedReceiver<HandOutWanted>, HandOutsTo)>,
    /// The letters whose rows it wants drawn.
    pub(crate) row_pictures: Option<mpsc::UnboundedReceiver<RowPicturesWanted>>,
    /// Where the browser of a sign-in test stands.
    pub(crate) browser_place: BrowserPlace,
}

/// Why there is no station, and what of its site is known all the same.
struct Unusable {
    problem: StartProblem,
    greeting: Greeting,
    training: bool,
}

/// Takes a configuration; a station that cannot work says why on its screen.
pub(crate) fn station(beginning: &Beginning, data_dir: &Path) -> Started {
    configured(beginning, data_dir).unwrap_or_else(not_started)
}

/// A station that cannot have its data folder: it says so in the languages of its site.
pub(crate) fn without_folder(beginning: &Beginning, data_dir: &Path, why: &LockError) -> Started {
    let folder = data_dir.display().to_string();
    let problem = match why {
        LockError::Taken => StartProblem::LockTaken { folder },
        LockError::Shared => StartProblem::FolderShared { folder },
        LockError::Directory(error) => folder_problem(error.kind(), folder),
    };
    let text = beginning.file.as_ref().map_or("", |file| &file.text);
    let setup = Config::parse(text).ok();
    let setup = setup.and_then(|config| config.setup(&ports::draw).ok());
    not_started(Unusable {
        problem,
        greeting: Greeting::read(text),
        training: cfg!(feature = "training") || setup.is_some_and(|setup| setup.site.training),
    })
}

/// What the system's refusal to make or write the folder means.
fn folder_problem(kind: ErrorKind, folder: String) -> StartProblem {
    use ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    if matches!(kind, PermissionDenied | ReadOnlyFilesystem) {
        StartProblem::FolderReadOnly { folder }
    } else if matches!(kind, StorageFull | QuotaExceeded) {
        StartProblem::DiskFull { folder }
    } else {
        StartProblem::FolderUnusable { folder }
    }
}

fn not_started(unusable: Unusable) -> Started {
    let Unusable {
        problem,
        greeting,
        training,
    } = unusable;
    tracing::error!(?problem, "the station does not start");
    Started {
        station: Station::not_started(problem, greeting, training),
        works: false,
        person_window: false,
        hand_outs: None,
        row_pictures: None,
        browser_place: BrowserPlace::default(),
    }
}

/// What it means that a configuration was not read.
fn file_problem(error: &ConfigFileError, file: String) -> StartProblem {
    match error {
        ConfigFileError::Unreadable(_) if error.is_missing() => {
            StartProblem::ConfigurationMissing { file }
        }
        ConfigFileError::Unreadable(_) | ConfigFileError::NotText => {
            StartProblem::ConfigurationUnreadable { file }
        }
        ConfigFileError::Kind(_) | ConfigFileError::TooLong => StartProblem::Configuration {
            file,
            problems: vec![error.to_string()],
        },
    }
}

/// Takes what the proxy is told from the store. Without it the station starts all the same: what the proxy then wants is
/// said where it says so.
fn introduced(mut setup: Setup) -> Setup {
    setup = known_to_the_relay(setup);
    if !setup.tells_the_proxy {
        return setup;
    }
    match ToldTo::Proxy.recall(&CredentialStore::system()) {
        Ok(Some(kept)) => {
            if !setup.tell_the_proxy(&kept.user, &kept.password) {
                tracing::warn!("what is kept for the proxy cannot be told to any");
            }
        }
        Ok(None) => tracing::warn!("nothing is kept for the proxy: madoguchictl proxy store"),
        Err(error) => tracing::warn!(%error, "what is kept for the proxy could not be read"),
    }
    setup
}

/// The same for the site's mail server.
fn known_to_the_relay(mut setup: Setup) -> Setup {
    if !setup.tells_the_relay() {
        return setup;
    }
    match ToldTo::MailRelay.recall(&CredentialStore::system()) {
        Ok(Some(kept)) => setup.tell_the_relay(&kept.user, &kept.password),
        Ok(None) => tracing::warn!("nothing is kept for the mail server: madoguchictl mail store"),
        Err(error) => {
            tracing::warn!(%error, "what is kept for the mail server could not be read");
        }
    }
    setup
}

fn configured(beginning: &Beginning, data_dir: &Path) -> Result<Started, Unusable> {
    let name = || beginning.config.display().to_string();
    let unread = |error: &ConfigFileError| Unusable {
        problem: file_problem(error, name()),
        greeting: Greeting::default(),
        training: cfg!(feature = "training"),
    };
    let file = beginning.file.as_ref();
    let ConfigFile { text, exposed } = file.map_err(unread)?;
    let unusable = |problem: StartProblem, training: bool| Unusable {
        problem,
        greeting: Greeting::read(text),
        // A build with lessons inside never works on anything else.
        training: training || cfg!(feature = "training"),
    };
    let wrong = |problems: Vec<String>| {
        let file = name();
        unusable(StartProblem::Configuration { file, problems }, false)
    };
    let (config, exposed) = Config::of_file(text, exposed.as_deref(), &judged)
        .map_err(|errors| wrong(errors.iter().map(ToString::to_string).collect()))?;
    for exposed in &exposed {
        tracing::warn!("{exposed}");
    }
    let setup: Setup = config
        .setup(&ports::draw)
        .map_err(|error| wrong(vec![error.to_string()]))?;
    let setup = introduced(setup);
    let (person_window, training) = (setup.person_window, setup.site.training);
    let (wanted, hand_outs) = mpsc::unbounded_channel();
    let hand_outs = Some((hand_outs, setup.hand_outs_to.clone()));
    let browser_place = BrowserPlace::default();
    let test_browser = setup.test.as_ref().and_then(|test| test.browser.clone());
    let of_config = OfConfig {
        browser: setup.browser.clone(),
        test_browser: (test_browser, browser_place.clone()),
        remember_operator: setup.remember_operator,
        exposed: !exposed.is_empty(),
    };
    let (draw, row_pictures) = mpsc::unbounded_channel();
    let ports = Ports {
        hand_outs: Some(wanted),
        row_pictures: Some(draw),
        ..ports::ports(of_config, data_dir, beginning)
    };
    let record = ports.record.clone();
    let station =
        Station::start(setup, ports).map_err(|error| unusable(error.problem(&record), training))?;
    Ok(Started {
        station,
        works: true,
        person_window,
        hand_outs,
        row_pictures: Some(row_pictures),
        browser_place,
    })
}

/// Who else can change what the configuration names.
fn judged(named: Named<'_>) -> Option<String> {
    match named {
        Named::Path(path) => host::named::exposed(path),
        Named::Program(program) => host::named::exposed_program(program),
    }
}
