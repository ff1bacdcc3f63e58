//! The browser of the tour's sign-in tests: the person's own pages, in a window where there is a browser, else without.
//!
//! The app starts it as the site's own program and knows nothing of it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use headless_browser::{Answers, sign_in_watched};
use serde::{Deserialize, Serialize};
use url::Url;
use workplace::{During, Outcome};

use crate::beside::wait_until;
use crate::control::Control;
use crate::stage::VISITOR;

/// How the app's configuration calls it.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder that is thrown away after it.
    #[arg(long, value_name = "DIR")]
    profile: PathBuf,
    /// Write here which process it is and which folder it was given.
    #[arg(long, value_name = "FILE")]
    report: PathBuf,
    /// A browser with a window, for the first of them: it takes its time to open.
    #[arg(long, value_name = "PROGRAM")]
    window: Option<PathBuf>,
    /// Where that browser's window is wanted, as `WIDTHxHEIGHT+X+Y`; the window manager puts it there.
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    place: Option<String>,
    /// Where it is seen that the number was typed on the phone.
    #[arg(long, value_name = "URL")]
    control: String,
    /// The page to open.
    url: Url,
}

/// What is told of a browser that was opened.
#[derive(Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) process: u32,
    pub(crate) profile: PathBuf,
    /// Where its window is wanted.
    pub(crate) place: Option<String>,
}

const NUMBER_LIMIT: Duration = Duration::from_secs(170);

/// Opens the page and stays until it is ended, or until the sign-in is over.
pub(crate) fn run(options: &Options) -> Outcome<()> {
    let report = Report {
        process: std::process::id(),
        profile: options.profile.clone(),
        place: options.place.clone(),
    };
    fs::write(options.profile.join("used"), "")?;
    fs::write(&options.report, serde_json::to_string(&report)?)?;
    let before = options.report.with_extension("before");
    let first = !before.exists();
    fs::write(&before, "")?;
    match options.window.as_ref().filter(|_| first) {
        Some(program) => {
            // In the app's process group for it, so it ends with it.
            let mut command = Command::new(program);
            command
                .arg(format!("--class={VISITOR}"))
                .args(["--private", options.url.as_str()])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            command.status().during("the browser").map(drop)
        }
        None => without_a_window(options),
    }
}

fn without_a_window(options: &Options) -> Outcome<()> {
    // Whoever it is for stands in the address that the page leads to.
    let answers = Answers {
        upn: "",
        password: "",
        button: None,
    };
    let control = Control(&options.control);
    let typed = |page: &str| {
        if page == "approve" {
            wait_until(NUMBER_LIMIT, || {
                let waits = control.numbers().unwrap_or(1);
                (waits == 0).then_some(())
            });
        }
    };
    Ok(sign_in_watched(&options.url, &answers, &typed)?)
}
