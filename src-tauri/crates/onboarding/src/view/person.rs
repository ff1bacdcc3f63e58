//! What the person's window draws.

use serde::Serialize;
use ts_rs::TS;

use super::after::PersonAfterScreen;
use super::parts::{LiveView, RailRow};
use crate::ids::VisitId;
use crate::language::{Lang, Words};
use crate::policy::{GuestWifi, PhoneOs, StoreLink, TextSize};
use crate::record::{RegisteredKind, VisitOutcome};
use crate::retirement::{AgainTold, UseAnswer, UseQuestion, UseWords};
use crate::secret::Glyph;
use crate::site_files::{SiteFile, SiteFiles};
use crate::walkthrough::pack::{PhoneScreen, RowKind, RowNeed};

/// Everything the person's window draws.
#[derive(Clone, Serialize, TS)]
pub struct PersonView {
    #[ts(type = "number")]
    pub revision: u64,
    pub lang: Lang,
    pub training: bool,
    pub help_line: String,
    pub organisation: Words,
    pub text_size: TextSize,
    pub reading_aloud: bool,
    /// Whose screen this is: a page keeps nothing from one visit to another.
    pub visit: Option<VisitId>,
    /// The number of this visit, or the one that is called.
    pub ticket: Option<u32>,
    /// Words the page looks at before its own; empty where the site has none.
    #[ts(as = "Vec<SiteFile>")]
    pub site_files: SiteFiles,
    pub screen: PersonScreen,
}

/// The person's screens.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum PersonScreen {
    /// The station cannot work at the moment.
    OutOfService,
    /// The visit ended because another operator takes over; what comes next is said.
    HandedOver,
    /// What this is, where it helps and where not, and where to get the app.
    Welcome {
        stores: Vec<StoreLink>,
        helps: Vec<Words>,
        not_used: Vec<Words>,
    },
    /// Someone checks who the person is.
    Checking { name: String },
    Walk {
        name: String,
        upn_local: String,
        upn_domain: String,
        /// The person's mail address, shown struck out; none when it equals the sign-in name.
        mail: Option<String>,
        row: Box<PersonRow>,
        rail: Vec<RailRow>,
        stores: Vec<StoreLink>,
        /// Somebody said which phone it is: only its store is shown.
        phone_chosen: bool,
        /// Only while the app is installed, and where the site has one for guests.
        wifi: Option<GuestWifi>,
        pass: PersonPass,
        live: LiveView,
        /// Whether "next" and "back" lead anywhere.
        may_next: bool,
        may_back: bool,
        /// The row in hand waits for a pass: its control is not to be tapped yet.
        held: bool,
        /// The last row's button was pressed: the operator has been told.
        said_done: bool,
        phone_shows: Box<PhoneShows>,
    },
    Registered {
        name: String,
        upn_local: String,
        upn_domain: String,
        kind: RegisteredKind,
        device_name: Option<String>,
        /// Rows still to tap through on the phone.
        row: PersonRow,
        may_next: bool,
        may_back: bool,
    },
    Goodbye {
        how: VisitOutcome,
        helps: Vec<Words>,
        not_used: Vec<Words>,
        /// It was asked whether a password is needed again.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        again: Option<AgainTold>,
    },
    /// Whether a password is needed again. It bears no name.
    AgainQuestion {
        question: UseQuestion,
        #[serde(flatten)]
        asks: UseWords,
        answer: Option<UseAnswer>,
        /// The person has the phone that signs in, as far as is known.
        phone_works: bool,
    },
    /// That was answered: what happens now. It bears no name.
    PasswordAgain {
        #[serde(flatten)]
        told: AgainTold,
    },
    #[serde(untagged)]
    #[ts(untagged)]
    After(PersonAfterScreen),
}

impl PersonScreen {
    /// Takes the person's name and sign-in name off the screen, and the phone's, which often bears the person's.
    pub(crate) fn blank_names(&mut self) {
        match self {
            Self::Checking { name } => name.clear(),
            Self::Walk {
                name,
                upn_local,
                upn_domain,
                mail,
                live,
                ..
            } => {
                for text in [name, upn_local, upn_domain] {
                    text.clear();
                }
                *mail = None;
                live.blank_names();
            }
            Self::Registered {
                name,
                upn_local,
                upn_domain,
                device_name,
                ..
            } => {
                for text in [name, upn_local, upn_domain] {
                    text.clear();
                }
                *device_name = None;
            }
            // What follows the registration bears no name.
            Self::OutOfService
            | Self::HandedOver
            | Self::Welcome { .. }
            | Self::Goodbye { .. }
            | Self::AgainQuestion { .. }
            | Self::PasswordAgain { .. }
            | Self::After(_) => {}
        }
    }
}

/// What the phone shows, as far as the person said.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "shows", rename_all = "snake_case")]
pub enum PhoneShows {
    /// The row's own screen.
    Row,
    /// Something else: which of these?
    Different { screens: Vec<OtherScreenCard> },
    /// None of the known ones; the operator looks.
    Unknown,
    /// This one, from which the way leads back to a row.
    Other {
        screen: OtherScreenCard,
        back_to: String,
        back_to_number: Option<u8>,
        way: Way,
    },
}

/// Where the way from another screen leads, seen from the row in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Forward,
    /// To this row or one before it.
    Back,
    /// Nowhere without help: the operator has been told.
    Told,
}

/// A known screen that is not the row's.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OtherScreenCard {
    pub id: String,
    pub tap: Option<String>,
    pub phone: PhoneScreen,
}

/// The row in hand.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonRow {
    pub pack: String,
    pub id: String,
    pub demand: String,
    pub number: Option<u8>,
    pub of: u8,
    /// Of the screens of the app's first start, which one this is.
    pub first_start: Option<FirstStart>,
    pub kind: RowKind,
    pub needs: Vec<RowNeed>,
    pub condition: Option<String>,
    pub tap: Option<String>,
    pub phone: PhoneScreen,
    pub phone_os: PhoneOs,
    pub phone_lang: Lang,
}

/// One of the screens that whoever opens the app for the first time meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FirstStart {
    pub number: u8,
    pub of: u8,
}

/// The pass on the person's screen. Only `Shown` holds it, as character codes.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PersonPass {
    NotYet,
    Coming,
    Settling {
        remaining_s: u32,
    },
    Hidden {
        remaining_s: u32,
        may_reveal: bool,
        /// Nobody shows it before the operator is back.
        locked: bool,
    },
    Shown {
        glyphs: Vec<Glyph>,
        remaining_s: u32,
        hides_in_s: u32,
        /// One press keeps it in sight for as long again.
        may_longer: bool,
    },
    Entered {
        finish_s: Option<u32>,
    },
    Expired,
    /// Somebody made another one: it no longer works.
    Replaced,
    Uncertain,
}
