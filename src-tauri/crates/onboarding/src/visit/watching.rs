//! Looking for what nobody was led to: with every read while the pass opens doors, and at a slower pace afterwards.

use super::{Board, Context, Stage, Visit};
use crate::effect::Reading;
use crate::ids::UserId;
use crate::reading::MethodQuery;
use crate::registration::agreement::Proof;
use crate::registration::poll_schedule::FINISH_S;
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

impl Watch {
    pub(super) fn goes_on(&self, now: Now) -> bool {
        self.until.is_some_and(|until| now.mono < until)
    }
}

impl Board {
    /// Whether anything came in this read that nobody was led to.
    pub(super) fn watch(&mut self, read: &Reading, asked: &MethodQuery, passkey_counts: bool) {
        if let Reading::Methods(read) = read {
            let found = self
                .watch
                .invited
                .look(read, &self.baseline, passkey_counts);
            self.watch.uninvited.extend(found);
            // Any other look does not show every kind.
            if *asked == MethodQuery::Everything {
                self.watch.gone.extend(self.watch.invited.missing(read));
            }
        }
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
        }
    }
}
