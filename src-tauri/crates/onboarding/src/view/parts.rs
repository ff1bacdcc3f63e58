//! What both windows draw of a visit: the rail, the pass, the live check, a trouble, the end.

use serde::Serialize;
use ts_rs::TS;

use crate::handout::HandOutView;
use crate::light::Light;
use crate::record::{PassEnd, RegisteredKind, VisitOutcome};
use crate::retirement::{AgainStep, AgainTold, PasswordFate};
use crate::sign_in_test::Tested;
use crate::time::ServiceTime;
use crate::trouble::{Arg, Message, Support, Trouble};

/// Who the visit is about, in short.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonBrief {
    pub name: String,
    pub upn_local: String,
    pub upn_domain: String,
}

/// Something went wrong: the sentence, what to do, the short code, small print.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TroubleView {
    pub message: Message,
    pub hint: Message,
    /// What else is to be known: that nothing was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<Message>,
    pub code: String,
    pub support: Option<Support>,
    /// What one press of the operator may change of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cure: Option<Cure>,
}

/// What may take a trouble away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Cure {
    /// A role that was activated meanwhile: the token is renewed.
    RoleActivated,
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
    /// Somebody pressed on from it.
    Done,
    /// The directory showed that it is done.
    Proven,
    Here,
    Ahead,
    /// Passed by: what it asks for was done by another row, or before the visit.
    NotNeeded,
}

/// Where the person is beside what the directory has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    Level,
    /// A row is behind the person whose light is not lit.
    Ahead,
    /// The row in hand is proven already.
    Behind,
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
    /// Seconds left to create a passkey with the sign-in; none where none is on its way, and once they are over.
    pub passkey_s: Option<u32>,
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
    /// Somebody made another one: it no longer works.
    Replaced,
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

impl LiveView {
    /// Takes the phone's name out: it often bears the person's.
    pub(super) fn blank_names(&mut self) {
        for light in &mut self.lights {
            light.detail = None;
        }
        let messages = std::iter::once(&mut self.line).chain(&mut self.notes);
        for (name, argument) in messages.flat_map(|message| message.args.iter_mut()) {
            if let Arg::Text(text) = argument
                && matches!(name.as_str(), "phone" | "name")
            {
                text.clear();
            }
        }
    }
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
    /// It was lit and holds no longer.
    Lost,
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
    /// What followed the registration, where the visit came so far.
    pub tested: Option<Tested>,
    pub password: Option<PasswordFate>,
    /// It was asked whether a password is needed again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub again: Option<AgainTold>,
    /// How far that is once the person is not on the roll any more.
    #[serde(skip)]
    #[ts(skip)]
    pub(crate) again_off: Option<AgainStep>,
    /// The closing card on paper, where there is a card and the site hands out paper.
    pub hand_out: Option<HandOutView>,
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
            note: trouble
                .nothing_sent
                .then(|| Message::new("note-nothing-sent")),
            code: trouble.code.short().to_owned(),
            support: trouble.support.clone(),
            cure: (trouble.code.is_lifted_by_a_role()).then_some(Cure::RoleActivated),
        }
    }
}

/// A pass somebody issued earlier and that still works.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LivePass {
    pub age_min: u32,
    pub made: ServiceTime,
    pub until: ServiceTime,
}
