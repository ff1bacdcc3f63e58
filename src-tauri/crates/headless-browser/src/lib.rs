//! A browser without a person: fills the tenant's own sign-in forms, for tests and the tour.

mod page;

use std::time::Duration;

use page::Form;
use ureq::{Agent, ResponseExt};
use url::Url;

/// What is typed into the forms.
pub struct Answers<'a> {
    pub upn: &'a str,
    pub password: &'a str,
    /// The value of the button to press instead of the first, such as `cancel`.
    pub button: Option<&'a str>,
}

/// Told the name of each page before it is answered.
pub type Watcher<'a> = &'a dyn Fn(&str);

/// The pages did not lead back to the app.
#[derive(Debug, thiserror::Error)]
pub enum BrowseError {
    #[error("{during}: {source}")]
    Http {
        during: String,
        source: Box<ureq::Error>,
    },
    #[error("an address cannot be read: {0}")]
    Address(#[from] url::ParseError),
    #[error("the page at {0} asks nothing")]
    NoForm(String),
    #[error("the sign-in did not come to an end; the last page was {0}")]
    Endless(String),
}

const PAGES: usize = 8;
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// Opens `url` and fills one page after the other until the app's loopback listener has its answer. An address that
/// signs the browser out asks nothing and is only opened.
///
/// # Errors
/// [`BrowseError`] when a page cannot be had or asks nothing, or after eight pages.
pub fn sign_in(url: &Url, answers: &Answers<'_>) -> Result<(), BrowseError> {
    sign_in_watched(url, answers, &|_| {})
}

/// The same where something has to happen elsewhere before a page is answered: a number typed on a phone.
///
/// # Errors
/// As [`sign_in`].
pub fn sign_in_watched(
    url: &Url,
    answers: &Answers<'_>,
    watcher: Watcher<'_>,
) -> Result<(), BrowseError> {
    let agent = agent();
    let mut page = read(agent.get(url.as_str()).call(), "the sign-in page")?;
    if signs_out(url) {
        return Ok(());
    }
    for _ in 0..PAGES {
        if page.has_come_back() {
            return Ok(());
        }
        watcher(&page.name);
        page = filled(&agent, &page, answers)?;
    }
    Err(BrowseError::Endless(page.url.path().to_owned()))
}

/// The same where the sign-in leads to a page and no app: what stands on the first one that asks nothing more.
///
/// # Errors
/// As [`sign_in`].
pub fn sign_in_to_page(
    url: &Url,
    answers: &Answers<'_>,
    watcher: Watcher<'_>,
) -> Result<String, BrowseError> {
    let agent = agent();
    let mut page = read(agent.get(url.as_str()).call(), "the sign-in page")?;
    for _ in 0..PAGES {
        if page.forms.is_empty() {
            return Ok(page.text);
        }
        watcher(&page.name);
        page = filled(&agent, &page, answers)?;
    }
    Err(BrowseError::Endless(page.url.path().to_owned()))
}

fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(ANSWER_LIMIT))
        .http_status_as_error(false)
        .build()
        .into()
}

/// The page after this one, once its form is filled.
fn filled(agent: &Agent, page: &Page, answers: &Answers<'_>) -> Result<Page, BrowseError> {
    let form = page.form()?;
    let fields = form.filled(answers.button, |name| match name {
        "loginfmt" => Some(answers.upn.to_owned()),
        "passwd" => Some(answers.password.to_owned()),
        _ => None,
    });
    let fields = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let mut target = page.url.join(&form.action)?;
    let answer = if form.posts {
        agent.post(target.as_str()).send_form(fields)
    } else {
        target.query_pairs_mut().clear().extend_pairs(fields);
        agent.get(target.as_str()).call()
    };
    read(answer, page.url.path())
}

/// Whether an address is the tenant's place to sign out at.
#[must_use]
pub fn signs_out(url: &Url) -> bool {
    url.path().ends_with("/logout")
}

struct Page {
    url: Url,
    /// What the tenant calls it.
    name: String,
    text: String,
    forms: Vec<Form>,
}

impl Page {
    /// The app's listener has had its answer: the address carries it.
    fn has_come_back(&self) -> bool {
        let answered =
            |(name, _): (std::borrow::Cow<'_, str>, _)| name == "code" || name == "error";
        self.url.path() == "/" && self.url.query_pairs().any(answered)
    }

    /// The form a person would fill: the first one that asks for something, else the first.
    fn form(&self) -> Result<&Form, BrowseError> {
        let asks = |form: &&Form| form.asks_for("loginfmt") || form.asks_for("passwd");
        let first = || self.forms.first();
        self.forms
            .iter()
            .find(asks)
            .or_else(first)
            .ok_or_else(|| BrowseError::NoForm(self.url.path().to_owned()))
    }
}

fn read(
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    during: &str,
) -> Result<Page, BrowseError> {
    let http = |source| BrowseError::Http {
        during: during.to_owned(),
        source: Box::new(source),
    };
    let mut answer = answer.map_err(http)?;
    let url = Url::parse(&answer.get_uri().to_string())?;
    let text = answer.body_mut().read_to_string().map_err(http)?;
    let name = text.split("data-page=\"").nth(1);
    let name = name.and_then(|rest| rest.split('"').next());
    Ok(Page {
        url,
        name: name.unwrap_or_default().to_owned(),
        forms: page::forms(&text),
        text,
    })
}
