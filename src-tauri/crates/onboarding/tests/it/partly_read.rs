//! Where only the lists of each kind answered when somebody was found: absent is not empty.

use desk_world::{FirstRead, RouteFault, sample};
use onboarding::{
    AfterScreen, AgainstNo, DespiteReason, InFront, MayIssue, Method, OperatorAction,
    OperatorScreen, OtherKind, PassStage, PasswordStep, Scopes, StaysBecause, Target, TroubleCode,
    UseAnswer, VisitAction, VisitScreen,
};

use crate::after_registration::{password, screen, stays, with};
use crate::rig::Rig;

/// Somebody of whom only these could be read in part.
fn partly(methods: Vec<Method>) -> Rig {
    let mut rig = Rig::new();
    rig.world.finds = FirstRead::Kinds;
    rig.world.methods.insert(sample::user("1"), methods);
    rig
}

fn other(id: &str, kind: OtherKind) -> Method {
    Method::Other {
        id: id.to_owned(),
        kind,
        mark: None,
    }
}

fn card(rig: &mut Rig) -> Vec<String> {
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Found { person, .. },
        ..
    }) = rig.view().screen
    else {
        panic!("nobody was found");
    };
    let lines = person.methods.into_iter();
    lines.map(|line| line.message.key).collect()
}

#[test]
fn d1_what_was_not_read_is_not_told_as_nothing() {
    let unread = || vec![Method::Password, other("number", OtherKind::Phone)];
    assert_eq!(
        card(&mut partly(unread()).found("1")),
        ["method-cannot-tell"]
    );
    let mut more = unread();
    more.push(sample::authenticator("old", true));
    assert_eq!(
        card(&mut partly(more).found("1")),
        ["method-authenticator-phone", "method-cannot-tell"]
    );
    let mut rig = partly(Vec::new());
    rig.world.finds = FirstRead::Everything;
    assert_eq!(card(&mut rig.found("1")), ["method-none"]);
}

/// Where nothing was read because of a role, it is read once the role came: an old phone stays an old one.
#[test]
fn i5_who_was_found_before_the_role_came_is_read_again_n9() {
    let mut rig = Rig::new();
    let person = rig.world.people.get_mut(&sample::user("1")).unwrap();
    person.target = Target::Protected {
        role: "Global Administrator".into(),
    };
    let old = sample::authenticator("old", true);
    rig.world.methods.insert(sample::user("1"), vec![old]);
    rig.world.finds = FirstRead::Nothing;
    let mut rig = rig.found("1");
    assert_eq!(card(&mut rig), ["method-cannot-tell"]);
    rig.world.operator.may_issue = MayIssue::YesForAdmins;
    rig.want(OperatorAction::RoleActivated);
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(
        rig.trouble(),
        Some(TroubleCode::ReadNotPermitted.short().to_owned())
    );
    assert_eq!(card(&mut rig), ["method-cannot-tell"], "not gone on with");
    rig.world.finds = FirstRead::Everything;
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(card(&mut rig), ["method-authenticator-phone"]);
    assert_eq!(rig.trouble(), None);
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(rig.screen(), "Check");
}

/// Where nothing comes back from the list of everything, or a box on the way refuses it, the other one serves.
#[test]
fn d1_a_pass_is_issued_where_one_list_is_silent_or_refused_on_the_way() {
    for why in [TroubleCode::NoNetwork, TroubleCode::NetworkRefused] {
        let mut rig = partly(Vec::new());
        rig.world.route_faults.whole = Some(RouteFault::Fails(why));
        let mut rig = rig.shown("1");
        assert_eq!(rig.stage(), PassStage::Live, "{why:?}");
        rig.world.use_pass(&sample::user("1"), rig.now);
        let own = sample::authenticator("own", true);
        rig.world.add(&sample::user("1"), own);
        rig.wait_s(60);
        let OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { registered, .. },
            ..
        }) = rig.view().screen
        else {
            panic!("no board");
        };
        assert!(registered.is_some(), "{why:?}");
    }
}

#[test]
fn s45_a_no_needs_a_reason_where_windows_hello_could_not_be_read() {
    let hello = other("hello", OtherKind::WindowsHello);
    for methods in [Vec::new(), vec![Method::Password, hello]] {
        let asked = || {
            let mut rig = partly(methods.clone());
            rig.world.route_faults.whole = Some(RouteFault::Fails(TroubleCode::ServiceDown));
            rig.tested("1")
        };
        let mut rig = asked();
        let against = match screen(&mut rig) {
            AfterScreen::UseQuestion {
                directory_against, ..
            } => directory_against,
            other => panic!("{other:?}"),
        };
        assert_eq!(against, Some(AgainstNo::NotRead), "{methods:?}");
        rig.answers(UseAnswer::No);
        assert_eq!(stays(&mut rig), StaysBecause::StillUsed, "{methods:?}");
        let mut rig = asked();
        rig.answers_despite(UseAnswer::No, Some(DespiteReason::NotUsedAnyMore));
        assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
    }
}

/// A site with a right for each kind never reads Windows Hello: there a "no" stands by itself.
#[test]
fn s45_a_site_that_reads_each_kind_by_itself_asks_no_reason() {
    let mut rig = with(|policy| policy.scopes = Scopes::Narrow);
    rig.world.finds = FirstRead::Kinds;
    let mut rig = rig.tested("1");
    let AfterScreen::UseQuestion {
        directory_against, ..
    } = screen(&mut rig)
    else {
        panic!("no question");
    };
    assert_eq!(directory_against, None);
    rig.answers(UseAnswer::No);
    assert_eq!(password(&mut rig), (None, PasswordStep::WaitsForPerson));
}

/// Answered before the pass, the list of everything says what was there, and what comes later is named (N21).
#[test]
fn n21_what_comes_after_the_list_of_everything_answered_is_named() {
    let mut rig = partly(vec![Method::Password, other("before", OtherKind::Phone)]).shown("1");
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.wait_s(16);
    assert_eq!(rig.view().uninvited.len(), 0, "it was there before");
    rig.world.add(&user, other("later", OtherKind::Email));
    rig.wait_s(16);
    let told = rig.view().uninvited;
    let told: Vec<_> = told.iter().map(|told| told.which.method.as_str()).collect();
    assert_eq!(told, ["later"]);
}
