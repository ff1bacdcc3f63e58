//! A pass that is to be taken back, and when that is done beyond doubt.

use super::open_question::OpenQuestion;
use crate::ids::PassId;
use crate::person::directory::{KnownPass, MethodRead, PassReason};
use crate::time::{Mono, Now, ServiceTime};

/// A list that lacks a pass proves that it is gone only so long after it was issued: before, the copy of the directory
/// that answered may not have heard of it yet.
const COPIES_KNOW_S: u64 = 120;

/// A pass that is to be taken back.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) pass: PassId,
    pub(crate) claim: Claim,
    pub(crate) start: ServiceTime,
    pub(crate) lifetime_minutes: u32,
    /// No earlier than it was issued.
    pub(crate) known_since: Mono,
    pub(crate) heard: Heard,
    /// The removal is to be asked for, once more where it was before.
    pub(crate) due: bool,
}

/// What makes it ours to remove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Its id came in the answer to our own question.
    Certain,
    /// It is as it was asked for: while the visit that asked is open.
    Probable,
    /// The operator said so.
    Agreed,
}

/// What the directory said to its removal so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    Nothing,
    /// There is no such pass, which a copy of the directory that is behind says, too.
    NotThere,
    Done,
    /// The same, recorded as its removal: that it is gone is only looked for.
    Recorded,
}

/// What a list says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is there.
    There,
    /// It is not there, which proves nothing yet.
    Unclear,
    /// We removed it.
    Removed,
    /// It is gone, and no answer said that we removed it.
    Gone,
}

impl Target {
    /// A pass that its own answer named. It lives at least as long as was asked for, whatever that answer says.
    pub(crate) fn answered(
        question: &OpenQuestion,
        (pass, start, minutes): (PassId, ServiceTime, u32),
        known_since: Mono,
    ) -> Self {
        Self {
            pass,
            claim: Claim::Certain,
            start: question.begins(start),
            lifetime_minutes: minutes.max(question.lifetime_minutes),
            known_since,
            heard: Heard::Nothing,
            due: true,
        }
    }

    /// A pass that a list showed.
    pub(crate) fn listed(pass: &KnownPass, claim: Claim, now: Mono) -> Self {
        Self {
            pass: pass.id.clone(),
            claim,
            start: pass.start,
            lifetime_minutes: pass.lifetime_minutes,
            known_since: now,
            heard: Heard::Nothing,
            due: true,
        }
    }

    pub(crate) fn until(&self) -> ServiceTime {
        self.start.after_minutes(self.lifetime_minutes)
    }

    /// Its own end is past beyond doubt.
    pub(crate) fn is_over(&self, now: Now) -> bool {
        let lifetime_s = u64::from(self.lifetime_minutes) * 60;
        now.mono >= self.known_since.after_s(lifetime_s) || now.is_surely_past(self.until())
    }

    /// What this list says of it, which was asked for at `sent`.
    pub(crate) fn fate(&self, read: &MethodRead, sent: Now) -> Fate {
        match read.passes().find(|listed| listed.id == self.pass) {
            Some(listed) if listed.reason == PassReason::Used => Fate::Gone,
            Some(_) => Fate::There,
            None if self.heard == Heard::Done => Fate::Removed,
            // A copy that knows of a newer pass knows what became of this one.
            None if read.passes().any(|other| other.made() > self.start) => Fate::Gone,
            None if self.copies_know(sent) => Fate::Gone,
            None => Fate::Unclear,
        }
    }

    /// When every copy of the directory has heard of it, as far as this clock knows.
    pub(crate) fn copies_know_at(&self) -> Mono {
        self.known_since.after_s(COPIES_KNOW_S)
    }

    fn copies_know(&self, now: Now) -> bool {
        let since = i64::try_from(COPIES_KNOW_S * 1000).unwrap_or(i64::MAX);
        now.mono >= self.copies_know_at() || now.is_surely_past(self.start.after_ms(since))
    }
}
