//! The pass from nothing to spent.

use crate::effect::{EffectId, IssuedPass, PassRequest};
use crate::ids::PassId;
use crate::pass::open_question::{Asked, OpenQuestion};
use crate::pass::reconcile::Reconcile;
use crate::pass::target::Target;
use crate::person::identity_check::IssuePermit;
use crate::reading::MethodQuery;
use crate::secret::PassSecret;
use crate::time::{Mono, Now, ServiceTime};

/// Where the pass stands.
#[derive(Debug, Default)]
pub(crate) enum PassState {
    #[default]
    None,
    Issuing(Issuing),
    Held(HeldPass),
    Uncertain(Uncertain),
}

/// On the way to a pass.
#[derive(Debug)]
pub(crate) struct Issuing {
    /// The pass that was held so far; a new one takes its place.
    pub(crate) before: Option<HeldPass>,
    pub(crate) step: IssueStep,
}

/// The steps to a pass, in order.
#[derive(Debug)]
pub(crate) enum IssueStep {
    Preflight(Preflight),
    CheckingLimits(CheckingLimits),
    WritingIntent(WritingIntent),
    Asking(Asking),
    MakingRoom(MakingRoom),
    WritingIssued(WritingIssued),
}

/// The directory is asked once more which passes live, so that nobody's is replaced unasked.
#[derive(Debug)]
pub(crate) struct Preflight {
    pub(crate) effect: EffectId,
    pub(crate) sent: Mono,
    /// What was asked.
    pub(crate) wants: MethodQuery,
    /// Another list did not answer before.
    pub(crate) again: bool,
    pub(crate) permit: IssuePermit,
    /// The passes the operator agreed to end.
    pub(crate) agreed: Vec<PassId>,
}

/// The intent is being written; nothing is asked for before that is durable.
#[derive(Debug)]
pub(crate) struct WritingIntent {
    pub(crate) effect: EffectId,
    pub(crate) request: PassRequest,
    pub(crate) permit: IssuePermit,
}

/// The site's own limits are read anew, and what else may have changed since the person was found.
#[derive(Debug)]
pub(crate) struct CheckingLimits {
    pub(crate) effect: EffectId,
    pub(crate) permit: IssuePermit,
}

/// The question is out.
#[derive(Debug)]
pub(crate) struct Asking {
    pub(crate) effect: EffectId,
    pub(crate) request: PassRequest,
    pub(crate) asked: Asked,
    /// The pass before was removed for this question, or was not there.
    pub(crate) made_room: bool,
}

/// The service wants the earlier pass removed first.
#[derive(Debug)]
pub(crate) struct MakingRoom {
    pub(crate) effect: EffectId,
    pub(crate) pass: PassId,
    pub(crate) request: PassRequest,
    pub(crate) asked: Asked,
}

/// The answer is being written; nothing is shown before that is durable.
#[derive(Debug)]
pub(crate) struct WritingIssued {
    pub(crate) effect: EffectId,
    pub(crate) held: HeldPass,
}

/// Neither a clear yes nor a clear no.
#[derive(Debug)]
pub(crate) struct Uncertain {
    pub(crate) reconcile: Box<Reconcile>,
    pub(crate) before: Option<HeldPass>,
}

impl IssueStep {
    /// The effect whose answer leads on.
    pub(crate) fn effect(&self) -> EffectId {
        match self {
            Self::Preflight(preflight) => preflight.effect,
            Self::CheckingLimits(checking) => checking.effect,
            Self::WritingIntent(writing) => writing.effect,
            Self::Asking(asking) => asking.effect,
            Self::MakingRoom(making) => making.effect,
            Self::WritingIssued(writing) => writing.effect,
        }
    }
}

impl PassState {
    /// The pass the station holds.
    pub(crate) fn held(&self) -> Option<&HeldPass> {
        match self {
            Self::Held(held) => Some(held),
            Self::None | Self::Issuing(_) | Self::Uncertain(_) => None,
        }
    }

    /// The same, to be changed.
    pub(crate) fn held_mut(&mut self) -> Option<&mut HeldPass> {
        match self {
            Self::Held(held) => Some(held),
            Self::None | Self::Issuing(_) | Self::Uncertain(_) => None,
        }
    }
}

/// No answer is awaited longer.
const YOUNG_MS: u64 = 60_000;

