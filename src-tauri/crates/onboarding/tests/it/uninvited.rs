//! What nobody was led to: named at once, recorded, and removed only with a right and a yes.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{AfterEvent, Event};
use onboarding::{
    Method, MethodInVisit, OperatorAction, OtherKind, TroubleCode, UninvitedKind, UninvitedView,
    VisitAction,
};

use crate::rig::Rig;

fn number(id: &str) -> Method {
    marked(id, None)
}

fn marked(id: &str, mark: Option<u64>) -> Method {
    Method::Other {
        id: id.to_owned(),
        kind: OtherKind::Phone,
        mark,
    }
}

fn told(rig: &mut Rig) -> Vec<UninvitedView> {
    rig.view().uninvited
}

fn decide(rig: &Rig, method: &str, remove: bool) -> OperatorAction {
    OperatorAction::DecideOnMethod {
        which: MethodInVisit {
            visit: rig.visit,
            method: method.to_owned(),
        },
        remove,
    }
}

fn after_events(rig: &Rig) -> Vec<AfterEvent> {
    let of = |(_, entry): &(_, Event)| match entry {
        Event::After(event) => Some(event.clone()),
        _ => None,
    };
    let methods = |event: &AfterEvent| {
        matches!(
            event,
            AfterEvent::MethodUninvited { .. }
                | AfterEvent::MethodDecided { .. }
                | AfterEvent::MethodRemoved { .. }
                | AfterEvent::MethodNotRemoved { .. }
                | AfterEvent::MethodInvited { .. }
                | AfterEvent::MethodGone { .. }
                | AfterEvent::MethodNotDecided { .. }
        )
    };
    rig.world
        .record
        .iter()
        .filter_map(of)
        .filter(methods)
        .collect()
}

#[test]
fn n21_a_number_that_comes_while_the_pass_works_is_named_and_removed_with_a_yes() {
    let mut rig = Rig::new().shown("1");
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.world.add(&sample::user("1"), number("number"));
    rig.wait_s(16);
    let one = &told(&mut rig)[..];
    let [one] = one else { panic!("{one:?}") };
    assert_eq!((one.kind, one.may_remove), (UninvitedKind::Phone, true));
    assert_eq!(
        one.person.as_deref(),
        Some(sample::person("1").name.as_str())
    );
    assert!(rig.decide_on_method(true));
    assert_eq!(told(&mut rig).len(), 0);
    let left = rig.world.list(&sample::user("1"), rig.now);
    assert!(!left.methods.contains(&number("number")));
    let method = || "number".to_owned();
    assert_eq!(
        after_events(&rig),
        [
            AfterEvent::MethodUninvited {
                kind: UninvitedKind::Phone,
                method: method()
            },
            AfterEvent::MethodDecided {
                method: method(),
                operator: onboarding::UserId("op-1".to_owned()),
                remove: true
            },
            AfterEvent::MethodRemoved { method: method() },
        ]
    );
    // Removed, it is not told again, and nothing is removed twice.
    rig.wait_s(60);
    assert_eq!(told(&mut rig).len(), 0);
    let again = decide(&rig, "number", true);
    let refused = rig.act(&again).unwrap_err().code;
    assert_eq!(refused, TroubleCode::NotNow);
}

#[test]
fn n21_also_what_comes_after_the_registration_is_named() {
    let mut rig = Rig::new().registered("1");
    assert_eq!(told(&mut rig).len(), 0, "what the person was led to");
    rig.world.add(&sample::user("1"), number("late"));
    rig.wait_s(45);
    assert_eq!(told(&mut rig).len(), 1);
    // It stays over the end of the visit, then without a name.
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig.visit(VisitAction::Close);
    let view = told(&mut rig);
    assert_eq!((view.len(), &view[0].person), (1, &None));
    assert!(rig.decide_on_method(false));
    assert_eq!(told(&mut rig).len(), 0);
    let left = rig.world.list(&sample::user("1"), rig.now);
    assert!(
        left.methods.contains(&number("late")),
        "the person's own stays"
    );
}

