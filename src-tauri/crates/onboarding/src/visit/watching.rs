//! Looking for what nobody was led to: with every read while the pass opens doors, and at a slower pace afterwards.

use super::polling::aim;
use super::{Board, Context, Stage, Visit};
use crate::effect::{EffectId, Reading};
use crate::ids::{Subject, UserId};
use crate::person::directory::{KnownPass, Method, MethodRead, PassReason};
use crate::policy::Scopes;
use crate::reading::MethodQuery;
use crate::registration::agreement::Proof;
use crate::registration::identity::{id, known};
use crate::registration::poll_schedule::FINISH_S;
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
    /// When it leaves; none while it is on its way.
    pub(crate) due: Option<Mono>,
    pub(crate) in_flight: Option<EffectId>,
}

/// After the end, when a pass that was used has opened no door for a while.
const LAST_LOOK_S: u64 = 60;

impl LastLook {
    pub(crate) fn removed(&mut self, method: &str) {
        self.invited.removed(method);
    }

    pub(crate) fn look(&mut self, read: &MethodRead) -> Vec<Uninvited> {
        let told = Strays::default();
        self.invited
            .look(read, &self.baseline, self.passkey_counts, &told)
    }
}

impl Watch {
    pub(super) fn goes_on(&self, now: Now) -> bool {
        self.until.is_some_and(|until| now.mono < until)
    }
}

impl Board {
    /// Whether anything came in this read that nobody was led to.
    pub(super) fn watch(&mut self, read: &Reading, asked: &MethodQuery, passkey_counts: bool) {
        if let Reading::Methods(read) = read {
            self.complete_baseline(read, asked);
            let found = self.watch.invited.look(
                read,
                &self.baseline,
                passkey_counts,
                &self.evidence.strays,
            );
            self.watch.uninvited.extend(found);
            // Any other look does not show every kind.
            if *asked == MethodQuery::Everything {
                self.watch.gone.extend(self.watch.invited.missing(read));
            }
        }
    }

    /// What in this read, asked for at that time, cannot be the work of a pass of this visit. Where no row asks for a
    /// pass, or the operator led on without, nothing depends on one.
    pub(super) fn note_strays(
        &mut self,
        read: &MethodRead,
        (asked, sent): (&MethodQuery, Mono),
        cx: &Context<'_>,
    ) {
        if super::rows::pass_row(cx.pack).is_none() || self.hold.is_lifted() {
            return;
        }
        let baseline = &self.baseline;
        let new = read.methods.iter().filter(|method| {
            let of_a_phone = super::old_phone::kind(method).is_some();
            of_a_phone && !known(method, baseline)
        });
        let new = new.filter_map(id);
        let ours = |pass: &&KnownPass| self.own.contains(&pass.id);
        let ours: Vec<_> = read.passes().filter(ours).collect();
        let used =
            self.evidence.pass.consumed || ours.iter().any(|pass| pass.reason == PassReason::Used);
        if !used && self.seen_since.is_none_or(|since| sent < since) {
            self.evidence.strays.before_any_sight(new.clone());
        }
        if *asked == MethodQuery::Everything {
            let unused = |pass: &&KnownPass| pass.once == Some(true) && pass.usable;
            let unused = ours.iter().any(unused);
            let strays = &mut self.evidence.strays;
            strays.beside_the_pass(new, unused, cx.now.mono);
        }
    }

    /// The first look at everything tells what was not read of somebody found; from then on what comes is new.
    pub(super) fn complete_baseline(&mut self, read: &MethodRead, asked: &MethodQuery) {
        if !self.baseline.partial || *asked != MethodQuery::Everything {
            return;
        }
        let unread = |method: &&Method| matches!(method, Method::Other { .. } | Method::Password);
        let unread = read.methods.iter().filter(unread).cloned();
        self.baseline.methods.extend(unread);
        self.baseline.partial = false;
    }

    /// The visit ends: what it leaves to look once more. With narrow scopes no look shows every kind.
    pub(super) fn last_look(&mut self, ticket: Option<u32>, cx: &Context<'_>) -> Option<LastLook> {
        let looks = self.had_pass && cx.policy.scopes == Scopes::Wide;
        looks.then(|| LastLook {
            subject: cx.subject(&self.person.id),
            ticket,
            invited: std::mem::take(&mut self.watch.invited),
            baseline: self.baseline.without_names(),
            passkey_counts: aim(cx).passkey_counts(),
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
    /// A method that the pass of this visit was not used for is the person's own, says the operator.
    pub(crate) fn method_kept(&mut self, method: &str) {
        if let Stage::HandingOver(board) = &mut self.stage {
            board.evidence.strays.kept(method);
        }
    }

    /// A method that nobody was led to was removed: what comes in its place is told anew.
    pub(crate) fn method_removed(&mut self, method: &str) {
        if let Stage::HandingOver(board) = &mut self.stage {
            board.watch.invited.removed(method);
        }
    }
}
