//! What a trial says: figures with their bar and the seed they came of.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

/// One counted or measured value.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    /// What was counted, in a name that lasts: `kill/I3`.
    pub(crate) name: String,
    pub(crate) value: f64,
    /// The bar in words (`<= 0`); empty where there is none.
    pub(crate) bar: String,
    /// Whether the bar holds; true where there is none.
    pub(crate) holds: bool,
    /// Repeats the trial with `--seed`.
    pub(crate) seed: u64,
}

impl Figure {
    /// A value without a bar.
    pub(crate) fn plain(name: impl Into<String>, value: f64, seed: u64) -> Self {
        Self {
            name: name.into(),
            value,
            bar: String::new(),
            holds: true,
            seed,
        }
    }

    /// A value that must not be above `most`.
    pub(crate) fn at_most(name: impl Into<String>, value: f64, most: f64, seed: u64) -> Self {
        Self {
            bar: format!("<= {most}"),
            holds: value <= most,
            ..Self::plain(name, value, seed)
        }
    }

    /// A value that must not be below `least`: so that a trial in which nothing happened proves nothing.
    pub(crate) fn at_least(name: impl Into<String>, value: f64, least: f64, seed: u64) -> Self {
        Self {
            bar: format!(">= {least}"),
            holds: value >= least,
            ..Self::plain(name, value, seed)
        }
    }
}

/// Prints the figures and, where a file is named, writes them there as a JSON list.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn publish(figures: &[Figure], json: Option<&Path>) -> std::io::Result<()> {
    for figure in figures {
        let mark = if figure.holds { "holds" } else { "FAILS" };
        say(&format!(
            "{mark} {:<36} {:>10.1} {:<8} seed {}",
            figure.name, figure.value, figure.bar, figure.seed
        ));
    }
    let Some(path) = json else { return Ok(()) };
    let mut text = serde_json::to_string_pretty(figures)?;
    text.push('\n');
    std::fs::write(path, text)
}

/// Writes one line for the person at the terminal; a closed pipe is no reason to stop.
pub(crate) fn say(words: &str) {
    drop(writeln!(std::io::stdout().lock(), "{words}"));
}
