//! What may happen in a random sequence, as strategies.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::Event;
use onboarding::{
    AfterAction, EarlierPhone, OldPhoneAction, Operator, TestCause, TestPlace, TestReport,
    TestSight, TroubleCode, UninvitedKind, UseAnswer, UseQuestion,
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
