//! What always holds of a phone that was registered before: nothing of it goes without a yes and an intent on the disk,
//! and no pass is asked for while somebody else may have it.

use onboarding::record::{Event, PhoneEvent};
use onboarding::{
    EarlierPhone, Effect, OldPhoneAction, OldPhoneStep, OperatorAction, Task, UserId, VisitAction,
    VisitId,
};

use crate::rig::Rig;

/// To what this action says yes, if it is not refused: methods, and sessions.
pub(crate) fn agreed(
    rig: &mut Rig,
    action: &OperatorAction,
) -> (Vec<(UserId, String)>, Option<UserId>) {
    let OperatorAction::Visit {
        visit,
        act: VisitAction::OldPhone(act),
    } = action
    else {
        return (Vec::new(), None);
    };
    let Some(user) = rig.users.get(visit).cloned() else {
        return (Vec::new(), None);
    };
    match act {
        OldPhoneAction::RetireMethod { method } => (vec![(user, method.clone())], None),
        OldPhoneAction::BlockEarlierPhone => match rig.view().old_phone.map(|view| view.step) {
            Some(OldPhoneStep::Block {
                methods, sessions, ..
            }) => {
                let shown = methods.into_iter().filter(|method| method.may_remove);
                let methods = shown.map(|shown| (user.clone(), shown.method)).collect();
                (methods, sessions.may_end.then_some(user))
            }
            _ => (Vec::new(), None),
        },
        OldPhoneAction::SayEarlierPhone { .. }
        | OldPhoneAction::GoOnUnblocked
        | OldPhoneAction::LeaveMethod { .. } => (Vec::new(), None),
    }
}

/// Looked at with every effect that leaves the desk.
pub(crate) fn holds(rig: &Rig, task: &Task) {
    match &task.effect {
        Effect::RemoveMethod { method, .. } => {
            let meant = of_visit(rig, task.visit).any(|entry| match entry {
                Event::Phone(PhoneEvent::EarlierMethodsIntent { methods, .. }) => {
                    methods.contains(method)
                }
                _ => false,
            });
            assert!(
                meant || !is_old(method),
                "a method goes without an intent on the disk"
            );
        }
        Effect::EndSessions { .. } => {
            let meant = of_visit(rig, task.visit).any(|entry| {
                matches!(
                    entry,
                    Event::Phone(PhoneEvent::EarlierMethodsIntent { sessions: true, .. })
                )
            });
            assert!(meant, "sessions end without an intent on the disk");
            let removing = |flying: &Task| match &flying.effect {
                Effect::RemoveMethod { method, .. } => flying.visit == task.visit && is_old(method),
                _ => false,
            };
            assert!(
                !rig.flying.iter().any(removing),
                "sessions end before the phone is out of use"
            );
        }
        Effect::IssuePass { .. } => {
            let lost = Event::Phone(PhoneEvent::EarlierPhoneSaid {
                earlier: EarlierPhone::LostToOthers,
            });
            // Facts: they are written as soon as there is room, and said before anything is asked for.
            let facts = ["SessionsEnded", "WentOnUnblocked"];
            let visit = task.visit.map_or(0, |visit| visit.0);
            let lines = facts.map(|fact| format!("v{visit} record {fact}"));
            let done = rig.log.iter().any(|line| lines.contains(line));
            let is_lost = of_visit(rig, task.visit).any(|entry| *entry == lost);
            assert!(
                done || !is_lost,
                "a pass is asked for while somebody else may have the phone"
            );
        }
        _ => {}
    }
}

fn of_visit(rig: &Rig, visit: Option<VisitId>) -> impl Iterator<Item = &Event> {
    let of = rig.world.record.iter().filter(move |(of, _)| *of == visit);
    of.map(|(_, entry)| entry)
}

/// The phones of before are called so in the tests.
fn is_old(method: &str) -> bool {
    method.starts_with("old")
}
