//! A lost phone counts as taken out of use only once two looks no longer show it (I7).

use desk_world::{Kind, sample};
use onboarding::record::{Event, PhoneEvent};
use onboarding::{
    EarlierPhone, Method, OldPhoneAction, OldPhoneStep, OperatorAction, OtherKind, TroubleCode,
    UninvitedKind, VisitAction,
};

use crate::random_ops::able;
use crate::rig::Rig;

/// Somebody else may have the phone, and its removal was asked for and answered; the looks are held back.
fn answered() -> Rig {
    let mut rig = said(Rig::new());
    rig.held.insert(Kind::Methods);
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    rig
}

/// Somebody else may have the phone, and the board is there.
fn said(rig: Rig) -> Rig {
    said_to_be(rig, EarlierPhone::LostToOthers)
}

fn said_to_be(mut rig: Rig, earlier: EarlierPhone) -> Rig {
    rig.world.operator = able("op-1");
    rig.world
        .add(&sample::user("1"), sample::authenticator("old", true));
    let mut rig = rig.found("1");
    let earlier = Some(earlier);
    act(&mut rig, OldPhoneAction::SayEarlierPhone { earlier });
    rig.visit(VisitAction::ConfirmPerson);
    for act in sample::checked() {
        rig.visit(act);
    }
    rig
}

fn act(rig: &mut Rig, action: OldPhoneAction) {
    rig.visit(VisitAction::OldPhone(action));
}

fn issue(rig: &mut Rig) -> Result<(), TroubleCode> {
    let act = VisitAction::IssuePass { replace: false };
    rig.try_visit(act).map_err(|trouble| trouble.code)
}

fn blocks(rig: &mut Rig) -> Option<bool> {
    match rig.view().old_phone.map(|view| view.step) {
        Some(OldPhoneStep::Block { busy, .. }) => Some(busy),
        _ => None,
    }
}

fn last(rig: &Rig) -> Option<PhoneEvent> {
    let of = |(_, entry): &(_, Event)| match entry {
        Event::Phone(event) => Some(event.clone()),
        _ => None,
    };
    rig.world.record.iter().filter_map(of).next_back()
}

fn still_there() -> PhoneEvent {
    PhoneEvent::EarlierMethodNotRemoved {
        method: "old".to_owned(),
        code: TroubleCode::MethodStillThere,
    }
}

/// The entry stands there again, whatever was answered.
fn lied() -> Rig {
    let mut rig = answered();
    rig.world
        .add(&sample::user("1"), sample::authenticator("old", true));
    rig.release(Kind::Methods);
    rig
}

#[test]
fn until_two_looks_no_longer_show_it_no_pass_is_asked_for_i7() {
    let mut rig = answered();
    assert_eq!(blocks(&mut rig), Some(true));
    assert_eq!(issue(&mut rig), Err(TroubleCode::LostPhoneFirst));
    rig.release(Kind::Methods);
    assert_eq!(blocks(&mut rig), None);
    assert_eq!(issue(&mut rig), Ok(()));
}

#[test]
fn what_is_still_there_after_a_minute_is_told_and_can_be_removed_again_i7() {
    let mut rig = lied();
    rig.wait_s(50);
    assert_eq!(blocks(&mut rig), Some(true), "a copy may be behind");
    assert_eq!(issue(&mut rig), Err(TroubleCode::LostPhoneFirst));
    rig.wait_s(16);
    assert_eq!(last(&rig), Some(still_there()));
    assert_eq!(blocks(&mut rig), Some(false));
    assert_eq!(issue(&mut rig), Err(TroubleCode::LostPhoneFirst));
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    assert_eq!(blocks(&mut rig), None);
    assert_eq!(issue(&mut rig), Ok(()));
}

#[test]
fn what_is_still_there_can_be_gone_past_knowingly_i7() {
    let mut rig = lied();
    rig.wait_s(66);
    act(&mut rig, OldPhoneAction::GoOnUnblocked);
    let operator = onboarding::UserId("op-1".to_owned());
    assert_eq!(last(&rig), Some(PhoneEvent::WentOnUnblocked { operator }));
    assert_eq!(issue(&mut rig), Ok(()));
}

