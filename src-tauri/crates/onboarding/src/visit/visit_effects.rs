//! What a visit leaves for the desk to do.

use super::{LastLook, RemovedLook, Stage, Unheard, Visit, Whose};
use crate::effect::EffectId;
use crate::notice::LetterKind;
use crate::pass::open_question::OpenQuestion;
use crate::pass::reconcile::Reconcile;
use crate::pass::target::Target;
use crate::person::directory::KnownPass;
use crate::proof_look::LateLook;
use crate::registration::uninvited::Uninvited;

/// What the desk must do after a visit acted.
#[derive(Debug, Default)]
pub(crate) struct VisitEffects {
    /// The visit is over and nothing of it stays.
    pub(crate) gone: bool,
    /// Passes the visit leaves behind that must be looked for or taken back.
    pub(crate) unreconciled: Vec<Reconcile>,
    /// A pass that took the place of the visit's, and the question that may have made it, sent once more on its way.
    pub(crate) replaced_by: Option<(OpenQuestion, KnownPass)>,
    /// Methods that nobody was led to, and those of them that are what the person was led to after all.
    pub(crate) uninvited: Vec<Uninvited>,
    pub(crate) whose: Option<Whose>,
    pub(crate) invited: Vec<String>,
    /// Those of them that looks no longer show.
    pub(crate) gone_again: Vec<String>,
    /// What the directory is still asked about the visit's test.
    pub(crate) late: Option<LateLook>,
    /// The pass that was removed, as the service says: the look after the end shows whether it is gone.
    pub(crate) taken_back: Option<(OpenQuestion, Target)>,
    /// One look more for what nobody was led to.
    pub(crate) last_look: Option<LastLook>,
    /// What was asked of the phone that was there before, and whose visit is over.
    pub(crate) unheard: Vec<Unheard>,
    /// What was removed of that phone and is not seen to be gone.
    pub(crate) removed: Option<RemovedLook>,
    /// Notices that a pass was issued which are on their way, and whose visit is over.
    pub(crate) notices: Vec<(LetterKind, EffectId)>,
    /// The visit says itself that something could not be recorded.
    pub(crate) told: bool,
}

impl Visit {
    /// What the desk looks for from now on.
    pub(super) fn hand_over(&mut self, after: &mut VisitEffects) {
        if let Stage::HandingOver(board) = &mut self.stage {
            after.unreconciled.append(&mut board.beside);
            after.replaced_by = board.replaced_by.take();
            if !board.watch.uninvited.is_empty() {
                after.uninvited.append(&mut board.watch.uninvited);
                after.whose = Some(Whose {
                    user: board.person.id.clone(),
                    person: Some(board.person.name.clone()),
                });
            }
            after.invited.append(&mut board.watch.withdrawn);
            after.gone_again.append(&mut board.watch.gone);
        }
    }
}
