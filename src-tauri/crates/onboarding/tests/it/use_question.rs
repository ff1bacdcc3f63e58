//! The question whether the password is still needed somewhere (S39, S45).

use desk_world::sample;
use onboarding::{
    AfterAction, AfterScreen, AgainstNo, DespiteReason, Method, OtherKind, PasswordStep,
    PersonAction, PersonAfterAction, Policy, StaysBecause, TroubleCode, UseAnswer, UseQuestion,
    Words,
};

use crate::after_registration::{password, refused, screen, stays, with};
use crate::rig::Rig;

fn answered(answer: UseAnswer) -> AfterAction {
    AfterAction::ConfirmUse {
        question: UseQuestion::Windows,
        answer,
        despite: None,
    }
}

/// S39, S45: the person answers, the operator confirms the same.
#[test]
fn the_question_is_answered_twice_and_recorded_once() {
    let mut rig = Rig::new().tested("1");
    rig.person_after(PersonAfterAction::AnswerUse {
        question: UseQuestion::Windows,
        answer: UseAnswer::Yes,
    });
    assert_eq!(
        refused(&mut rig, answered(UseAnswer::No)),
        TroubleCode::AnswersDiffer
    );
    let AfterScreen::UseQuestion { answer, .. } = screen(&mut rig) else {
        panic!("no question");
    };
    assert_eq!(answer, None, "it is asked anew");
    rig.after(answered(UseAnswer::DontKnow));
    assert_eq!(stays(&mut rig), StaysBecause::StillUsed, "counts as yes");
    let asked = rig.world.written();
    let asked = asked.iter().filter(|entry| *entry == "PasswordUse");
    assert_eq!(asked.count(), 1);
}

#[test]
fn a_no_that_the_directory_speaks_against_needs_a_reason() {
    let hello = || Method::Other {
        id: "hello-1".into(),
        kind: OtherKind::WindowsHello,
        mark: None,
    };
    let with_hello = || {
        let mut rig = Rig::new();
        rig.world
            .methods
            .insert(sample::user("1"), vec![Method::Password, hello()]);
        rig.tested("1")
    };
    let mut rig = with_hello();
    assert!(matches!(
        screen(&mut rig),
        AfterScreen::UseQuestion {
            directory_against: Some(AgainstNo::Registered),
            ..
        }
    ));
    rig.answers(UseAnswer::No);
    assert_eq!(stays(&mut rig), StaysBecause::StillUsed);
    let mut rig = with_hello();
    let despite = Some(DespiteReason::NotUsedAnyMore);
    let answer = UseAnswer::No;
    rig.answers_despite(answer, despite);
    assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
    let mut rig = Rig::new().tested("1");
    let question = UseQuestion::Windows;
    rig.person_after(PersonAfterAction::AnswerUse { question, answer });
    let act = AfterAction::ConfirmUse {
        question,
        answer,
        despite,
    };
    let refused = refused(&mut rig, act);
    assert_eq!(refused, TroubleCode::NotNow, "nothing speaks against it");
}

#[test]
fn a_yes_to_the_sites_list_counts_as_well() {
    let list = |policy: &mut Policy| policy.passwords.other_uses = vec![Words::same("Copier")];
    for (answer, free) in [
        (UseAnswer::Yes, false),
        (UseAnswer::DontKnow, false),
        (UseAnswer::No, true),
    ] {
        let mut rig = with(list).tested("1");
        rig.answers(UseAnswer::No);
        let AfterScreen::UseQuestion {
            question, others, ..
        } = screen(&mut rig)
        else {
            panic!("no second question");
        };
        assert_eq!((question, others.len()), (UseQuestion::Others, 1));
        rig.answers(answer);
        assert_eq!(password(&mut rig).0.is_none(), free);
    }
}

/// S45: a "no" takes both; what leaves the password as it is takes the operator alone.
#[test]
fn nobody_says_no_in_the_persons_place() {
    let mut rig = Rig::new().tested("1");
    for _ in 0..2 {
        assert_eq!(
            refused(&mut rig, answered(UseAnswer::No)),
            TroubleCode::NotNow
        );
    }
    assert!(!rig.world.written().contains(&"PasswordUse".to_owned()));
    rig.answers(UseAnswer::No);
    assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
    for answer in [UseAnswer::Yes, UseAnswer::DontKnow] {
        let mut rig = Rig::new().tested("1");
        rig.after(answered(answer));
        assert_eq!(stays(&mut rig), StaysBecause::StillUsed);
    }
}

/// The second of two presses on one question says nothing of the next, which nobody has seen.
#[test]
fn a_question_is_answered_only_by_who_was_shown_it() {
    let list = |policy: &mut Policy| policy.passwords.other_uses = vec![Words::same("Copier")];
    let mut rig = with(list).tested("1");
    rig.answers(UseAnswer::No);
    for answer in [UseAnswer::No, UseAnswer::Yes, UseAnswer::DontKnow] {
        assert_eq!(
            refused(&mut rig, answered(answer)),
            TroubleCode::NotNow,
            "{answer:?} is to the question before"
        );
        let question = UseQuestion::Windows;
        let late = PersonAction::After(PersonAfterAction::AnswerUse { question, answer });
        assert_eq!(rig.person(late).unwrap_err().code, TroubleCode::NotNow);
    }
    let AfterScreen::UseQuestion {
        question, answer, ..
    } = screen(&mut rig)
    else {
        panic!("no second question");
    };
    assert_eq!((question, answer), (UseQuestion::Others, None));
}
