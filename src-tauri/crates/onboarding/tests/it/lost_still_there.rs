//! A lost phone counts as taken out of use only once two looks no longer show it (I7).

use desk_world::{Kind, sample};
use onboarding::record::{Event, PhoneEvent};
use onboarding::{
    EarlierPhone, Method, OldPhoneAction, OldPhoneStep, OtherKind, TroubleCode, UninvitedKind,
    VisitAction,
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
fn said(mut rig: Rig) -> Rig {
    rig.world.operator = able("op-1");
    rig.world
        .add(&sample::user("1"), sample::authenticator("old", true));
    let mut rig = rig.found("1");
    let earlier = Some(EarlierPhone::LostToOthers);
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
    assert_eq!(last(&rig), Some(PhoneEvent::SessionsEnded));
    assert_eq!(issue(&mut rig), Ok(()));
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
