//! When to look for a registration: the look under way, and the one after it.

use crate::effect::EffectId;
use crate::reading::MethodQuery;
use crate::registration::poll_schedule::PollSchedule;
use crate::time::{Mono, ServiceTime};

/// The looks of one visit.
#[derive(Debug, Default)]
pub(crate) struct Polling {
    /// The look that is under way.
    pub(crate) in_flight: Option<PollInFlight>,
    pub(crate) next: Option<Mono>,
    /// The next look is one that goes before polling: a person asked for it, or it confirms what was just seen.
    pub(crate) asked: bool,
    /// How many looks left so far.
    pub(crate) count: usize,
    pub(crate) schedule: PollSchedule,
    /// Since when looks fail.
    pub(crate) paused_since: Option<ServiceTime>,
}

/// One look at the directory that is under way.
#[derive(Clone, Debug)]
pub(crate) struct PollInFlight {
    pub(crate) effect: EffectId,
    pub(crate) asked: bool,
    pub(crate) wants: MethodQuery,
    pub(crate) sent: Mono,
}

impl Polling {
    /// A new pass is waited for: what was seen of the old one says nothing of the moment the next comes.
    pub(crate) fn expect_pass(&mut self, usable_at: Mono) {
        self.schedule = PollSchedule::default();
        self.next = Some(usable_at);
    }

    /// When the next look is due; none while one is under way.
    pub(crate) fn due(&self) -> Option<Mono> {
        self.next.filter(|_| self.in_flight.is_none())
    }

    /// A look that is due later comes sooner.
    pub(crate) fn bring_forward(&mut self, due: Mono) {
        if let Some(next) = &mut self.next {
            *next = due.min(*next);
        }
    }

    /// Somebody wants to know now.
    pub(crate) fn ask(&mut self, now: Mono) {
        self.next = Some(now);
        self.asked = true;
    }

    /// A look left.
    pub(crate) fn sent(&mut self, poll: PollInFlight) {
        self.next = None;
        self.count = self.count.wrapping_add(1);
        self.asked = false;
        self.in_flight = Some(poll);
    }

    /// The look this effect was, if it is the one under way.
    pub(crate) fn take(&mut self, effect: EffectId) -> Option<PollInFlight> {
        self.in_flight.take_if(|poll| poll.effect == effect)
    }
}
