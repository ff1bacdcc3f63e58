//! The form of `tests/examples`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// Whatever keeps the examples from being tried at all.
pub type CannotTry = Box<dyn std::error::Error + Send + Sync>;

/// One documented request with its answer, in this project's own values.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// Repository and path of the page it is from.
    pub page: String,
    /// The case of the person `{person}` and `{upn}` stand for.
    #[serde(default)]
    pub person: Option<String>,
    /// Switches of the simulated tenant it is tried with.
    #[serde(default)]
    pub switches: BTreeMap<String, Value>,
    /// Control calls that come first.
    #[serde(default)]
    pub before: Vec<Request>,
    /// What is sent to the simulated tenant; absent where only an answer is documented.
    pub request: Option<Request>,
    /// What comes back.
    pub answer: DocumentedAnswer,
    /// How the client reads that answer; absent where the app never asks so.
    pub read: Option<Read>,
}

/// A request, with placeholders in braces.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// GET, POST, …
    pub method: String,
    /// From the version on: `/v1.0/users/{person}`; the query is encoded before it is sent.
    pub path: String,
    /// Headers beside the token.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Its JSON, or the fields of its form where the path is one of the authority's.
    pub body: Option<Value>,
}

/// An answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentedAnswer {
    /// The status.
    pub status: u16,
    /// Headers that come, with a value for the client.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The documented members, of which each must come in its kind; absent where there is no body.
    pub body: Option<Value>,
    /// Members that may be null though the page shows a value, or the other way round.
    #[serde(default)]
    pub or_null: Vec<String>,
    /// Members of which the very value is documented.
    #[serde(default)]
    pub exactly: Vec<String>,
}

impl DocumentedAnswer {
    /// 204 and no more.
    pub(crate) fn nothing() -> Self {
        Self {
            status: 204,
            headers: BTreeMap::new(),
            body: None,
            or_null: Vec::new(),
            exactly: Vec::new(),
        }
    }
}

/// How the client reads an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// The client's operation.
    pub by: crate::operation::Operation,
    /// What it makes of the answer; members that do not stand here are not looked at.
    pub gives: Value,
}

/// Every example below a folder, in the order of files.
///
/// # Errors
/// When a file cannot be read, is no list of examples, or two have one name.
pub fn all(folder: &Path) -> Result<Vec<Example>, CannotTry> {
    let listed: Result<Vec<_>, _> = std::fs::read_dir(folder)?.collect();
    let mut files: Vec<_> = listed?.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "yaml"));
    files.sort();
    let mut all: Vec<Example> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let options = serde_saphyr::options! { strict_booleans: true };
        let read: Vec<Example> = serde_saphyr::from_str_with_options(&text, options)
            .map_err(|problem| format!("{}: {problem}", file.display()))?;
        all.extend(read);
    }
    let mut names: Vec<&str> = all.iter().map(|example| example.name.as_str()).collect();
    names.sort_unstable();
    if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!("two examples are called {}", twice[0]).into());
    }
    Ok(all)
}