/// A pass the station holds.
#[derive(Debug)]
pub(crate) struct HeldPass {
    pub(crate) id: PassId,
    /// What was asked, under its recorded intent.
    pub(crate) question: Box<OpenQuestion>,
    /// Gone once it was entered, has ended, or the visit ends.
    pub(crate) secret: Option<PassSecret>,
    pub(crate) start: ServiceTime,
    pub(crate) lifetime_minutes: u32,
    pub(crate) once: bool,
    issued_at: Mono,
    pub(crate) usable_at: Mono,
    /// When its lifetime is over, on the clock that nobody can set.
    pub(crate) ends_at: Mono,
    /// Until when the value is in sight.
    pub(crate) shown_until: Option<Mono>,
    /// It is wanted in sight, and no page has said yet that it is.
    undrawn: bool,
    pub(crate) entered_at: Option<Mono>,
    /// A one-time pass the directory calls used.
    pub(crate) consumed: bool,
    settled: bool,
    expired: bool,
}

impl HeldPass {
    pub(crate) fn new(pass: IssuedPass, question: OpenQuestion, settle_s: u32, now: Now) -> Self {
        let lifetime_s = u64::from(pass.lifetime_minutes) * 60;
        // It was made while its answer was awaited: by no clock is it older than that.
        let age_ms = now.service.0.saturating_sub(pass.start.0);
        let age_ms = u64::try_from(age_ms)
            .ok()
            .filter(|age| now.confirmed && *age <= YOUNG_MS);
        Self {
            id: pass.id,
            question: Box::new(question),
            issued_at: now.mono,
            secret: Some(pass.secret),
            start: pass.start,
            lifetime_minutes: pass.lifetime_minutes,
            once: pass.once,
            usable_at: now.mono.after_s(u64::from(settle_s)),
            ends_at: now
                .mono
                .after_ms((lifetime_s * 1000).saturating_sub(age_ms.unwrap_or(0))),
            shown_until: None,
            undrawn: false,
            entered_at: None,
            consumed: false,
            settled: false,
            expired: false,
        }
    }

    pub(crate) fn ends(&self) -> ServiceTime {
        self.start.after_minutes(self.lifetime_minutes)
    }

    /// Its lifetime is over. That takes it out of sight and settles nothing: a removal is owed all the same.
    pub(crate) fn ended(&self, now: Now) -> bool {
        now.mono >= self.ends_at
    }

    /// The same as something to take back: its id came in the answer to our own question.
    pub(crate) fn to_take_back(&self) -> Target {
        let said = (self.id.clone(), self.start, self.lifetime_minutes);
        Target::answered(&self.question, said, self.issued_at)
    }

    pub(crate) fn is_as_asked(&self) -> bool {
        self.question
            .is_answered_by(self.start, self.lifetime_minutes, self.once)
    }

    pub(crate) fn settling(&self, now: Now) -> bool {
        now.mono < self.usable_at
    }

    /// Can be typed on the phone right now.
    pub(crate) fn live(&self, now: Now) -> bool {
        self.entered_at.is_none() && !self.ended(now)
    }

    /// Brings the value in sight, at the latest until then.
    pub(crate) fn show(&mut self, until: Mono) {
        self.undrawn = self.shown_until.is_none();
        self.shown_until = Some(until);
    }

    /// A page drew it: its time begins now, once.
    pub(crate) fn drawn(&mut self, until: Mono) {
        if std::mem::take(&mut self.undrawn) && self.shown_until.is_some() {
            self.shown_until = Some(until);
        }
    }

    /// Takes the value out of sight.
    pub(crate) fn hide(&mut self) -> bool {
        self.undrawn = false;
        self.shown_until.take().is_some()
    }

    /// The phone took it, as far as can be seen: out of sight with it.
    pub(crate) fn entered(&mut self, now: Mono) {
        if self.entered_at.is_none() {
            self.entered_at = Some(now);
        }
        self.hide();
    }

    /// The directory said that it was used: the value of a one-time pass is no longer needed.
    pub(crate) fn consume(&mut self) {
        if self.once {
            self.consumed = true;
            self.secret = None;
        }
    }

    /// Marks what has passed; says whether anything changed.
    pub(crate) fn on_time(&mut self, now: Now) -> bool {
        let settled = !self.settled && !self.settling(now);
        self.settled |= settled;
        let expired = !self.expired && self.ended(now);
        if expired {
            self.expired = true;
            self.secret = None;
            self.shown_until = None;
        }
        let hidden = self.shown_until.is_some_and(|until| until <= now.mono);
        if hidden {
            self.shown_until = None;
        }
        settled || expired || hidden
    }

    /// When this pass next changes by itself.
    pub(crate) fn due(&self) -> Option<Mono> {
        let usable = (!self.settled).then_some(self.usable_at);
        let expired = (!self.expired).then_some(self.ends_at);
        [usable, expired, self.shown_until]
            .into_iter()
            .flatten()
            .min()
    }
}
