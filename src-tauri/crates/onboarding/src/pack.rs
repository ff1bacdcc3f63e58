//! A walk-through as data: rows, their conditions, the light each row ends with, the phone's screen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::live::Light;

/// One walk-through. Its words lie beside it: `messages.<lang>.ftl` for reading, `labels.<lang>.ftl` for what the phone shows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub id: String,
    pub version: u32,
    pub reading_languages: Vec<String>,
    pub phone_languages: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row: what the phone shows and what is done there. `<id>-say` is its sentence, `<id>-more` what may be added.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub id: String,
    /// The number of the customer's guide this row fulfils, e.g. `S25.6`.
    pub demand: String,
    /// Row number the person sees; none for what comes before the first row.
    pub number: Option<u8>,
    pub kind: RowKind,
    #[serde(default)]
    pub needs: Vec<RowNeed>,
    /// Message key of a condition: only some people see this row.
    pub condition: Option<String>,
    /// When the live check lights this, the row and all before it are done.
    pub light: Option<Light>,
    /// Label key of the control to tap.
    pub tap: Option<String>,
    pub screen: PhoneScreen,
}

/// Whether the person acts, waits, prepares or is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    Prepare,
    Act,
    Wait,
    Done,
}

/// What else must be on the screen while a row is in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowNeed {
    StoreCodes,
    SignInName,
    Pass,
    Privacy,
}

/// A phone screen as a list of elements from top to bottom; the page draws it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhoneScreen {
    /// `app` (the app's own page), `web` (a sign-in page), `sheet` (a panel over the app) or `home`.
    pub frame: String,
    pub elements: Vec<Element>,
}

/// One thing on a phone screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Element {
    pub kind: ElementKind,
    /// Label key in the pack's label files.
    pub text: Option<String>,
    /// A second, smaller label.
    pub detail: Option<String>,
    /// The control to tap: ringed.
    #[serde(default)]
    pub target: bool,
    /// Name of a drawn symbol.
    pub icon: Option<String>,
}

/// The kinds of things the drawing knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    AppBar,
    Heading,
    Text,
    Illustration,
    ListItem,
    Account,
    /// An entry field; its text is the value shown in it: `sign_in_name`, `pass` or a label key.
    Field,
    Button,
    ButtonSecondary,
    Link,
    Spinner,
    Check,
    /// A round + in the app bar or the corner.
    Plus,
    Spacer,
}

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("the pack cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    #[error("row {row}: {what}")]
    Row { row: String, what: &'static str },
    #[error("the pack has no rows")]
    Empty,
}

impl Pack {
    /// Reads and checks `pack.toml`.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        let pack: Self = toml::from_str(text)?;
        pack.check()?;
        Ok(pack)
    }

    /// The place of a row by its id.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    /// How many rows carry a number.
    #[must_use]
    pub fn numbered(&self) -> u8 {
        self.rows
            .iter()
            .filter_map(|row| row.number)
            .max()
            .unwrap_or(0)
    }

    fn check(&self) -> Result<(), PackError> {
        if self.rows.is_empty() {
            return Err(PackError::Empty);
        }
        let mut seen = std::collections::BTreeSet::new();
        let mut last = 0;
        for row in &self.rows {
            let bad = |what| PackError::Row {
                row: row.id.clone(),
                what,
            };
            if !seen.insert(row.id.as_str()) {
                return Err(bad("its id is used twice"));
            }
            if let Some(number) = row.number {
                if number != last + 1 {
                    return Err(bad("its number does not follow the one before"));
                }
                last = number;
            }
            let targets = row.screen.elements.iter().filter(|e| e.target).count();
            let wanted = usize::from(row.kind == RowKind::Act);
            if targets != wanted {
                return Err(bad("a row that acts has exactly one target, another none"));
            }
            if row.tap.is_some() != (row.kind == RowKind::Act) {
                return Err(bad(
                    "a row that acts names the label to tap, another does not",
                ));
            }
        }
        Ok(())
    }
}