#[test]
fn n21_a_kind_without_a_right_is_named_and_never_removed() {
    let mut rig = Rig::new().shown("1");
    rig.world.use_pass(&sample::user("1"), rig.now);
    let hello = Method::Other {
        id: "hello".to_owned(),
        kind: OtherKind::WindowsHello,
        mark: None,
    };
    rig.world.add(&sample::user("1"), hello.clone());
    rig.wait_s(16);
    assert!(!told(&mut rig)[0].may_remove);
    let wanted = decide(&rig, "hello", true);
    let refused = rig.act(&wanted).unwrap_err().code;
    assert_eq!(refused, TroubleCode::NotAllowedHere);
    assert!(
        rig.world
            .list(&sample::user("1"), rig.now)
            .methods
            .contains(&hello)
    );
}

#[test]
fn n21_what_could_not_be_removed_stays_with_its_reason_and_can_be_tried_again() {
    let mut rig = Rig::new().shown("1");
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.world.add(&sample::user("1"), number("number"));
    rig.wait_s(16);
    rig.world.faults.push_back((
        Kind::RemoveMethod,
        AnswerFault::Failed(TroubleCode::ServiceDown),
    ));
    assert!(rig.decide_on_method(true));
    let view = told(&mut rig);
    let why = view[0]
        .trouble
        .as_ref()
        .map(|trouble| trouble.code.as_str());
    assert_eq!(why, Some(TroubleCode::ServiceDown.short()));
    assert!(rig.decide_on_method(true));
    assert_eq!(told(&mut rig).len(), 0);
}

#[test]
fn n21_whose_registration_it_turns_out_to_be_is_told_no_more() {
    let mut rig = Rig::new().shown("1");
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.world
        .add(&user, sample::authenticator("push-only", false));
    rig.wait_s(16);
    assert_eq!(told(&mut rig).len(), 0);
    rig.world.add(&user, sample::authenticator("new", true));
    rig.wait_s(60);
    let view = told(&mut rig);
    let methods: Vec<_> = view.iter().map(|told| told.which.method.as_str()).collect();
    assert_eq!(methods, ["push-only"], "the one that was not proven");
}

#[test]
fn n21_nobody_is_told_of_it_once_the_operator_signed_out() {
    let mut rig = Rig::new().registered("1");
    rig.world.add(&sample::user("1"), number("late"));
    rig.wait_s(45);
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig.visit(VisitAction::Close);
    rig.want(OperatorAction::SignOut);
    assert_eq!(told(&mut rig).len(), 0);
    rig.want(OperatorAction::SignIn);
    assert_eq!(told(&mut rig).len(), 0);
    let method = "late".to_owned();
    let last = after_events(&rig).pop();
    assert_eq!(last, Some(AfterEvent::MethodNotDecided { method }));
}

#[test]
fn n21_a_lock_leaves_what_an_open_visit_asks_to_whoever_comes_back() {
    let mut rig = Rig::new().registered("1");
    rig.world.add(&sample::user("1"), number("late"));
    rig.wait_s(45);
    assert_eq!(told(&mut rig).len(), 1);
    rig.want(OperatorAction::Lock);
    assert_eq!(told(&mut rig).len(), 0, "nobody is there to be told");
    rig.want(OperatorAction::SignIn);
    assert_eq!(told(&mut rig).len(), 1);
    assert!(rig.decide_on_method(true));
    assert_eq!(told(&mut rig).len(), 0);
}

#[test]
fn n21_what_a_locked_desk_left_undecided_is_recorded_once_its_visit_is_over() {
    let mut rig = Rig::new().registered("1");
    rig.world.add(&sample::user("1"), number("late"));
    rig.wait_s(45);
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignOut);
    rig.wait_s(600);
    rig.want(OperatorAction::SignIn);
    assert_eq!(told(&mut rig).len(), 0);
    let method = "late".to_owned();
    let undecided = AfterEvent::MethodNotDecided { method };
    let times = after_events(&rig)
        .iter()
        .filter(|e| **e == undecided)
        .count();
    assert_eq!(times, 1);
}

