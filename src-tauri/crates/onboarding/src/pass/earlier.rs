//! How what an earlier run left open is taken up.

use super::found::FoundPass;
use super::open_question::{Asked, OpenQuestion};
use super::reconcile::Reconcile;
use super::target::Target;
use crate::reading::MethodQuery;
use crate::record::PendingIntent;
use crate::time::Mono;

/// Takes up what an earlier run left open.
pub(crate) fn reopen(pending: PendingIntent, lists: &MethodQuery, now: Mono) -> Reconcile {
    let question = OpenQuestion {
        subject: pending.subject,
        upn: pending.upn,
        intent: pending.intent,
        known: [pending.known_passes, pending.accounted].concat(),
        asked: Asked {
            at: pending.asked_at,
            confirmed: pending.time_confirmed,
            mono: None,
        },
        lifetime_minutes: pending.lifetime_minutes,
        once: Some(pending.once),
        lists: lists.clone(),
    };
    let open = match pending.made {
        Some(made) => {
            let said = (made.id, made.start, made.lifetime_minutes);
            let target = Target::answered(&question, said, now);
            let as_asked = question.is_answered_by(made.start, made.lifetime_minutes, pending.once);
            match (made.removed, as_asked) {
                (true, _) => Reconcile::bear_out(question, target, now),
                (false, true) => Reconcile::owe(question, target, now),
                (false, false) => Reconcile::owe(question, target, now).and_search(),
            }
        }
        None => Reconcile::look(question, now),
    };
    match pending.found {
        Some(found) => open.with_found(FoundPass::earlier(&found, now), found.remove),
        None => open,
    }
}
