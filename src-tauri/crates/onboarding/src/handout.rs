//! The hand-out: what a person takes home on paper. Nothing of the directory is on it, and never the pass.

use serde::Serialize;
use ts_rs::TS;

use crate::language::{Lang, Words};
use crate::policy::{Paper, PhoneOs, StoreLink};
use crate::record::RegisteredKind;
use crate::retirement::PasswordFate;
use crate::site_files::{SiteFile, SiteFiles};
use crate::trouble::Message;
use crate::walkthrough::pack::{PhoneScreen, RowKind, RowNeed};

/// Everything that is printed. It is the same for everybody who goes this way with this phone in this language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct HandOut {
    pub paper: Paper,
    pub lang: Lang,
    /// The paper says that it comes from a training station.
    pub training: bool,
    pub organisation: Words,
    pub help_line: String,
    /// The walk-through, where the words of the rows lie.
    pub pack: String,
    pub rows: Vec<HandOutRow>,
    pub phone_os: PhoneOs,
    pub phone_lang: Lang,
    pub stores: Vec<StoreLink>,
    /// Where passwordless sign-in helps (S06–S09) and where it is not used (S10, S11).
    pub helps: Vec<Words>,
    pub not_used: Vec<Words>,
    /// What to know tomorrow, in the place of the steps, once the phone is registered.
    pub card: Option<ClosingCard>,
    /// The site's own walk-throughs and reading languages.
    #[ts(as = "Vec<SiteFile>")]
    pub site_files: SiteFiles,
}

/// What the closing card says besides; it bears no name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ClosingCard {
    pub kind: Option<RegisteredKind>,
    pub password: PasswordFate,
    pub help_hours: Option<Words>,
    pub after_hours: Option<Words>,
}

/// One step on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct HandOutRow {
    pub id: String,
    pub number: Option<u8>,
    pub kind: RowKind,
    /// A row that needs something from the screen is put in other words on paper.
    pub needs: Vec<RowNeed>,
    /// Message key of who has this step at all.
    pub condition: Option<String>,
    /// Label key of the control to tap.
    pub tap: Option<String>,
    /// What the phone shows: drawn beside the row where there is room for pictures.
    pub phone: PhoneScreen,
}

/// The hand-out as the operator sees it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HandOutView {
    /// The size the site hands out; the other one may be wanted too.
    pub paper: Paper,
    pub making: bool,
    /// What became of the last one.
    pub done: Option<Message>,
}

/// What became of a hand-out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOutDone {
    /// The site's print command took it.
    Printed,
    /// It lies in this file.
    Saved { file: String },
}