#[test]
fn n21_what_the_directory_does_not_find_yet_stays_asked_about() {
    let mut rig = Rig::new().shown("1");
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, number("number"));
    rig.wait_s(16);
    // The copy that is asked does not have it yet.
    let all = rig.world.methods.insert(user.clone(), Vec::new());
    assert!(rig.decide_on_method(true));
    rig.world.methods.extend(all.map(|all| (user.clone(), all)));
    let view = told(&mut rig);
    let why = view[0].trouble.as_ref().map(|why| why.code.as_str());
    assert_eq!(why, Some(TroubleCode::MethodNotThere.short()));
    let method = "number".to_owned();
    let code = TroubleCode::MethodNotThere;
    let last = after_events(&rig).pop();
    assert_eq!(last, Some(AfterEvent::MethodNotRemoved { method, code }));
    rig.wait_s(60);
    assert_eq!(told(&mut rig).len(), 1, "it is there");
    assert!(rig.decide_on_method(true));
    assert_eq!(told(&mut rig).len(), 0);
}

#[test]
fn n21_a_number_that_comes_after_one_was_removed_is_named_again() {
    let mut rig = Rig::new().shown("1");
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, number("number"));
    rig.wait_s(16);
    assert!(rig.decide_on_method(true));
    // Whatever the number, its id is the same for everybody.
    rig.world.add(&user, number("number"));
    rig.wait_s(60);
    assert_eq!(told(&mut rig).len(), 1);
}

#[test]
fn n21_what_two_looks_no_longer_show_is_asked_about_no_more() {
    let mut rig = Rig::new().shown("1");
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, number("number"));
    rig.wait_s(16);
    assert_eq!(told(&mut rig).len(), 1);
    let methods = rig.world.methods.get_mut(&user).unwrap();
    methods.retain(|method| *method != number("number"));
    rig.wait_s(60);
    assert_eq!(told(&mut rig).len(), 0);
    let method = "number".to_owned();
    let last = after_events(&rig).pop();
    assert_eq!(last, Some(AfterEvent::MethodGone { method }));
}

#[test]
fn n21_another_number_under_the_same_id_is_named() {
    let rig = Rig::new();
    let user = sample::user("1");
    let mut rig = rig;
    rig.world.add(&user, marked("number", Some(1)));
    let mut rig = rig.shown("1");
    rig.world.use_pass(&user, rig.now);
    rig.wait_s(16);
    assert_eq!(told(&mut rig).len(), 0, "it was there before");
    let change = |rig: &mut Rig, mark| {
        let methods = rig.world.methods.get_mut(&user).unwrap();
        methods.retain(|method| !matches!(method, Method::Other { .. }));
        rig.world.add(&user, marked("number", mark));
        rig.wait_s(16);
    };
    change(&mut rig, None);
    assert_eq!(told(&mut rig).len(), 0, "nobody said that it is another");
    change(&mut rig, Some(2));
    assert_eq!(told(&mut rig).len(), 1);
    assert!(rig.decide_on_method(false));
    rig.wait_s(30);
    assert_eq!(told(&mut rig).len(), 0, "decided is decided");
    change(&mut rig, Some(3));
    assert_eq!(told(&mut rig).len(), 1, "not of another one");
}

/// A visit that is over, with what came since its last look.
fn over_with_a_late_number() -> Rig {
    let mut rig = Rig::new().registered("1");
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig.visit(VisitAction::Close);
    rig.wait_s(30);
    rig.world.add(&sample::user("1"), number("later"));
    rig
}

#[test]
fn n21_what_comes_within_a_minute_after_the_end_is_named_without_a_name() {
    let mut rig = over_with_a_late_number();
    rig.wait_s(60);
    let one = &told(&mut rig)[..];
    let [one] = one else { panic!("{one:?}") };
    assert_eq!((one.which.method.as_str(), &one.person), ("later", &None));
    assert!(rig.decide_on_method(true));
    assert_eq!(told(&mut rig).len(), 0);
    let from = rig.log.len();
    rig.wait_s(300);
    let again = rig.since(from);
    assert!(
        !again.iter().any(|line| line.contains("ReadMethods")),
        "{again:?}"
    );
}

#[test]
fn n21_nobody_looks_after_the_end_for_an_operator_who_went() {
    for goes in [OperatorAction::Lock, OperatorAction::SignOut] {
        let mut rig = over_with_a_late_number();
        let from = rig.log.len();
        rig.want(goes);
        rig.wait_s(120);
        let since = rig.since(from);
        assert!(
            !since.iter().any(|line| line.contains("ReadMethods")),
            "{since:?}"
        );
    }
}
