//! What a bench says: figures with their bar and their peers, as lines for people and as a JSON list.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde::Serialize;

/// One measured value.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    /// What was measured, in a name that lasts: `tenant/methods-ratio`.
    pub(crate) name: String,
    pub(crate) value: f64,
    /// `ratio`, `s`, `requests`, `requests/s`, `%`, …
    pub(crate) unit: &'static str,
    /// The bar in words (`>= 0.35`), where there is one.
    pub(crate) bar: Option<String>,
    /// Whether the bar holds; absent where there is none.
    pub(crate) holds: Option<bool>,
    /// The same measure of others in the same run, by their names.
    pub(crate) peers: BTreeMap<String, f64>,
}

impl Figure {
    /// A value without a bar.
    pub(crate) fn plain(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            bar: None,
            holds: None,
            peers: BTreeMap::new(),
        }
    }

    /// The value must not be above this.
    pub(crate) fn at_most(mut self, bar: f64) -> Self {
        self.bar = Some(format!("<= {bar}"));
        self.holds = Some(self.value <= bar);
        self
    }

    /// The value must not be below this.
    pub(crate) fn at_least(mut self, bar: f64) -> Self {
        self.bar = Some(format!(">= {bar}"));
        self.holds = Some(self.value >= bar);
        self
    }

    /// What another got in the same run.
    pub(crate) fn beside(mut self, peer: impl Into<String>, value: f64) -> Self {
        self.peers.insert(peer.into(), value);
        self
    }

    /// Whether the bar holds, where there is one.
    pub(crate) fn fits(&self) -> bool {
        self.holds.unwrap_or(true)
    }
}

/// Prints the figures and, where a file is named, writes them there. Fails when the file cannot be written.
pub(crate) fn publish(figures: &[Figure], json: Option<&Path>) -> std::io::Result<()> {
    for figure in figures {
        line(&row(figure));
    }
    let Some(path) = json else { return Ok(()) };
    let mut text = serde_json::to_string_pretty(figures)?;
    text.push('\n');
    std::fs::write(path, text)
}

/// Writes one line for the person at the terminal; a closed pipe is no reason to stop.
pub(crate) fn line(words: &str) {
    drop(writeln!(std::io::stdout().lock(), "{words}"));
}

fn row(figure: &Figure) -> String {
    let mark = match figure.holds {
        Some(true) => "holds",
        Some(false) => "FAILS",
        None => "     ",
    };
    let bar = figure.bar.as_deref().unwrap_or("");
    let peers: Vec<String> = figure
        .peers
        .iter()
        .map(|(name, value)| format!("{name} {value:.3}"))
        .collect();
    format!(
        "{mark} {:<40} {:>10.3} {:<10} {bar:<10} {}",
        figure.name,
        figure.value,
        figure.unit,
        peers.join(", ")
    )
}
