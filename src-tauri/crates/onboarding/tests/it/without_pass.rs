//! What is registered while nobody can have used the pass of the visit is not the visit's: it is asked about, and the
//! person's own phone afterwards is (N21).

use desk_world::sample;
use onboarding::{VisitAction, record::Event};

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

#[test]
fn n21_a_phone_beside_a_shown_pass_that_is_still_to_be_used_is_asked_about() {
    let mut rig = Rig::new().shown("1");
    comes(&mut rig, "strangers");
    assert_eq!(told(&mut rig), strangers());
    assert_eq!(registered(&rig), [""; 0]);
    rig.wait_s(60);
    own_phone(&mut rig);
    assert_eq!(registered(&rig), ["own"]);
    assert_eq!(told(&mut rig), strangers());
}

/// The list of passes may be behind that of the other methods.
#[test]
fn n21_what_the_pass_turns_out_to_have_been_used_for_is_told_no_more() {
    let mut rig = Rig::new().shown("1");
    comes(&mut rig, "own");
    assert_eq!(told(&mut rig).len(), 1);
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(16);
    assert_eq!(registered(&rig), ["own"]);
    assert_eq!(told(&mut rig), []);
}
