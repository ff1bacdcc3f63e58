//! What is registered while nobody can have used the pass of the visit is not the visit's: it is asked about, and the
//! person's own phone afterwards is (N21).

use desk_world::sample;
use onboarding::{RenewReason, VisitAction, record::Event};

use crate::rig::Rig;

fn told(rig: &mut Rig) -> Vec<(String, bool)> {
    let told = rig.view().uninvited.into_iter();
    told.map(|told| (told.which.method, told.without_pass))
        .collect()
}

fn strangers() -> Vec<(String, bool)> {
    vec![("strangers".to_owned(), true)]
}

fn registered(rig: &Rig) -> Vec<String> {
    let of = |(_, entry): &(_, Event)| match entry {
        Event::Registered { method, .. } => Some(method.clone()),
        _ => None,
    };
    rig.world.record.iter().filter_map(of).collect()
}

fn comes(rig: &mut Rig, id: &str) {
    rig.world
        .add(&sample::user("1"), sample::authenticator(id, true));
    rig.wait_s(31);
}

fn own_phone(rig: &mut Rig) {
    rig.world.use_pass(&sample::user("1"), rig.now);
    comes(rig, "own");
}

#[test]
fn n21_a_phone_that_came_before_the_pass_was_in_sight_is_asked_about() {
    let mut rig = Rig::new().live("1");
    comes(&mut rig, "strangers");
    assert_eq!(told(&mut rig), strangers());
    assert_eq!(registered(&rig), [""; 0]);
    rig.visit(VisitAction::Reveal);
    assert_eq!(rig.person_pass(), "shown", "the person still gets it");
    own_phone(&mut rig);
    assert_eq!(registered(&rig), ["own"]);
    assert_eq!(told(&mut rig), strangers());
}

/// What the operator calls the person's own is not what the pass was for all the same.
#[test]
fn n21_a_phone_that_came_before_the_pass_was_in_sight_stays_another_one() {
    for remove in [true, false] {
        let mut rig = Rig::new().live("1");
        comes(&mut rig, "strangers");
        assert!(rig.decide_on_method(remove));
        rig.visit(VisitAction::Reveal);
        own_phone(&mut rig);
        assert_eq!(registered(&rig), ["own"], "{remove}");
        assert_eq!(told(&mut rig), []);
    }
}

/// Between the person and the pass, too: it is in the list that is read right before it.
#[test]
fn n21_a_phone_that_came_before_the_pass_was_asked_for_is_asked_about() {
    let mut rig = Rig::new().board("1");
    rig.world
        .add(&sample::user("1"), sample::authenticator("strangers", true));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(10);
    rig.visit(VisitAction::Reveal);
    rig.wait_s(16);
    assert_eq!(told(&mut rig), strangers());
    own_phone(&mut rig);
    assert_eq!(registered(&rig), ["own"]);
}

/// It was there before the second pass, and is the first one's all the same.
#[test]
fn n21_a_phone_that_came_with_the_pass_before_a_renewal_is_the_visits() {
    for seen_before in [true, false] {
        let mut rig = Rig::new().shown("1");
        let user = sample::user("1");
        rig.world.use_pass(&user, rig.now);
        rig.world.add(&user, sample::authenticator("own", true));
        if seen_before {
            rig.wait_s(31);
        }
        let renew = VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Lost,
        };
        drop(rig.try_visit(renew));
        rig.wait_s(90);
        assert_eq!(registered(&rig), ["own"], "{seen_before}");
        assert_eq!(told(&mut rig), []);
    }
}

/// Whoever is led on without the pass may have registered by a way of their own, before that too.
#[test]
fn n21_where_no_pass_is_wanted_any_more_an_earlier_registration_counts() {
    let mut rig = Rig::new().board("1");
    rig.world
        .add(&sample::user("1"), sample::authenticator("own", true));
    rig.visit(VisitAction::LookNow);
    rig.wait_s(20);
    assert_eq!(registered(&rig), [""; 0]);
    rig.visit(VisitAction::GoToWithoutPass { row: "a9".into() });
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(60);
    assert_eq!(registered(&rig), ["own"]);
}

/// That the pass was used says only that somebody else knows it: nobody here had seen it.
#[test]
fn n21_what_is_registered_with_a_pass_that_was_never_in_sight_is_asked_about_t25() {
    for shown_after in [true, false] {
        let mut rig = Rig::new().live("1");
        rig.world.use_pass(&sample::user("1"), rig.now);
        comes(&mut rig, "strangers");
        if shown_after {
            drop(rig.try_visit(VisitAction::Reveal));
            rig.wait_s(31);
        }
        assert_eq!(registered(&rig), [""; 0], "{shown_after}");
        assert_eq!(told(&mut rig), strangers(), "{shown_after}");
    }
}
