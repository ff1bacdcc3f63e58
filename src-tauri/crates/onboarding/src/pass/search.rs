//! What a list of passes says to a reconciliation.

use super::found::FoundPass;
use super::open_question::{Asked, Whose};
use super::reconcile::{Look, Reconcile, Settled};
use super::target::{Claim, Fate, Heard, Target};
use crate::effects::Effects;
use crate::ids::PassId;
use crate::person::directory::{KnownPass, MethodRead, Standing};
use crate::record::Event;
use crate::time::{Mono, Now};

/// Reads that must agree that there is no pass, and the seconds they must span.
const AGREEING_READS: u8 = 3;
const AGREEING_SPAN_S: u64 = 10;
const LOOK_EVERY_S: u64 = 5;
/// How often is looked for what comes late: each time after a third of the time that is gone, within these bounds.
const FALLING_MS: std::ops::RangeInclusive<u64> = 10_000..=300_000;
/// While the operator is asked about a pass, it is looked at at least this often.
const ASKING_MS: u64 = 60_000;

impl Reconcile {
    /// What the list says of the pass that is to be taken back.
    pub(super) fn follow(
        &mut self,
        mut target: Target,
        read: &MethodRead,
        sent: Now,
        look: Look<'_>,
        effects: &mut Effects,
    ) -> Option<Settled> {
        let now = look.now.mono;
        if target.due {
            self.target = Some(target);
            self.wait_until(now);
            return None;
        }
        let (intent, pass) = (self.question.intent.clone(), target.pass.clone());
        let fate = target.fate(read, sent);
        if fate == Fate::Gone && !self.search && self.shows_a_twin(read, look, effects) {
            return Some(self.ask_about_twin(pass, read, sent, look, effects));
        }
        match fate {
            Fate::There | Fate::Unclear => {
                target.due = fate == Fate::There;
                // What is only to be borne out is not looked for before a list can prove it.
                let proven = match target.heard == Heard::Recorded && !target.due {
                    true => target.copies_know_at(),
                    false => now,
                };
                self.target = Some(target);
                self.wait_until(now.after_s(LOOK_EVERY_S).max(proven));
                return None;
            }
            Fate::Removed => {
                let still_open = self.search;
                let removed = Event::PassOrphanRemoved {
                    intent,
                    pass,
                    still_open,
                };
                self.record(removed, effects);
            }
            Fate::Gone => self.record(Event::PassGone { intent, pass }, effects),
        }
        if !self.search && self.asks.is_none() {
            return Some(match fate {
                Fate::Gone => Settled::Gone,
                Fate::There | Fate::Unclear | Fate::Removed => Settled::Removed,
            });
        }
        self.found_ours |= target.claim == Claim::Probable;
        self.removed.push(target.pass);
        self.late_only = true;
        self.search_in(read, sent, look, effects)
            .or(Some(Settled::TakenBack))
    }

    /// Ours is gone, and a pass stands there that nobody accounts for and that is as it was asked for: our own question may
    /// have made it, sent once more on its way. Where it is searched for anyway, that says whose it is.
    fn shows_a_twin(&self, read: &MethodRead, look: Look<'_>, effects: &Effects) -> bool {
        read.passes()
            .filter(|pass| pass.standing(look.now) != Standing::Over)
            .filter(|pass| !look.accounted.contains(&pass.id) && !effects.passes.had(&pass.id))
            .filter(|pass| self.question.whose(pass, look.now) != Whose::Accounted)
            .any(|pass| self.question.may_have_made(pass))
    }

    /// Never removed unasked, whoever is served: another counter may have made it. It is recorded before the end of ours,
    /// which would close the intent.
    fn ask_about_twin(
        &mut self,
        gone: PassId,
        read: &MethodRead,
        sent: Now,
        look: Look<'_>,
        effects: &mut Effects,
    ) -> Settled {
        self.search = true;
        self.late_only = true;
        let unasked = Look {
            visit_open: false,
            ..look
        };
        let settled = self.search_in(read, sent, unasked, effects);
        let intent = self.question.intent.clone();
        self.record(Event::PassGone { intent, pass: gone }, effects);
        settled.unwrap_or(Settled::TakenBack)
    }

