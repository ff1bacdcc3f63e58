//! Looking for what nobody was led to: with every read while the pass opens doors, and at a slower pace afterwards.

use super::polling::aim;
use super::{Board, Context, Stage, Visit};
use crate::effect::{EffectId, Reading};
use crate::ids::{Subject, UserId};
use crate::pass::open_question::OpenQuestion;
use crate::pass::reconcile::Reconcile;
use crate::pass::state::HeldPass;
use crate::pass::target::{Fate, Target};
use crate::person::directory::{Method, MethodRead, Standing};
use crate::policy::Scopes;
use crate::reading::{DeviceAnswer, MethodQuery};
use crate::record::Event;
use crate::registration::agreement::Proof;
use crate::registration::evidence::Aim;
use crate::registration::identity::{id, known};
use crate::registration::poll_schedule::FINISH_S;
use crate::registration::rivals::Rivals;
use crate::registration::strays::Strays;
use crate::registration::uninvited::{Invited, Uninvited};
use crate::time::{Mono, Now};

/// Between looks once the registration is there.
pub(super) const WATCH_MS: u64 = 30_000;

/// What a visit has seen come.
#[derive(Debug, Default)]
pub(super) struct Watch {
    invited: Invited,
    /// To be told by the desk.
    pub(super) uninvited: Vec<Uninvited>,
    /// Told, and what the person was led to after all.
    pub(super) withdrawn: Vec<String>,
    /// Told, and no longer there.
    pub(super) gone: Vec<String>,
    /// Until when the looks go on although the registration is there.
    until: Option<Mono>,
    /// The pass that was removed in the middle of the visit, by the service's own word, while none took its place.
    removed_pass: Option<(OpenQuestion, Target)>,
}

/// Whose what came is.
#[derive(Clone, Debug)]
pub(crate) struct Whose {
    pub(crate) user: UserId,
    pub(crate) person: Option<String>,
}

/// What is left of a visit to look once more for what nobody was led to: no name, and of its baseline all that tells
/// what is new.
#[derive(Debug)]
pub(crate) struct LastLook {
    pub(crate) subject: Subject,
    pub(crate) ticket: Option<u32>,
    invited: Invited,
    baseline: MethodRead,
    passkey_counts: bool,
    /// All there is to see at this site, or where kinds are asked for one by one, the passes.
    pub(crate) wants: MethodQuery,
    /// The visit's pass, where the service says that it is removed.
    taken_back: Option<(OpenQuestion, Target)>,
    /// When it leaves; none while it is on its way.
    pub(crate) due: Option<Mono>,
    pub(crate) in_flight: Option<EffectId>,
    pub(crate) sent: Option<Now>,
}

/// After the end, when a pass that was used has opened no door for a while.
const LAST_LOOK_S: u64 = 60;

impl LastLook {
    pub(crate) fn removed(&mut self, method: &str) {
        self.invited.removed(method);
    }

    pub(crate) fn took_back(&mut self, pass: (OpenQuestion, Target)) {
        self.taken_back = Some(pass);
    }

    /// The removed pass: where this list still shows it, it is removed once more; where the list proves that it is gone
    /// and shows no other, its end is borne out; else it is looked for on its own.
    pub(crate) fn bear_out(
        &mut self,
        read: &MethodRead,
        now: Now,
    ) -> Option<Result<Event, Reconcile>> {
        let (question, target) = self.taken_back.take()?;
        let mut working = read
            .passes()
            .filter(|pass| pass.standing(now) != Standing::Over);
        let fate = target.fate(read, self.sent.unwrap_or(now));
        Some(match fate {
            _ if working.any(|pass| pass.id == target.pass) => {
                Err(Reconcile::owe(question, target, now.mono))
            }
            Fate::Gone | Fate::Removed if read.live_passes(now).next().is_none() => {
                let (intent, pass) = (question.intent, target.pass);
                Ok(Event::PassGone { intent, pass })
            }
            Fate::Gone | Fate::Removed | Fate::There => {
                Err(Reconcile::bear_out(question, target, now.mono))
            }
            Fate::Unclear => {
                let due = target.copies_know_at();
                Err(Reconcile::bear_out(question, target, due))
            }
        })
    }

    /// Nobody looks any more as the visit left it: whether the pass is gone is looked for on its own, by whoever is there.
    pub(crate) fn later(self) -> Option<Reconcile> {
        let (question, target) = self.taken_back?;
        let due = self.due.unwrap_or_else(|| target.copies_know_at());
        Some(Reconcile::bear_out(question, target, due))
    }

    pub(crate) fn look(&mut self, read: &MethodRead) -> Vec<Uninvited> {
        let (strays, rivals) = (Strays::default(), Rivals::default());
        let (baseline, counts) = (&self.baseline, self.passkey_counts);
        self.invited.look(read, baseline, counts, &strays, &rivals)
    }
}

impl Watch {
    pub(super) fn pass_removed(&mut self, held: &HeldPass) {
        self.removed_pass = Some(((*held.question).clone(), held.to_take_back()));
    }

    pub(super) fn pass_issued(&mut self) {
        self.removed_pass = None;
    }

    pub(super) fn goes_on(&self, now: Now) -> bool {
        self.until.is_some_and(|until| now.mono < until)
    }
}