#[test]
fn a_copy_that_is_behind_for_some_seconds_is_waited_for_i7() {
    let mut rig = lied();
    rig.wait_s(12);
    let user = sample::user("1");
    rig.world.methods.get_mut(&user).unwrap().clear();
    rig.wait_s(6);
    assert_eq!(blocks(&mut rig), None);
    assert_eq!(last(&rig), Some(gone()));
    assert_eq!(issue(&mut rig), Ok(()));
}

fn gone() -> PhoneEvent {
    let method = "old".to_owned();
    PhoneEvent::EarlierMethodGone { method }
}

/// Whose phones are to be looked at by somebody who may, as it is told at home.
fn told(rig: &mut Rig) -> Vec<bool> {
    let lines = crate::told::lines(rig).into_iter();
    lines.map(|line| line.loose_ends.phone).collect()
}

fn leave(rig: &mut Rig) {
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
}

/// A box between answers the removal itself, and the visit is over before the minute is.
#[test]
fn a_visit_that_ends_meanwhile_is_followed_until_it_is_seen_i7() {
    let mut rig = lied();
    leave(&mut rig);
    assert_eq!(told(&mut rig), [true]);
    rig.wait_s(66);
    assert_eq!(last(&rig), Some(still_there()));
    assert_eq!(told(&mut rig), [true], "until an operator has read it");
    let mut rig = crate::told::killed(rig, 60).signed_in();
    assert_eq!(told(&mut rig), [true], "over a restart, too");
    // One that is gone leaves nothing to tell.
    let mut rig = answered();
    leave(&mut rig);
    assert_eq!(told(&mut rig), [true]);
    rig.release(Kind::Methods);
    rig.wait_s(16);
    assert_eq!(last(&rig), Some(gone()));
    assert_eq!(told(&mut rig), [false; 0]);
}

/// A visit that is finished tells it, too: its receipt says nothing of what a look shows later.
#[test]
fn a_visit_that_is_finished_is_followed_as_well_n7() {
    let mut rig = crate::old_phone::passed(said_to_be(Rig::new(), EarlierPhone::Replaced));
    rig.held.insert(Kind::Methods);
    let method = "old".to_owned();
    act(&mut rig, OldPhoneAction::RetireMethod { method });
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig.visit(VisitAction::Close);
    let old = sample::authenticator("old", true);
    rig.world.add(&sample::user("1"), old);
    rig.release(Kind::Methods);
    rig.wait_s(70);
    assert_eq!(last(&rig), Some(still_there()));
    assert_eq!(told(&mut rig), [true]);
}

/// The answer to the removal itself comes when the visit is over.
#[test]
fn a_removal_that_is_answered_late_is_looked_for_as_well_i7() {
    for lies in [false, true] {
        let mut rig = said(Rig::new());
        rig.held.insert(Kind::RemoveMethod);
        act(&mut rig, OldPhoneAction::BlockEarlierPhone);
        leave(&mut rig);
        rig.release(Kind::RemoveMethod);
        if lies {
            let old = sample::authenticator("old", true);
            rig.world.add(&sample::user("1"), old);
        }
        rig.wait_s(70);
        let (shown, tells) = match lies {
            true => (still_there(), vec![true]),
            false => (gone(), vec![]),
        };
        assert_eq!(last(&rig), Some(shown), "lies {lies}");
        assert_eq!(told(&mut rig), tells, "lies {lies}");
    }
}

/// Nobody looks while nobody is signed in, and nobody after a stop: what is not seen to be gone is told.
#[test]
fn what_nobody_saw_gone_is_told_at_the_next_sign_in_and_the_next_start_i7() {
    let mut rig = lied();
    leave(&mut rig);
    rig.want(OperatorAction::SignOut);
    rig.wait_s(600);
    let mut rig = rig.signed_in();
    rig.wait_s(16);
    assert_eq!(told(&mut rig), [true]);
    assert_eq!(last(&rig), Some(still_there()));
    for ends in [false, true] {
        let mut rig = lied();
        if ends {
            leave(&mut rig);
        }
        let mut rig = crate::told::killed(rig, 60).signed_in();
        assert_eq!(told(&mut rig), [true], "ended {ends}");
    }
}

