//! What a site decides: numbers, lists and addresses. All of it is configuration.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::four_eyes::FourEyes;
use crate::language::{Lang, Words};
use crate::local_limits::LocalLimits;
use crate::note::NoteKind;
use crate::notice::NoticeRules;
use crate::retirement::PasswordRules;
use crate::sign_in_test::ProofSources;
use crate::telephone::Telephone;

/// Locked down at a reception, or a window on a laptop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Kiosk,
    Desk,
}

/// The system on the person's phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneOs {
    Ios,
    Android,
}

/// Three steps of text size, for each side by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    Normal,
    Large,
    Largest,
}

/// Which proof in the directory ends the live check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoneLight {
    Either,
    PhoneSignIn,
    Passkey,
}

/// Which rights the operator's sign-in asks for, and so how methods can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scopes {
    /// One right shows all methods of a person in one read.
    Wide,
    /// A right for each kind of method: each read shows one kind, and everything is seen later.
    Narrow,
}

/// The rules one station works by.
#[derive(Clone, Debug)]
pub struct Policy {
    pub mode: Mode,
    /// How many visits may be open side by side.
    pub visits_max: u8,
    pub domains: Domains,
    /// Object id of the directory the operator must belong to.
    pub tenant_id: String,
    pub checks: Vec<CheckRule>,
    /// How many of the listed checks must be ticked; at least one.
    pub checks_required: u8,
    pub check_valid_minutes: u32,
    pub renewals_max: u8,
    /// The most passes this station asks for within an hour.
    pub passes_per_hour: u32,
    /// Who may issue them, and for whom.
    pub limits: LocalLimits,
    /// Which of them a colleague confirms first.
    pub four_eyes: FourEyes,
    /// How callers are served; none where nobody is.
    pub telephone: Option<Telephone>,
    /// What goes by mail to the person; none where nothing does.
    pub notice: Option<NoticeRules>,
    pub pass: PassRules,
    /// A registration of the site's own lets people try their sign-in at the station.
    pub test_at_station: bool,
    /// What is asked of the directory once the sign-in was tried.
    pub proof_sources: ProofSources,
    /// From where Conditional Access is asked about a phone; none where it is not.
    pub access: Option<AccessPlaces>,
    pub passwords: PasswordRules,
    pub done: DoneLight,
    pub scopes: Scopes,
    /// Rights without which everything else works: where they are missing that is said, and nobody is held up.
    pub optional_scopes: Vec<String>,
    /// Versions of Authenticator that are known to be vulnerable or too old: said, never blocking.
    pub old_apps: Vec<OldApp>,
    /// Requests on authentication methods per ten seconds, for everything this station does.
    pub methods_per_10_s: u32,
    /// Seconds without a touch of the operator's side until it locks.
    pub idle_lock_s: u32,
    /// The most seconds a person goes on alone from then on.
    pub max_unattended_s: u32,
    pub sign_in_limit_s: u32,
    /// Sign-in is asked for again before a visit when the token cannot be renewed and has less than this left.
    pub token_minutes_min: u32,
}

impl Policy {
    /// How many requests a look at a person and all that is known of them takes.
    pub(crate) fn requests_for_person(&self) -> usize {
        match self.scopes {
            Scopes::Wide => 1,
            Scopes::Narrow => 3,
        }
    }

    /// How many more it takes where the way that is taken does not answer and the other one is tried.
    pub(crate) fn requests_for_person_otherwise(&self) -> usize {
        match self.scopes {
            Scopes::Wide => 4,
            Scopes::Narrow => 2,
        }
    }
}

/// From where phones come, as the directory sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessPlaces {
    /// The address that phones on the site's own network have outside.
    pub here: IpAddr,
    /// One that stands for mobile data; none where the site names none.
    pub mobile: Option<IpAddr>,
}

/// What a pass is asked for and how it is shown.
#[derive(Clone, Debug)]
pub struct PassRules {
    pub lifetime_minutes: u32,
    pub once: bool,
    /// Seconds a fresh pass may still be refused by the sign-in page.
    pub settle_s: u32,
    pub reveal_s: u32,
    /// Whether the person may uncover the pass from the person's own screen.
    pub reveal_by_person: bool,
}

/// A range of Authenticator's versions. iPhone and Android count differently, and the directory does not say which
/// system an entry is of: the ranges keep them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldApp {
    /// The first version meant.
    pub from: String,
    /// The first one that is good again.
    pub before: String,
}

/// The two domains sign-in names are composed from.
#[derive(Clone, Debug)]
pub struct Domains {
    pub organisation: String,
    pub partner: String,
}

/// One way to check who someone is; its words are `check-<id>` or the site's own.
#[derive(Clone, Debug)]
pub struct CheckRule {
    pub id: String,
    /// The site's own words, where the built-in ones do not serve.
    pub words: Option<Words>,
    /// What is asked for beside the tick.
    pub notes: Vec<NoteKind>,
}

/// What the screens show of the site.
#[derive(Clone, Debug)]
pub struct Site {
    pub help_line: String,
    /// Whom the operator calls; empty where that is the system administrator.
    pub operator_help_line: String,
    pub organisation: Words,
    pub stores: Vec<StoreLink>,
    /// The guests' Wi-Fi, where the site lets people join one (N6).
    pub wifi: Option<GuestWifi>,
    /// The size of hand-out offered first; none where the site hands out no paper.
    pub paper: Option<Paper>,
    /// Where passwordless sign-in helps (S06–S09) and where it is not used (S10, S11).
    pub helps: Vec<Words>,
    pub not_used: Vec<Words>,
    /// Where the sign-in is tried on the phone, where the site has such a page (S32).
    pub test_site: Option<TestSite>,
    /// What the closing card says of help; the help line is the site's anyway.
    pub help_hours: Option<Words>,
    pub after_hours: Option<Words>,
    /// True unless both hosts belong to a built-in Microsoft cloud.
    pub training: bool,
    pub version: String,
    pub operator_lang: Lang,
    pub person_lang: Lang,
    /// The words of the site's own packs and languages.
    pub files: crate::site_files::SiteFiles,
}

/// Where the app is installed from, with its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StoreLink {
    pub os: PhoneOs,
    pub url: String,
    pub qr: QrPath,
}

/// The page that shows whether a sign-in goes without a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestSite {
    pub url: String,
    pub qr: QrPath,
}

/// A QR code as SVG path data, one unit a module, quiet zone included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QrPath {
    pub modules: u32,
    pub path: String,
}

/// The guests' Wi-Fi with the code that joins it. The password is the site's own to show, yet no log needs it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuestWifi {
    /// The network's name, printed below the code.
    pub ssid: String,
    /// The password in letters, only where the site wants it read as well as scanned.
    pub password: Option<String>,
    pub qr: QrPath,
}

impl std::fmt::Debug for GuestWifi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The drawing says the password to whoever scans it.
        f.debug_struct("GuestWifi")
            .field("ssid", &self.ssid)
            .finish_non_exhaustive()
    }
}

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// A page with every step in words.
    A4,
    /// A slip with the steps in short.
    A5,
}