impl Board {
    /// What came in this read, asked for at that time, besides what it was asked for.
    pub(super) fn notice(
        &mut self,
        read: &Reading,
        asked: &MethodQuery,
        sent: Mono,
        cx: &Context<'_>,
    ) {
        let aim = aim(cx);
        if let Reading::Methods(read) = read {
            self.note_strays(read, sent, cx);
        }
        self.note_rivals(read, asked, aim);
        self.watch(read, asked, aim.passkey_counts());
    }

    /// Whether anything came in this read that nobody was led to.
    fn watch(&mut self, read: &Reading, asked: &MethodQuery, passkey_counts: bool) {
        if let Reading::Methods(read) = read {
            self.complete_baseline(read, asked);
            let found = self.watch.invited.look(
                read,
                &self.baseline,
                passkey_counts,
                &self.evidence.strays,
                &self.evidence.rivals,
            );
            self.watch.uninvited.extend(found);
            // Any other look does not show every kind.
            if *asked == MethodQuery::Everything {
                let gone = self.watch.invited.missing(read);
                gone.iter()
                    .for_each(|method| self.evidence.strays.gone(method));
                self.watch.gone.extend(gone);
            }
        }
    }

    /// The operator was told of this one, and has not decided on it.
    pub(super) fn waits_for_word(&self, method: &str) -> bool {
        self.watch.invited.has_told(method) && !self.evidence.strays.is_answered(method)
    }

    /// What in this read, asked for at that time, cannot be the work of whom the pass of this visit is for: nobody here
    /// had seen it. That it was used changes nothing, for then somebody else knows it. Where no row asks for a pass, or
    /// the operator led on without, nothing depends on one.
    fn note_strays(&mut self, read: &MethodRead, sent: Mono, cx: &Context<'_>) {
        if super::rows::pass_row(cx.pack).is_none() || self.hold.is_lifted() {
            return;
        }
        let baseline = &self.baseline;
        let new = read.methods.iter().filter(|method| {
            let of_a_phone = super::old_phone::kind(method).is_some();
            of_a_phone && !known(method, baseline)
        });
        let new = new.filter_map(id);
        if self.seen_since.is_none_or(|since| sent < since) {
            self.evidence.strays.before_any_sight(new);
        }
    }

    /// Whether several came at once of which one must be the person's.
    fn note_rivals(&mut self, read: &Reading, asked: &MethodQuery, aim: Aim<'_>) {
        match read {
            Reading::Methods(read) | Reading::Devices(DeviceAnswer::Entries(read)) => {
                self.evidence.note_rivals(read, asked, &self.baseline, aim);
            }
            Reading::Devices(DeviceAnswer::Of(_) | DeviceAnswer::NotOffered) => {}
        }
    }

    /// The first look at everything tells what was not read of somebody found; from then on what comes is new.
    fn complete_baseline(&mut self, read: &MethodRead, asked: &MethodQuery) {
        if !self.baseline.partial || *asked != MethodQuery::Everything {
            return;
        }
        let unread = |method: &&Method| matches!(method, Method::Other { .. } | Method::Password);
        let unread = read.methods.iter().filter(unread).cloned();
        self.baseline.methods.extend(unread);
        self.baseline.partial = false;
    }

    /// The visit ends: what it leaves to look once more. With narrow scopes no look shows every kind, but one shows
    /// whether the pass is gone.
    pub(super) fn last_look(&mut self, ticket: Option<u32>, cx: &Context<'_>) -> Option<LastLook> {
        let wants = match cx.policy.scopes {
            Scopes::Wide => MethodQuery::Everything,
            Scopes::Narrow => MethodQuery::Passes,
        };
        self.had_pass.then(|| LastLook {
            wants,
            subject: cx.subject(&self.person.id),
            ticket,
            invited: std::mem::take(&mut self.watch.invited),
            baseline: self.baseline.without_names(),
            passkey_counts: aim(cx).passkey_counts(),
            taken_back: self.watch.removed_pass.take(),
            sent: None,
            due: Some(cx.now.mono.after_s(LAST_LOOK_S)),
            in_flight: None,
        })
    }

    /// The registration is there: a pass that was used leaves some minutes in which more can come.
    pub(super) fn watch_on(&mut self, proof: &Proof, cx: &Context<'_>) {
        let withdrawn = self.watch.invited.registered(proof);
        self.watch.withdrawn.extend(withdrawn);
        self.watch.until = Some(cx.now.mono.after_s(FINISH_S));
    }
}

impl Visit {
    /// A method that nobody was led to was removed: what comes in its place is told anew.
    pub(crate) fn method_removed(&mut self, method: &str) {
        if let Stage::HandingOver(board) = &mut self.stage {
            board.watch.invited.removed(method);
            board.evidence.rivals.removed(method);
            board.evidence.strays.answer(method);
        }
    }

    /// It is asked whether this one is in the person's hand, or another.
    pub(crate) fn asks_between(&self, method: &str) -> bool {
        matches!(&self.stage, Stage::HandingOver(board) if board.evidence.rivals.asks_about(method))
    }

    /// The operator says that it is the person's own. Where it was asked which one is, the next look comes at once.
    pub(crate) fn method_kept(&mut self, method: &str, now: Now) {
        if let Stage::HandingOver(board) = &mut self.stage {
            board.evidence.strays.answer(method);
            if board.evidence.rivals.choose(method) {
                board.evidence.aim_anew();
                board.polling.ask(now.mono);
            }
        }
    }
}