/// One look without it is not enough: the next copy has it, and the one after that has not.
#[test]
fn copies_that_say_one_thing_and_the_other_are_told_after_a_minute_i7() {
    let user = sample::user("1");
    let mut rig = answered();
    let gone = rig.world.list(&user, rig.now);
    rig.world.add(&user, sample::authenticator("old", true));
    let there = rig.world.list(&user, rig.now);
    for _ in 0..40 {
        rig.world.reads.extend([gone.clone(), there.clone()]);
    }
    rig.release(Kind::Methods);
    rig.wait_s(30);
    assert_eq!(blocks(&mut rig), Some(true));
    assert_eq!(issue(&mut rig), Err(TroubleCode::LostPhoneFirst));
    rig.wait_s(45);
    assert_eq!(last(&rig), Some(still_there()));
    assert_eq!(blocks(&mut rig), Some(false), "it can be removed again");
}

/// What may lie on the same phone is named before the pass, once for each kind; nothing of it is removed.
#[test]
fn a_number_and_codes_that_may_be_on_the_lost_phone_are_named_i7() {
    let other = |id: &str, kind| Method::Other {
        id: id.to_owned(),
        kind,
        mark: None,
    };
    let mut rig = Rig::new();
    let user = sample::user("1");
    for (id, kind) in [
        ("codes", OtherKind::Codes),
        ("mail", OtherKind::Email),
        ("mobile", OtherKind::Phone),
        ("office", OtherKind::Phone),
    ] {
        rig.world.add(&user, other(id, kind));
    }
    let mut rig = said(rig);
    let Some(OldPhoneStep::Block { beside, .. }) = rig.view().old_phone.map(|view| view.step)
    else {
        panic!("no card")
    };
    assert_eq!(beside, [UninvitedKind::Phone, UninvitedKind::Codes]);
    act(&mut rig, OldPhoneAction::BlockEarlierPhone);
    let left = rig.world.list(&user, rig.now).methods.into_iter();
    let others = left.filter(|method| matches!(method, Method::Other { .. }));
    assert_eq!(others.count(), 4);
}

fn has_pass(rig: &Rig) -> bool {
    rig.world.passes.iter().any(|pass| pass.visit.is_some())
}

/// Whoever has the lost phone registers another one before it is taken out of use, or right after that.
#[test]
fn what_was_registered_since_is_decided_on_before_the_pass_i7() {
    for (before, remove) in [(true, true), (true, false), (false, true), (false, false)] {
        let case = format!("before {before}, remove {remove}");
        let mut rig = said(Rig::new());
        let comes = |rig: &mut Rig| {
            rig.world
                .add(&sample::user("1"), sample::authenticator("since", true));
        };
        if before {
            comes(&mut rig);
        }
        act(&mut rig, OldPhoneAction::BlockEarlierPhone);
        rig.wait_s(16);
        assert_eq!(blocks(&mut rig), None, "{case}");
        assert_eq!(rig.view().uninvited.len(), usize::from(before), "{case}");
        if !before {
            comes(&mut rig);
        }
        assert_eq!(issue(&mut rig), Ok(()), "{case}: it is looked at anew");
        rig.wait_s(16);
        assert_eq!(rig.trouble().as_deref(), Some("T414"), "{case}");
        assert!(!has_pass(&rig), "{case}");
        assert!(rig.decide_on_method(remove), "{case}");
        assert_eq!(issue(&mut rig), Ok(()), "{case}");
        rig.wait_s(16);
        assert!(has_pass(&rig), "{case}");
    }
}

#[test]
fn whoever_goes_on_knowingly_gets_the_pass_whatever_was_registered_since_i7() {
    let mut rig = said(Rig::new());
    act(&mut rig, OldPhoneAction::GoOnUnblocked);
    rig.world
        .add(&sample::user("1"), sample::authenticator("since", true));
    assert_eq!(issue(&mut rig), Ok(()));
    rig.wait_s(16);
    assert!(has_pass(&rig));
    assert_eq!(rig.view().uninvited.len(), 1, "it is asked about");
}
