//! A password that is needed again begins with a look of its own: a phone that was registered since the person was found is
//! decided on first, whatever was said of the one before (N29, T26).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AgainAction, AgainOffer, AgainStep, InFront, Method, OperatorAction, OperatorScreen, Policy,
    Scopes, TroubleCode, UseAnswer, UseQuestion, VisitAction, VisitScreen,
};

use crate::password_again::{act, confirm, offered, refused, returned, told, written};
use crate::random_ops::able;
use crate::rig::Rig;

const NEED: AgainAction = AgainAction::NeedPassword;

fn at_the_board(policy: Policy) -> Rig {
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.operator = able("op-1");
    returned(&mut rig, true);
    rig.board("1")
}

fn comes(rig: &mut Rig, method: Method) {
    rig.world.add(&sample::user("1"), method);
}

fn offer(rig: &mut Rig) -> Option<AgainOffer> {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board {
                may_need_password, ..
            },
            ..
        }) => may_need_password,
        _ => panic!("{}", rig.screen()),
    }
}

/// Nobody looked before, and nothing was said of the phone that was there.
#[test]
fn a_phone_that_was_registered_since_is_decided_on_first() {
    let narrow = Policy {
        scopes: Scopes::Narrow,
        ..sample::policy()
    };
    for (policy, method) in [
        (sample::policy(), sample::authenticator("since", true)),
        (sample::policy(), sample::passkey("since")),
        (narrow.clone(), sample::authenticator("since", true)),
        (narrow, sample::passkey("since")),
    ] {
        for remove in [false, true] {
            let mut rig = at_the_board(policy.clone());
            comes(&mut rig, method.clone());
            act(&mut rig, NEED);
            assert_eq!(rig.screen(), "Board", "{method:?}");
            assert_eq!(rig.trouble().as_deref(), Some("T414"), "{method:?}");
            assert_eq!(rig.view().uninvited.len(), 1, "there is what is asked");
            assert_eq!(refused(&mut rig, NEED), TroubleCode::PhoneSince);
            assert!(rig.decide_on_method(remove));
            act(&mut rig, NEED);
            assert_eq!(rig.screen(), "AgainQuestion", "{method:?} {remove}");
            assert_eq!(rig.world.roll.len(), 1);
        }
    }
}

/// A look that comes while the question is open shuts it again.
#[test]
fn one_that_is_seen_while_the_question_is_open_stops_the_yes() {
    let mut rig = at_the_board(sample::policy());
    rig.held.insert(Kind::Methods);
    rig.visit(VisitAction::LookNow);
    let late = std::mem::take(&mut rig.flying);
    rig.held.remove(&Kind::Methods);
    act(&mut rig, NEED);
    comes(&mut rig, sample::authenticator("since", true));
    for look in late {
        let answer = rig.world.answer(&look, rig.truth()).unwrap();
        rig.deliver(look.id, answer, "a look");
    }
    let (question, answer) = (UseQuestion::Windows, UseAnswer::Yes);
    rig.person_after(onboarding::PersonAfterAction::AnswerUse { question, answer });
    let yes = confirm(question, answer);
    assert_eq!(refused(&mut rig, yes.clone()), TroubleCode::PhoneSince);
    assert_eq!(written(&rig, "PasswordNeededAgain"), 0);
    assert!(rig.decide_on_method(false));
    act(&mut rig, yes);
    assert_eq!(told(&mut rig), AgainStep::Left);
}

/// Nobody can decide on what is not there any more.
#[test]
fn one_that_went_again_is_in_the_way_until_two_looks_agree() {
    let mut rig = at_the_board(sample::policy());
    comes(&mut rig, sample::authenticator("since", true));
    act(&mut rig, NEED);
    let methods = rig.world.methods.get_mut(&sample::user("1")).unwrap();
    methods.pop();
    rig.visit(VisitAction::LookNow);
    assert_eq!(refused(&mut rig, NEED), TroubleCode::PhoneSince);
    rig.visit(VisitAction::LookNow);
    act(&mut rig, NEED);
    assert_eq!(rig.screen(), "AgainQuestion");
    // A copy of the directory that shows it after all is believed.
    act(&mut rig, AgainAction::BackToRows);
    comes(&mut rig, sample::authenticator("since", true));
    act(&mut rig, NEED);
    assert_eq!(rig.trouble().as_deref(), Some("T414"));
}

/// Where the one list does not answer, those of each kind may; where none does, it is said and can be pressed again.
#[test]
fn a_look_that_fails_is_said_and_can_be_made_again() {
    let fails = |rig: &mut Rig, times: usize| {
        let fault = AnswerFault::Failed(TroubleCode::ServiceDown);
        let faults = std::iter::repeat_n((Kind::Methods, fault), times);
        rig.world.faults.extend(faults);
    };
    let mut rig = at_the_board(sample::policy());
    fails(&mut rig, 2);
    act(&mut rig, NEED);
    assert_eq!(rig.screen(), "Board");
    assert_eq!(
        rig.trouble().as_deref(),
        Some(TroubleCode::ServiceDown.short())
    );
    assert!(offered(&mut rig));
    fails(&mut rig, 1);
    act(&mut rig, NEED);
    assert_eq!(rig.screen(), "AgainQuestion");
    assert_eq!(rig.trouble(), None);
}

#[test]
fn while_it_looks_the_rows_go_on_and_nothing_is_asked_twice() {
    let mut rig = at_the_board(sample::policy());
    rig.held.insert(Kind::Methods);
    act(&mut rig, NEED);
    assert_eq!(offer(&mut rig), Some(AgainOffer::Looking));
    assert_eq!(refused(&mut rig, NEED), TroubleCode::NotNow);
    assert_eq!(rig.flying.len(), 1);
    rig.visit(VisitAction::Next);
    rig.release(Kind::Methods);
    assert_eq!(rig.screen(), "AgainQuestion");
    // A pass that was asked for meanwhile goes first.
    let mut rig = at_the_board(sample::policy());
    rig.held.insert(Kind::Methods);
    act(&mut rig, NEED);
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.release(Kind::Methods);
    assert_eq!((rig.screen().as_str(), rig.trouble()), ("Board", None));
    // And nobody is asked while nobody is there.
    let mut rig = at_the_board(sample::policy());
    rig.held.insert(Kind::Methods);
    act(&mut rig, NEED);
    rig.want(OperatorAction::Lock);
    rig.release(Kind::Methods);
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.screen(), "Board");
    assert_eq!(offer(&mut rig), Some(AgainOffer::Open));
}
