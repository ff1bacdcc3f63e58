//! The tour's browser command: signs an operator in through the tenant's own pages, without a person.
//!
//! The app starts it as its configured browser and knows nothing of it.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use headless_browser::{Answers, sign_in, signs_out};
use serde::{Deserialize, Serialize};
use url::Url;
use workplace::{Failure, Outcome};

use crate::beside::wait_until;

/// How the app's browser command calls us.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A JSON file with the operator's `upn` and `password`.
    #[arg(long, value_name = "FILE")]
    account: PathBuf,
    /// Begin only when this file exists; `cancel` in it presses the page's way out.
    #[arg(long, value_name = "FILE")]
    release: Option<PathBuf>,
    /// Write here how it went; the app gives its browser no terminal.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The page to open.
    url: Url,
}

/// Whom to sign in.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) upn: String,
    pub(crate) password: String,
}

const RELEASE_LIMIT: Duration = Duration::from_secs(180);

/// Signs in and says in the report how it went.
pub(crate) fn run(options: &Options) -> Outcome<()> {
    let outcome = signed_in(options);
    if let Some(report) = &options.report {
        let words = match &outcome {
            Ok(()) => "the sign-in came to its end".to_owned(),
            Err(failure) => failure.to_string(),
        };
        fs::write(report, words)?;
    }
    outcome
}

fn signed_in(options: &Options) -> Outcome<()> {
    let account: Account = serde_json::from_str(&fs::read_to_string(&options.account)?)?;
    let button = match signs_out(&options.url) {
        true => None,
        false => released(options)?,
    };
    let answers = Answers {
        upn: &account.upn,
        password: &account.password,
        button: button.as_deref(),
    };
    Ok(sign_in(&options.url, &answers)?)
}

/// Waits for the release; gives the value of the button to press instead of the first.
fn released(options: &Options) -> Outcome<Option<String>> {
    let Some(release) = &options.release else {
        return Ok(None);
    };
    let word = wait_until(RELEASE_LIMIT, || fs::read_to_string(release).ok())
        .ok_or_else(|| Failure::new("nobody released the sign-in"))?;
    Ok((word.trim() == "cancel").then_some(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, button: Option<&str>) {
        let folder = tempfile::tempdir().unwrap();
        let release = folder.path().join("release");
        fs::write(&release, word).unwrap();
        let options = Options {
            account: PathBuf::new(),
            release: Some(release),
            report: None,
            url: Url::parse("http://127.0.0.1:1/").unwrap(),
        };
        assert_eq!(released(&options).unwrap().as_deref(), button);
    }

    #[test]
    fn the_release_says_which_button_is_pressed() {
        check("go", None);
        check("cancel", Some("cancel"));
    }

    #[test]
    fn how_it_went_stands_in_the_report() {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("report");
        let options = Options {
            account: folder.path().join("nobody.json"),
            release: None,
            report: Some(report.clone()),
            url: Url::parse("http://127.0.0.1:1/").unwrap(),
        };
        assert!(run(&options).is_err());
        assert!(!fs::read_to_string(report).unwrap().is_empty());
    }
}
