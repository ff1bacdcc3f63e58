//! The tour's browser: signs an operator in through the tenant's own pages, without a person.
//!
//! It is started by the app as its configured browser command and knows nothing of the app.

mod page;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ureq::{Agent, ResponseExt};
use url::Url;

use self::page::Form;
use crate::failure::{During, Failure, Outcome};
use crate::run::wait_until;

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

/// Pages a sign-in may take before something is wrong.
const PAGES: usize = 8;
const RELEASE_LIMIT: Duration = Duration::from_secs(180);
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// Signs in and says in the report how it went.
pub(crate) fn run(options: &Options) -> Outcome<()> {
    let outcome = released(options)
        .and_then(|button| sign_in(&options.account, &options.url, button.as_deref()));
    if let Some(report) = &options.report {
        let words = match &outcome {
            Ok(()) => "signed in".to_owned(),
            Err(failure) => failure.to_string(),
        };
        fs::write(report, words)?;
    }
    outcome
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

fn sign_in(account: &Path, url: &Url, button: Option<&str>) -> Outcome<()> {
    let account: Account = serde_json::from_str(&fs::read_to_string(account)?)?;
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(ANSWER_LIMIT))
        .http_status_as_error(false)
        .build()
        .into();
    let mut page = read(agent.get(url.as_str()).call().during("the sign-in page")?)?;
    for _ in 0..PAGES {
        if page.has_come_back() {
            return Ok(());
        }
        let form = page.form()?;
        let fields = form.filled(button, |name| match name {
            "loginfmt" => Some(account.upn.clone()),
            "passwd" => Some(account.password.clone()),
            _ => None,
        });
        let fields = fields.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let target = page.url.join(&form.action)?;
        let answer = if form.posts {
            agent.post(target.as_str()).send_form(fields)
        } else {
            let mut target = target;
            target.query_pairs_mut().clear().extend_pairs(fields);
            agent.get(target.as_str()).call()
        };
        page = read(answer.during(&format!("the page at {}", page.url.path()))?)?;
    }
    Err(Failure::new(format!(
        "the sign-in did not come to an end; the last page was {}",
        page.url.path()
    )))
}

struct Page {
    url: Url,
    forms: Vec<Form>,
}

impl Page {
    /// The app's listener has had its answer: the address carries it.
    fn has_come_back(&self) -> bool {
        self.url.path() == "/"
            && self
                .url
                .query_pairs()
                .any(|(name, _)| name == "code" || name == "error")
    }

    /// The form a person would fill: the first one that asks for something, else the first.
    fn form(&self) -> Outcome<&Form> {
        self.forms
            .iter()
            .find(|form| form.asks_for("loginfmt") || form.asks_for("passwd"))
            .or_else(|| self.forms.first())
            .ok_or_else(|| Failure::new(format!("the page at {} asks nothing", self.url.path())))
    }
}

fn read(mut answer: ureq::http::Response<ureq::Body>) -> Outcome<Page> {
    let url = Url::parse(&answer.get_uri().to_string())?;
    let text = answer.body_mut().read_to_string()?;
    Ok(Page {
        url,
        forms: page::forms(&text),
    })
}
