//! Two phones that are finished between two looks: nothing tells which of them is in the person's hand, so that is asked
//! before either counts (N21).

use desk_world::sample;
use onboarding::record::{AfterEvent, Event};
use onboarding::{OperatorAction, Policy, Scopes, UninvitedView, VisitAction};

use crate::random_ops::able;
use crate::rig::Rig;

fn rig(scopes: Scopes, once: bool) -> Rig {
    let mut policy = sample::policy();
    policy.scopes = scopes;
    policy.pass.once = once;
    let mut rig = with(policy).shown("1");
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig
}

/// With an operator who may remove such an entry.
fn with(policy: Policy) -> Rig {
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.operator = able("op-1");
    rig
}

fn come(rig: &mut Rig, ids: &[&str]) {
    for id in ids {
        rig.world
            .add(&sample::user("1"), sample::authenticator(id, true));
    }
    rig.wait_s(31);
}

fn asked(rig: &mut Rig) -> Vec<String> {
    let told = rig.view().uninvited.into_iter();
    told.filter(|told| told.one_of_several)
        .map(|told| told.which.method)
        .collect()
}

fn told(rig: &mut Rig, method: &str) -> Option<UninvitedView> {
    let mut told = rig.view().uninvited.into_iter();
    told.find(|told| told.which.method == method)
}

fn decide(rig: &mut Rig, method: &str, remove: bool) {
    let which = told(rig, method).expect("it is asked about").which;
    if remove {
        let agreed = (sample::user("1"), method.to_owned());
        rig.world.taken_out.agreed.push(agreed);
    }
    rig.want(OperatorAction::DecideOnMethod { which, remove });
    rig.wait_s(31);
}

fn registered(rig: &Rig) -> Vec<String> {
    let of = |(_, entry): &(_, Event)| match entry {
        Event::Registered { method, .. } => Some(method.clone()),
        _ => None,
    };
    rig.world.record.iter().filter_map(of).collect()
}

fn invited(rig: &Rig) -> Vec<String> {
    let of = |(_, entry): &(_, Event)| match entry {
        Event::After(AfterEvent::MethodInvited { method }) => Some(method.clone()),
        _ => None,
    };
    rig.world.record.iter().filter_map(of).collect()
}

const ORDERS: [[&str; 2]; 2] = [["own", "strangers"], ["strangers", "own"]];

fn everywhere(mut check: impl FnMut(Rig, &[&str; 2], &str)) {
    for scopes in [Scopes::Wide, Scopes::Narrow] {
        for once in [true, false] {
            for order in &ORDERS {
                check(
                    rig(scopes, once),
                    order,
                    &format!("{scopes:?} {once} {order:?}"),
                );
            }
        }
    }
}

#[test]
fn n21_of_two_phones_at_once_neither_counts_before_somebody_says_which() {
    everywhere(|mut rig, order, case| {
        come(&mut rig, order);
        assert_eq!(asked(&mut rig).len(), 2, "{case}");
        rig.wait_s(120);
        assert_eq!(registered(&rig), [""; 0], "{case}");
        assert_eq!(invited(&rig), [""; 0], "{case}");
        decide(&mut rig, "own", false);
        assert_eq!(registered(&rig), ["own"], "{case}");
        assert_eq!(asked(&mut rig), [""; 0], "{case}");
        assert!(told(&mut rig, "strangers").is_some(), "{case}");
        assert!(told(&mut rig, "own").is_none(), "{case}");
    });
}

#[test]
fn n21_of_two_phones_at_once_the_one_that_is_left_counts() {
    everywhere(|mut rig, order, case| {
        come(&mut rig, order);
        decide(&mut rig, "strangers", true);
        assert_eq!(registered(&rig), ["own"], "{case}");
        assert_eq!(asked(&mut rig), [""; 0], "{case}");
        assert!(told(&mut rig, "own").is_none(), "{case}");
    });
}

/// Whoever has no right to remove anything says which one it is all the same.
#[test]
fn n21_of_two_phones_at_once_also_a_small_operator_says_which() {
    let mut policy = sample::policy();
    policy.scopes = Scopes::Wide;
    let mut rig = Rig::with(policy, Vec::new()).shown("1");
    rig.world.use_pass(&sample::user("1"), rig.now);
    come(&mut rig, &["strangers", "own"]);
    assert!(!told(&mut rig, "own").expect("it is asked about").may_remove);
    decide(&mut rig, "own", false);
    assert_eq!(registered(&rig), ["own"]);
    assert!(told(&mut rig, "strangers").is_some());
}

/// The stranger's comes while the second of two agreeing reads is on its way.
#[test]
fn n21_a_phone_that_was_seen_once_does_not_count_once_another_stands_beside_it() {
    for first in ["own", "strangers"] {
        let mut rig = rig(Scopes::Wide, true);
        let user = sample::user("1");
        rig.world.add(&user, sample::authenticator(first, true));
        let mut waited = 0;
        while rig.view().uninvited.is_empty() && registered(&rig).is_empty() && waited < 40 {
            rig.wait_ms(500);
            waited += 1;
            let other = ORDERS[0]
                .iter()
                .find(|id| **id != first)
                .expect("the other");
            if rig.world.methods[&user].len() < 3 && waited == 8 {
                rig.world.add(&user, sample::authenticator(other, true));
            }
        }
        match registered(&rig).as_slice() {
            [] => assert_eq!(asked(&mut rig).len(), 2, "{first}"),
            one => assert_eq!(one, [first], "it was proven before the other came"),
        }
    }
}

/// One after the other on the same phone: the first entry is gone when the second comes.
#[test]
fn n21_an_app_that_was_set_up_again_is_not_asked_about() {
    let mut rig = rig(Scopes::Wide, false);
    let user = sample::user("1");
    rig.world.add(&user, sample::authenticator("first", false));
    rig.wait_s(31);
    rig.world.methods.get_mut(&user).expect("they have").pop();
    come(&mut rig, &["own"]);
    assert_eq!(registered(&rig), ["own"]);
    assert_eq!(asked(&mut rig), [""; 0]);
}

/// Nothing counts of what goes away again while it is asked about.
#[test]
fn n21_one_of_two_that_goes_by_itself_answers_the_question() {
    let mut rig = rig(Scopes::Wide, true);
    let user = sample::user("1");
    come(&mut rig, &["own", "strangers"]);
    rig.world.methods.get_mut(&user).expect("they have").pop();
    rig.visit(VisitAction::LookNow);
    rig.wait_s(60);
    assert_eq!(registered(&rig), ["own"]);
    assert_eq!(asked(&mut rig), [""; 0]);
}
