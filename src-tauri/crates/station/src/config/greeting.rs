//! What is said of the site where its configuration cannot be used.

use onboarding::{Lang, Mode, OPERATOR_STARTS, PERSON_STARTS};
use toml::de::{DeTable, DeValue};

use super::site;

/// Languages, telephone number and mode, as far as a file can be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// The language the operator's side begins in.
    pub operator: Lang,
    /// The language the person's side begins in.
    pub person: Lang,
    /// Whom to call; empty where it is not known.
    pub help_line: String,
    /// A kiosk whose configuration is spoilt stays one. Where nothing says so, whoever repairs it wants the window
    /// closed.
    pub mode: Mode,
}

impl Default for Greeting {
    fn default() -> Self {
        Self {
            operator: Lang::Ja,
            person: Lang::Ja,
            help_line: String::new(),
            mode: Mode::Desk,
        }
    }
}

impl Greeting {
    /// Reads what can be read of a configuration, whatever else is wrong with it. What cannot is as without one:
    /// Japanese.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (table, _complaints) = DeTable::parse_recoverable(text);
        let table = table.get_ref();
        let said = |section: &str, key: &str| {
            let section = table.get(section)?.get_ref();
            let DeValue::Table(section) = section else {
                return None;
            };
            section.get(key)?.get_ref().as_str().map(str::to_owned)
        };
        let lang = |key: &str, starts: &[&str]| {
            let code = said("language", key)?;
            starts.contains(&&*code).then(|| Lang::of(&code)).flatten()
        };
        let none = Self::default();
        let mode = table.get("mode").and_then(|mode| mode.get_ref().as_str());
        let help_line = said("site", "help_line");
        Self {
            operator: lang("operator", OPERATOR_STARTS).unwrap_or(none.operator),
            person: lang("person", PERSON_STARTS).unwrap_or(none.person),
            help_line: help_line
                .filter(|line| site::help_line(line).is_ok())
                .unwrap_or(none.help_line),
            mode: match mode {
                Some("kiosk") => Mode::Kiosk,
                Some(_) | None => Mode::Desk,
            },
        }
    }
}
