//! What may happen in a random sequence, as strategies.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{Event, LeftOpen};
use onboarding::{
    AfterAction, AgainAction, EarlierPhone, OldPhoneAction, Operator, Task, TestCause, TestPlace,
    TestReport, TestSight, TroubleCode, UninvitedKind, UseAnswer, UseQuestion, UserId, VisitId,
};
use proptest::prelude::*;

use crate::rig::Rig;

pub(crate) fn after_action() -> impl Strategy<Value = AfterAction> {
    let place = || prop_oneof![Just(TestPlace::Station), Just(TestPlace::Phone)];
    let why = prop_oneof![Just(TestCause::NoTime), Just(TestCause::PasswordNeeded)];
    let app_instead = any::<bool>();
    prop_oneof![
        3 => place().prop_map(|place| AfterAction::TrySignIn { place }),
        1 => why.clone().prop_map(|why| AfterAction::SkipTest { why }),
        1 => Just(AfterAction::TestShows { sight: Some(TestSight::PasswordAsked) }),
        3 => app_instead.prop_map(|app_instead| AfterAction::ReportTest {
            report: TestReport::Passed { app_instead }
        }),
        1 => why.prop_map(|why| AfterAction::ReportTest { report: TestReport::Failed { why } }),
        4 => use_answer().prop_map(|answer| AfterAction::ConfirmUse {
            question: UseQuestion::Windows,
            answer,
            despite: None
        }),
        3 => Just(AfterAction::JoinRoll),
    ]
}

pub(crate) fn again_action() -> impl Strategy<Value = AgainAction> {
    prop_oneof![
        3 => Just(AgainAction::NeedPassword),
        3 => use_answer().prop_map(|answer| AgainAction::ConfirmNeed {
            question: UseQuestion::Windows,
            answer
        }),
        1 => Just(AgainAction::BackToRows),
    ]
}

/// Of a person who may have a phone named `old`.
pub(crate) fn old_phone_action() -> impl Strategy<Value = OldPhoneAction> {
    let method = || "old".to_owned();
    prop_oneof![
        3 => Just(OldPhoneAction::BlockEarlierPhone),
        1 => Just(OldPhoneAction::GoOnUnblocked),
        3 => Just(OldPhoneAction::RetireMethod { method: method() }),
        1 => Just(OldPhoneAction::LeaveMethod { method: method() }),
    ]
}

/// What is said of it.
pub(crate) fn earlier_of(person: &str) -> OldPhoneAction {
    let earlier = match person {
        "2" => Some(EarlierPhone::LostToOthers),
        _ => Some(EarlierPhone::Replaced),
    };
    OldPhoneAction::SayEarlierPhone { earlier }
}

/// An operator whose rights reach an old phone.
pub(crate) fn able(oid: &str) -> Operator {
    let mut operator = sample::operator(oid);
    operator.may_remove.extend([
        UninvitedKind::Authenticator,
        UninvitedKind::AuthenticatorPasskey,
    ]);
    operator.granted.push("User.RevokeSessions.All".to_owned());
    operator
}

pub(crate) fn use_answer() -> impl Strategy<Value = UseAnswer> {
    prop_oneof![
        1 => Just(UseAnswer::Yes),
        4 => Just(UseAnswer::No),
        1 => Just(UseAnswer::DontKnow),
    ]
}

pub(crate) fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        1 => Just(Kind::SignIn), 1 => Just(Kind::Find), 2 => Just(Kind::Methods),
        3 => Just(Kind::Record), 4 => Just(Kind::Issue), 2 => Just(Kind::Remove),
        1 => Just(Kind::Try), 1 => Just(Kind::Roll), 2 => Just(Kind::Change),
        1 => Just(Kind::RemoveMethod), 1 => Just(Kind::Proof), 1 => Just(Kind::Sessions),
    ]
}

pub(crate) fn fault() -> impl Strategy<Value = AnswerFault> {
    prop_oneof![
        3 => Just(AnswerFault::LostAnswer),
        2 => Just(AnswerFault::LostQuestion),
        2 => (1u64..320, 1u8..3).prop_map(|(for_s, times)| AnswerFault::HeldUp { for_s, times }),
        1 => Just(AnswerFault::Refused(TroubleCode::PassOutOfScope)),
        1 => Just(AnswerFault::NotSent),
        1 => (0u32..200).prop_map(AnswerFault::Throttled),
        1 => Just(AnswerFault::Failed(TroubleCode::SignInAgain)),
    ]
}

/// N26: where every pass is held, none is asked for without a colleague's word, and each word is for one of them.
pub(crate) fn each_has_a_colleague(rig: &Rig) {
    let mut words = std::collections::BTreeMap::<_, usize>::new();
    for (visit, event) in &rig.world.record {
        let words = words.entry(*visit).or_default();
        match event {
            Event::ColleagueConfirmed { .. } => *words += 1,
            Event::PassIntent { confirmed_by, .. } => {
                assert!(confirmed_by.is_some(), "held, and nobody confirmed it");
                *words = words.checked_sub(1).expect("one word for two passes");
            }
            _ => {}
        }
    }
}

/// Another counter makes a pass at a moment at which nobody here could not see it any more. It is as this station's are
/// only where no open visit here has given up a question for this person: nothing tells it from what comes of that.
pub(crate) fn foreign(rig: &mut Rig, user: &UserId, alike: bool) {
    if rig.flying.is_empty() && rig.held.is_empty() && rig.world.lag_ms == 0 {
        rig.wait_ms(31_000);
        let at = rig.truth();
        let like = match alike && !gave_up_in_an_open_visit(rig, user) {
            true => asked_last(rig, user),
            false => (60, false),
        };
        rig.world.foreign_pass_like(user, at, like);
    }
}

/// How long and how often the pass was to work that this station asked for last.
fn asked_last(rig: &Rig, user: &UserId) -> (u32, bool) {
    let mut entries = rig.world.record.iter().rev().map(|(_, entry)| entry);
    let asked = entries.find_map(|entry| match entry {
        Event::PassIntent {
            user: of,
            lifetime_minutes,
            once,
            ..
        } if of == user => Some((*lifetime_minutes, *once)),
        _ => None,
    });
    asked.unwrap_or((30, true))
}

fn gave_up_in_an_open_visit(rig: &Rig, user: &UserId) -> bool {
    let mut left = LeftOpen::default();
    for ((visit, entry), at) in rig.world.record.iter().zip(&rig.world.times) {
        left.take(*visit, *at, entry);
    }
    let ended = |visit: VisitId| {
        let is_end = |(of, entry): &(Option<VisitId>, Event)| {
            *of == Some(visit) && matches!(entry, Event::VisitEnded { .. })
        };
        rig.world.record.iter().any(is_end)
    };
    let mut given_up = left.pending().into_iter();
    given_up.any(|open| open.subject.user == *user && !ended(open.subject.visit))
}

/// One of the questions on their way is answered; of entries the oldest, for the record is written in order.
pub(crate) fn answer_one(rig: &mut Rig, at: usize) {
    let Some(at) = at.checked_rem(rig.flying.len()) else {
        return;
    };
    let writes = |task: &Task| desk_world::kind(&task.effect) == Kind::Record;
    let oldest = rig.flying.iter().position(writes);
    let at = oldest.filter(|_| writes(&rig.flying[at])).unwrap_or(at);
    let flying = rig.flying.remove(at);
    if let Some(outcome) = rig.world.answer(&flying, rig.truth()) {
        rig.deliver(flying.id, outcome, "out of turn");
        rig.run();
    }
}
