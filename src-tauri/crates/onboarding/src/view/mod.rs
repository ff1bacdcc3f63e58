//! What each screen shows: message keys and arguments, never text.

mod visit_list;

use serde::Serialize;
pub use visit_list::{TicketCard, TicketState, VisitCard, VisitList, VisitState};

use ts_rs::TS;

use crate::handout::HandOutView;
use crate::ids::{UserId, VisitId};
use crate::language::{Lang, Words};
use crate::light::Light;
use crate::person::directory::{AccountKind, MayIssue};
use crate::person::query::AccountClass;
use crate::policy::{GuestWifi, Mode, PhoneOs, StoreLink, TextSize};
use crate::record::{PassEnd, RegisteredKind, VisitOutcome};
use crate::secret::Glyph;
use crate::site_files::{SiteFile, SiteFiles};
use crate::time::ServiceTime;
use crate::trouble::{Message, Support, Trouble};
use crate::walkthrough::pack::{PhoneScreen, Route, RowKind, RowNeed};
use crate::walkthrough::phone_answers::{NotPossibleReason, PhoneAnswers};

/// Everything the operator's window draws.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OperatorView {
    #[ts(type = "number")]
    pub revision: u64,
    pub lang: Lang,
    pub mode: Mode,
    /// The banner "Training – not Microsoft"; nothing removes it.
    pub training: bool,
    pub help_line: String,
    pub organisation: Words,
    /// True when the person's pane stands in this same window.
    pub person_pane: bool,
    pub health: HealthView,
    pub operator: Option<OperatorCard>,
    /// Passes of earlier visits whose fate is not known yet.
    pub pending_passes: Vec<PendingPassView>,
    pub trouble: Option<TroubleView>,
    /// None where only one visit can be open, and while nobody is at the desk.
    pub list: Option<VisitList>,
    /// Words the page looks at before its own; empty where the site has none.
    #[ts(as = "Vec<SiteFile>")]
    pub site_files: SiteFiles,
    pub screen: OperatorScreen,
}

/// One line on the machine's health.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct HealthView {
    pub host: String,
    pub version: String,
    pub free_disk_mb: u32,
    pub free_memory_mb: u32,
    /// Seconds the machine's clock is ahead of the service's; none before first contact.
    pub drift_s: Option<i32>,
    pub disk_low: bool,
    pub memory_low: bool,
    pub drift_high: bool,
    /// The site's own packs and languages in force, each with its version where it has one.
    pub site_packs: Vec<String>,
    /// What of the site's folder is not used, and why.
    pub pack_problems: Vec<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OperatorCard {
    pub name: String,
    pub upn: String,
    pub may_issue: MayIssue,
    pub missing_scopes: Vec<String>,
}

/// A pass that may exist though nobody saw it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PendingPassView {
    pub upn: String,
    pub until: ServiceTime,
}

/// Something went wrong: the sentence, what to do, the short code, small print.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TroubleView {
    pub message: Message,
    pub hint: Message,
    pub code: String,
    pub support: Option<Support>,
}

/// The operator's screens.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum OperatorScreen {
    /// The station cannot work before its configuration is mended.
    NotConfigured {
        file: String,
        problems: Vec<String>,
    },
    Welcome,
    SigningIn {
        remaining_s: u32,
        /// A visit waits behind this sign-in.
        resumes_visit: bool,
    },
    Locked {
        why: LockReason,
        name: String,
    },
    /// Signed in, no visit in front.
    Home {
        /// Minutes a pass will live, after the tenant's bounds.
        pass_minutes: u32,
        pass_once: bool,
        /// The tenant's own rules could be read.
        policy_read: bool,
        policy_trouble: Option<Message>,
    },
    Find {
        visit: VisitId,
        classes: Vec<ClassView>,
        busy: bool,
        note: Option<Message>,
        choices: Vec<ChoiceView>,
        more: bool,
    },
    Found {
        visit: VisitId,
        person: PersonCard,
        warnings: Vec<Message>,
        /// False when a pass cannot be issued for this person by this operator; `trouble` says why.
        may_continue: bool,
        blocked: Option<TroubleView>,
    },
    Check {
        visit: VisitId,
        person: PersonBrief,
        checks: Vec<CheckView>,
        required: u8,
        phone_confirmed: bool,
        voucher: String,
        complete: bool,
    },
    Board {
        visit: VisitId,
        person: PersonBrief,
        row: String,
        row_number: Option<u8>,
        rows: u8,
        rail: Vec<RailRow>,
        pass: PassView,
        live: LiveView,
        registered: Option<RegisteredKind>,
        check_minutes_left: u32,
        renewals_left: u8,
        /// The person says the phone looks different.
        other_screen: bool,
        /// The known other screen the person recognised: `other-<id>-title` names it.
        other_screen_is: Option<String>,
        /// The walk-through that leads around it.
        other_screen_offers: Option<Route>,
        /// Why it may not be possible today, where that screen may mean it.
        other_screen_ends: Option<NotPossibleReason>,
        /// The token ended: sign in again, as the same person, to go on.
        sign_in_again: bool,
        /// The walk-through in hand, those that may be chosen, and the one the directory speaks for.
        route: Route,
        routes: Vec<Route>,
        route_suggested: Route,
        /// What the person said of the phone.
        answers: PhoneAnswers,
        phone_os: PhoneOs,
        phone_lang: Lang,
        person_lang: Lang,
        hand_out: Option<HandOutView>,
    },
    /// The pass is being removed and the end recorded.
    Ending {
        visit: VisitId,
    },
    Receipt {
        visit: VisitId,
        end: EndView,
    },
}