    /// Whether the list shows something that may have come of the question.
    pub(super) fn search_in(
        &mut self,
        read: &MethodRead,
        sent: Now,
        look: Look<'_>,
        effects: &mut Effects,
    ) -> Option<Settled> {
        let now = look.now.mono;
        let working = |pass: &&KnownPass| pass.standing(look.now) != Standing::Over;
        let all: Vec<_> = read.passes().filter(working).collect();
        if let Some(again) = all.iter().find(|pass| self.removed.contains(&pass.id)) {
            self.target = Some(Target::listed(again, Claim::Agreed, now));
            self.wait_until(now);
            return None;
        }
        let asked = |pass: &PassId| self.asks.as_ref().is_some_and(|found| found.pass == *pass);
        if all.iter().any(|pass| asked(&pass.id)) {
            self.missing = 0;
            self.wait_until(self.next_look(now));
            return None;
        }
        // Another question's, or one that this station had: nobody is asked about those.
        let accounted =
            |pass: &&KnownPass| look.accounted.contains(&pass.id) || effects.passes.had(&pass.id);
        let whose = |pass: &KnownPass| self.question.whose(pass, look.now);
        let new = all
            .into_iter()
            .filter(|pass| !accounted(pass))
            .find(|pass| whose(pass) != Whose::Accounted);
        match new {
            Some(pass)
                if look.visit_open
                    && whose(pass) == Whose::Probable
                    && self.came_first(pass, look.now) =>
            {
                self.target = Some(Target::listed(pass, Claim::Probable, now));
                self.wait_until(now);
                None
            }
            Some(pass) => {
                self.wait_until(now.after_ms(*FALLING_MS.start()));
                Some(self.ask_about(FoundPass::of(pass, now), effects))
            }
            None => {
                self.unseen.get_or_insert(Asked::now(sent));
                self.nothing_new(now, effects)
            }
        }
    }

    /// Whether it is the first that was found, and was made before any look left that did not list it: what was made later
    /// is as likely another counter's.
    fn came_first(&self, pass: &KnownPass, now: Now) -> bool {
        let seen_in_time = self.unseen.as_ref().is_none_or(|unseen| {
            let left = unseen.confirmed_at(now);
            left.is_some_and(|left| pass.made() <= left)
        });
        seen_in_time && !self.found_ours
    }

    fn nothing_new(&mut self, now: Mono, effects: &mut Effects) -> Option<Settled> {
        self.missing = self.missing.saturating_add(1);
        let gone = self.missing >= AGREEING_READS;
        self.asks.take_if(|_| gone);
        let first = *self.first_clean.get_or_insert(now);
        self.clean = self.clean.saturating_add(1);
        let agreed = self.clean >= AGREEING_READS && now >= first.after_s(AGREEING_SPAN_S);
        let news = agreed && !self.late_only;
        self.late_only |= agreed;
        self.wait_until(self.next_look(now));
        news.then(|| {
            let intent = self.question.intent.clone();
            self.record(Event::PassNotSeen { intent }, effects);
            Settled::NotSeen
        })
    }

    fn next_look(&self, now: Mono) -> Mono {
        if !self.late_only {
            return now.after_s(LOOK_EVERY_S);
        }
        let gone = now
            .0
            .saturating_sub(self.question.asked.mono.unwrap_or(self.begun).0);
        let wait = (gone / 3).clamp(*FALLING_MS.start(), *FALLING_MS.end());
        match &self.asks {
            Some(_) => now.after_ms(wait.min(ASKING_MS)),
            None => now
                .after_ms(wait)
                .min(self.question.over_at(self.begun).max(now.after_ms(1))),
        }
    }

    pub(super) fn ask_about(&mut self, found: FoundPass, effects: &mut Effects) -> Settled {
        let event = Event::PassFound {
            intent: self.question.intent.clone(),
            pass: found.pass.clone(),
            made: found.made,
            start: found.start,
            lifetime_minutes: found.lifetime_minutes,
        };
        self.record(event, effects);
        self.missing = 0;
        self.late_only = true;
        self.asks = Some(found);
        Settled::Asked
    }
}