/// Why the station is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LockReason {
    Asked,
    Idle,
    TokenEnded,
}

/// A kind of account with its domain.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ClassView {
    pub class: AccountClass,
    pub domain: String,
}

/// One of several people found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChoiceView {
    pub user: UserId,
    pub name: String,
    pub upn: String,
    pub department: Option<String>,
    pub enabled: bool,
}

/// The person found, with what the operator must see.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonCard {
    pub user: UserId,
    pub name: String,
    pub upn_local: String,
    pub upn_domain: String,
    pub mail: Option<String>,
    pub department: Option<String>,
    pub employee_id: Option<String>,
    pub enabled: bool,
    pub kind: AccountKind,
    pub methods: Vec<MethodLine>,
    /// Minutes since a still usable pass was made, and when it ends.
    pub live_pass: Option<LivePass>,
}

/// A pass somebody issued earlier and that still works.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LivePass {
    pub age_min: u32,
    pub until: ServiceTime,
}

/// One registered method in words.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MethodLine {
    pub message: Message,
}

/// Who the visit is about, in short.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonBrief {
    pub name: String,
    pub upn_local: String,
    pub upn_domain: String,
}

/// One way to check who someone is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CheckView {
    pub id: String,
    /// The site's own words; else `check-<id>`.
    pub words: Option<Words>,
    pub on: bool,
    pub wants_voucher: bool,
}

/// One row of the rail.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RailRow {
    pub id: String,
    pub number: Option<u8>,
    pub state: RailState,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RailState {
    Done,
    Here,
    Ahead,
}

/// The pass as the operator sees it: its state, never its value.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassView {
    pub stage: PassStage,
    /// Seconds until the pass ends, or until a settling pass can be used.
    pub remaining_s: Option<u32>,
    pub until: Option<ServiceTime>,
    /// The person's screen shows the value right now, and for how long.
    pub revealed_s: Option<u32>,
    pub may_issue: bool,
    /// A row is reached whose page asks for the pass, or sends the name after which it does.
    pub due: bool,
    pub may_renew: bool,
    /// An earlier live pass would end: ask first.
    pub replaces: Option<LivePass>,
    /// Seconds a used one-time pass leaves to finish on the phone.
    pub finish_s: Option<u32>,
    pub once: bool,
}

/// The states of a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassStage {
    None,
    Issuing,
    Settling,
    Live,
    Entered,
    Expired,
    Renewing,
    Uncertain,
}

/// The live check.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LiveView {
    pub lights: Vec<LightView>,
    /// One line for both screens.
    pub line: Message,
    /// Seconds until the next look; none when nobody looks.
    pub next_look_s: Option<u32>,
    pub looking: bool,
    /// Looking does not work at the moment; since when.
    pub paused_since: Option<ServiceTime>,
    /// What else is to be said of it; none of it holds anybody up.
    pub notes: Vec<Message>,
}

/// One light.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LightView {
    pub light: Light,
    pub state: LightState,
    /// The phone's name, where the directory gives one.
    pub detail: Option<String>,
}

/// Whether a light is lit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LightState {
    Off,
    Waiting,
    Lit,
}

/// What the receipt says.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EndView {
    pub how: VisitOutcome,
    pub pass: PassEnd,
    pub pass_until: Option<ServiceTime>,
    pub name: String,
    pub registered: Option<RegisteredKind>,
    pub device_name: Option<String>,
    /// The end could not be written to the record.
    pub unrecorded: bool,
}

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
        /// Only while the app is installed, and where the site has one for guests.
        wifi: Option<GuestWifi>,
        pass: PersonPass,
        live: LiveView,
        /// Whether "next" and "back" lead anywhere.
        may_next: bool,
        may_back: bool,
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
        said_done: bool,
    },
    Goodbye {
        how: VisitOutcome,
        helps: Vec<Words>,
        not_used: Vec<Words>,
    },
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
    },
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
    pub kind: RowKind,
    pub needs: Vec<RowNeed>,
    pub condition: Option<String>,
    pub tap: Option<String>,
    pub phone: PhoneScreen,
    pub phone_os: PhoneOs,
    pub phone_lang: Lang,
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
    },
    Shown {
        glyphs: Vec<Glyph>,
        remaining_s: u32,
        hides_in_s: u32,
    },
    Entered {
        finish_s: Option<u32>,
    },
    Expired,
    Uncertain,
}

impl From<&Trouble> for TroubleView {
    fn from(trouble: &Trouble) -> Self {
        let key = trouble.code.key();
        let message = |key: String| Message {
            key,
            args: trouble.args.clone(),
        };
        Self {
            message: message(key.to_owned()),
            hint: message(format!("{key}-do")),
            code: trouble.code.short().to_owned(),
            support: trouble.support.clone(),
        }
    }
}
