//! A visit by telephone waits for the call back, and outlives the app (S20).

use desk_world::{Kind, World, sample};
use onboarding::record::{EarlierRuns, Event, ForgottenWhy, TelephoneEvent};
use onboarding::{
    CallNumber, CallerAction, KeptState, LetterAction, NotKept, NoticeRules, NumberKind,
    OperatorAction, PassEnd, Policy, Trouble, TroubleCode, VisitAction, VisitId, VisitOutcome,
};
use serde_json::{Value, json};

use crate::rig::Rig;
use crate::telephone;

pub(crate) const HOUR_S: u64 = 3_600;
const ADDRESS: &str = "taro@mail.example";

pub(crate) fn policy() -> Policy {
    Policy {
        visits_max: 3,
        notice: Some(NoticeRules {
            at_counter: false,
            ..sample::notice()
        }),
        ..telephone::policy()
    }
}

pub(crate) fn rig() -> Rig {
    Rig::with(policy(), Vec::new()).signed_in()
}

/// The station dies, and starts again from what is durable; nobody is signed in.
pub(crate) fn restart(rig: &mut Rig, policy: Policy) {
    let (last, now) = (rig.visit, rig.now);
    let mut world = std::mem::replace(&mut rig.world, World::new());
    let mut earlier = EarlierRuns::default();
    for ((visit, entry), at) in world.record.iter().zip(&world.times) {
        earlier.take(*visit, *at, entry);
    }
    for (visit, entry) in earlier.ends() {
        earlier.take(Some(visit), now.service, &entry);
        world.record.push((Some(visit), entry));
        world.times.push(now.service);
    }
    *rig = Rig::from(world, policy, earlier.pending_and_removed(), last, now);
    rig.run();
}

/// How many visits went on with what was kept of another.
pub(crate) fn taken_up_after_a_restart(rig: &Rig) -> usize {
    let of_another = |(of, entry): &&(Option<VisitId>, Event)| match entry {
        Event::Telephone(TelephoneEvent::VisitTakenUp { kept_visit }) => *of != Some(*kept_visit),
        _ => false,
    };
    rig.world.record.iter().filter(of_another).count()
}

pub(crate) fn restarted(rig: &mut Rig) {
    restart(rig, policy());
    rig.want(OperatorAction::SignIn);
}

/// Somebody called and said where mail reaches them; the visit waits.
pub(crate) fn aside() -> Rig {
    let mut rig = rig().proofing("1");
    declare(&mut rig);
    rig.want(OperatorAction::PutAside);
    rig
}

fn declare(rig: &mut Rig) {
    let address = ADDRESS.to_owned();
    rig.visit(VisitAction::Letter(LetterAction::DeclareAddress {
        address,
    }));
    rig.visit(VisitAction::Letter(LetterAction::AddressReadBack {
        on: true,
    }));
}

/// The names of those that can be taken up, and the states of those that are open.
pub(crate) fn list(rig: &mut Rig) -> (Vec<VisitId>, Vec<Option<KeptState>>) {
    let list = rig.view().list.unwrap();
    let open = list.visits.iter();
    let open = open.map(|card| card.kept.map(|it| it.state)).collect();
    (list.kept.iter().map(|card| card.visit).collect(), open)
}

pub(crate) fn on_disk(rig: &Rig) -> Vec<VisitId> {
    let visits = rig.world.kept.visits.iter().flatten();
    visits.map(|kept| kept.visit).collect()
}

pub(crate) fn forgotten(rig: &Rig) -> Vec<ForgottenWhy> {
    let why = |(_, entry): &(_, Event)| match entry {
        Event::Telephone(TelephoneEvent::VisitForgotten { why }) => Some(*why),
        _ => None,
    };
    rig.world.record.iter().filter_map(why).collect()
}

pub(crate) fn code(tried: Result<(), Trouble>) -> Result<(), TroubleCode> {
    tried.map_err(|trouble| trouble.code)
}

pub(crate) fn resume(rig: &mut Rig, visit: u32) -> Result<(), TroubleCode> {
    let visit = VisitId(visit);
    code(rig.act(&OperatorAction::ResumeKept { visit }))
}

fn screen(rig: &mut Rig) -> Value {
    serde_json::to_value(rig.view().screen).unwrap()
}

#[test]
fn s20_a_visit_that_was_put_aside_goes_on_after_a_restart_with_nothing_that_was_proofed() {
    let mut rig = rig().proofing("1");
    declare(&mut rig);
    rig.caller(CallerAction::CalledBack { at: Some(1) })
        .unwrap();
    rig.caller(CallerAction::SupervisorSaid { at: Some(0) })
        .unwrap();
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.want(OperatorAction::PutAside);
    assert_eq!(list(&mut rig), (vec![], vec![Some(KeptState::Kept)]));
    rig.wait_s(60);
    restarted(&mut rig);
    let kept = rig.view().list.unwrap().kept;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].kept.state, KeptState::Kept);
    assert_eq!(kept[0].kept.until.0 - kept[0].since.0, 24 * 3_600_000);
    resume(&mut rig, 1).unwrap();
    assert_eq!(rig.screen(), "Found", "the person is looked up anew");
    assert_eq!(list(&mut rig), (vec![], vec![None]));
    rig.visit(VisitAction::ConfirmPerson);
    let seen = screen(&mut rig);
    for way in 0..3 {
        assert_eq!(seen["ways"][way]["on"], false, "a call of before counts");
    }
    assert_eq!(seen["letter"]["address"]["text"], ADDRESS);
    assert_eq!(seen["letter"]["address"]["read_back"], false);
    let confirm = rig.try_visit(VisitAction::ConfirmCheck);
    assert_eq!(code(confirm), Err(TroubleCode::CallerNotProofed));
    assert!(on_disk(&rig).is_empty(), "it is in front");
    let taken_up = Event::Telephone(TelephoneEvent::VisitTakenUp {
        kept_visit: VisitId(1),
    });
    let entry = (Some(VisitId(2)), taken_up);
    assert!(rig.world.record.contains(&entry));
    // Nothing is there to be taken up twice, now or after another restart.
    assert_eq!(resume(&mut rig, 1), Err(TroubleCode::VisitGone));
    restarted(&mut rig);
    assert_eq!(list(&mut rig).0, []);
}

#[test]
fn s20_neither_address_nor_number_nor_name_is_in_an_entry_about_what_is_kept() {
    let mut rig = aside();
    restarted(&mut rig);
    resume(&mut rig, 1).unwrap();
    let told = |(_, entry): &&(_, Event)| matches!(entry, Event::Telephone(_));
    let entries: Vec<_> = rig.world.record.iter().filter(told).collect();
    let text = serde_json::to_string(&entries).unwrap();
    assert!(
        text.contains("visit_kept") && text.contains("visit_taken_up"),
        "{text}"
    );
    for secret in ["taro", "0776", "0001", "0003", "Account", "user-1"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

/// A number that came since may be the caller's own work.
#[test]
fn s20_a_number_that_came_since_the_first_call_is_told_and_proofs_nobody() {
    let mut rig = aside();
    restarted(&mut rig);
    let fresh = |number: &str| CallNumber {
        kind: NumberKind::Mobile,
        number: number.to_owned(),
    };
    rig.world.call_numbers.person[0] = fresh("+81 9099999999");
    if let Some(supervisor) = &mut rig.world.call_numbers.supervisor {
        supervisor.numbers = vec![fresh("+81 9088888888")];
    }
    resume(&mut rig, 1).unwrap();
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(rig.trouble().as_deref(), Some("C312"));
    let seen = screen(&mut rig);
    let new = |way: usize, at: usize| seen["ways"][way]["numbers"][at]["is_new"].clone();
    assert_eq!(
        [new(0, 0), new(0, 1), new(1, 0)],
        [json!(true), Value::Null, json!(true)]
    );
    for act in [
        CallerAction::CalledBack { at: Some(0) },
        CallerAction::SupervisorSaid { at: Some(0) },
    ] {
        assert_eq!(rig.caller(act), Err(TroubleCode::NumbersChanged));
    }
    rig.caller(CallerAction::CalledBack { at: Some(1) })
        .unwrap();
    // Also where they are read once more, and after yet another restart.
    rig.caller(CallerAction::ReadNumbers).unwrap();
    rig.want(OperatorAction::PutAside);
    restarted(&mut rig);
    resume(&mut rig, 2).unwrap();
    rig.visit(VisitAction::ConfirmPerson);
    let again = rig.caller(CallerAction::CalledBack { at: Some(0) });
    assert_eq!(again, Err(TroubleCode::NumbersChanged));
    // Who begins anew begins anew.
    rig.visit(VisitAction::SearchAgain);
    rig.find("1");
    rig.visit(VisitAction::ConfirmPerson);
    rig.caller(CallerAction::CalledBack { at: Some(0) })
        .unwrap();
}

/// What was kept of one person is nobody else's.
#[test]
fn s20_what_was_kept_of_one_person_reaches_no_other() {
    let mut rig = aside();
    restarted(&mut rig);
    resume(&mut rig, 1).unwrap();
    rig.visit(VisitAction::SearchAgain);
    rig.find("3");
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(screen(&mut rig)["letter"]["address"], Value::Null);
    rig.want(OperatorAction::PutAside);
    let kept = rig.world.kept.visits.clone().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (&kept[0].user, &kept[0].address),
        (&sample::user("3"), &None)
    );
}

/// What stayed behind because it could not be rewritten is no visit any more: the record has the last word.
#[test]
fn s20_a_file_that_stayed_behind_brings_nothing_back() {
    let stays = |rig: &mut Rig| rig.world.kept.fails = Some(NotKept::StillThere);
    let mut went_on = aside();
    stays(&mut went_on);
    let visit = VisitId(1);
    went_on.want(OperatorAction::Resume { visit });
    let mut ended = aside();
    stays(&mut ended);
    ended.visit(VisitAction::Cancel);
    let mut taken_up = aside();
    restarted(&mut taken_up);
    stays(&mut taken_up);
    resume(&mut taken_up, 1).unwrap();
    for mut rig in [went_on, ended, taken_up] {
        assert_eq!(on_disk(&rig), [visit], "it could not be deleted");
        assert_eq!(rig.trouble().as_deref(), Some("A512"));
        restarted(&mut rig);
        assert_eq!(list(&mut rig).0, []);
        assert_eq!(resume(&mut rig, 1), Err(TroubleCode::VisitGone));
        assert_eq!(rig.trouble().as_deref(), Some("A512"));
        // It is tried until it is gone.
        rig.world.kept.fails = None;
        rig.wait_s(600);
        assert!(on_disk(&rig).is_empty());
        assert_eq!(rig.trouble(), None);
    }
}

/// A file that was put back, with a visit that waits again, is of another time.
#[test]
fn s20_an_older_file_that_was_put_back_is_not_taken_up() {
    let mut rig = aside();
    let older = rig.world.kept.visits.clone();
    let visit = VisitId(1);
    rig.want(OperatorAction::Resume { visit });
    rig.visit(VisitAction::Letter(LetterAction::ForgetAddress));
    rig.want(OperatorAction::PutAside);
    assert_ne!(rig.world.kept.visits, older);
    rig.world.kept.visits = older;
    restarted(&mut rig);
    assert_eq!(list(&mut rig).0, []);
    assert_eq!(forgotten(&rig), [ForgottenWhy::Lost]);
    assert_eq!(rig.trouble().as_deref(), Some("A513"));
    assert!(on_disk(&rig).is_empty());
}

#[test]
fn s20_what_cannot_be_read_is_deleted_and_said() {
    for gone in [false, true] {
        let mut rig = aside();
        rig.world.kept.unreadable = !gone;
        rig.world.kept.visits.take_if(|_| gone);
        let orders = rig.world.kept.orders;
        restarted(&mut rig);
        assert_eq!(rig.world.kept.orders, orders + 1, "a key or a draft stays");
        assert_eq!(rig.trouble().as_deref(), Some("A513"), "{gone}");
        assert!(on_disk(&rig).is_empty());
        assert_eq!(forgotten(&rig), [ForgottenWhy::Lost]);
        rig.want(OperatorAction::StartTelephoneVisit);
        rig.visit(VisitAction::Cancel);
        assert_eq!(rig.trouble(), None, "it is said once");
    }
}

/// Where nothing can be kept the visit waits as before, and the screen says what that means.
#[test]
fn s20_where_nothing_can_be_kept_the_screen_says_so_and_it_is_tried_again() {
    for (why, code) in [(NotKept::NoStore, "A510"), (NotKept::NotWritten, "A511")] {
        let mut rig = rig().proofing("1");
        rig.world.kept.fails = Some(why);
        rig.want(OperatorAction::PutAside);
        assert_eq!(rig.trouble().as_deref(), Some(code));
        assert_eq!(list(&mut rig).1, [Some(KeptState::NotKept)]);
        let before = rig.world.kept.orders;
        rig.wait_s(200);
        assert!(rig.world.kept.orders > before, "never tried again");
        assert!(rig.world.kept.orders < before + 10, "tried without a pause");
        rig.world.kept.fails = None;
        rig.wait_s(600);
        rig.want(OperatorAction::SignIn);
        assert_eq!(rig.trouble(), None);
        assert_eq!(list(&mut rig).1, [Some(KeptState::Kept)]);
    }
}

/// Without the record's word nothing is on the disk.
#[test]
fn s20_what_the_record_does_not_name_is_not_written() {
    let mut rig = rig().proofing("1");
    rig.held.insert(Kind::Record);
    rig.want(OperatorAction::PutAside);
    assert_eq!(list(&mut rig).1, [Some(KeptState::Writing)]);
    assert!(on_disk(&rig).is_empty());
    rig.world.record_fails = true;
    rig.release(Kind::Record);
    assert_eq!(list(&mut rig).1, [Some(KeptState::NotKept)]);
    assert!(on_disk(&rig).is_empty());
    assert_eq!(rig.trouble().as_deref(), Some("A504"));
    // It is asked again, and then it is kept.
    rig.world.record_fails = false;
    rig.wait_s(120);
    assert_eq!(list(&mut rig).1, [Some(KeptState::Kept)]);
    assert_eq!(on_disk(&rig), [VisitId(1)]);
}

/// Operators close the app at noon, and lock it and forget.
#[test]
fn s20_who_closes_signs_out_or_stays_away_leaves_what_waits_for_a_call() {
    let stays_away = |rig: &mut Rig| rig.wait_s(3 * HOUR_S);
    let closes = |rig: &mut Rig| {
        rig.want(OperatorAction::CloseApp);
        restart(rig, policy());
    };
    let signs_out = |rig: &mut Rig| rig.want(OperatorAction::SignOut);
    let leaves: [&dyn Fn(&mut Rig); 3] = [&stays_away, &closes, &signs_out];
    for (at, leave) in leaves.into_iter().enumerate() {
        let mut rig = aside();
        leave(&mut rig);
        let ended = (
            Some(VisitId(1)),
            ended(VisitOutcome::LeftUnfinished, PassEnd::None),
        );
        assert!(rig.world.record.contains(&ended), "{at}");
        assert_eq!(on_disk(&rig), [VisitId(1)], "{at}");
        assert!(
            rig.view().list.is_none(),
            "{at}: a name while nobody is there"
        );
        // A colleague may go on with it.
        rig.world.operator = sample::operator("op-2");
        rig.want(OperatorAction::SignIn);
        assert_eq!(list(&mut rig).0, [VisitId(1)], "{at}");
        resume(&mut rig, 1).unwrap();
        assert_eq!(rig.screen(), "Found");
    }
}

/// Also from the board, as long as there is no pass.
#[test]
fn s20_the_window_closes_on_what_waits_and_on_nothing_else() {
    for (waits, closes) in [(true, true), (false, false)] {
        let mut rig = rig().caller_board("1");
        if waits {
            rig.want(OperatorAction::PutAside);
        }
        rig.desk.window_closes();
        rig.run();
        assert_eq!(rig.log.iter().any(|it| it == "CloseApp"), closes, "{waits}");
        restarted(&mut rig);
        assert_eq!(list(&mut rig).0.len(), usize::from(waits));
    }
}

/// What is in front, is not on the disk or has a pass is not left behind that way.
#[test]
fn s20_nobody_signs_out_from_a_visit_that_would_be_lost() {
    let refused = |mut rig: Rig, what: &str| {
        for leave in [OperatorAction::SignOut, OperatorAction::CloseApp] {
            assert_eq!(code(rig.act(&leave)), Err(TroubleCode::VisitOpen), "{what}");
        }
    };
    refused(rig().proofing("1"), "in front");
    let mut unkept = rig().proofing("1");
    unkept.world.kept.fails = Some(NotKept::NoStore);
    unkept.want(OperatorAction::PutAside);
    refused(unkept, "not kept");
    let mut with_pass = rig().caller_live("1");
    with_pass.want(OperatorAction::PutAside);
    refused(with_pass, "with a pass");
}

/// The pass is taken back as ever; until that is certain nobody gets another one.
#[test]
fn s20_a_visit_with_a_pass_goes_on_without_it_and_gets_no_other_before_it_is_taken_back() {
    let mut rig = rig().caller_live("1");
    rig.want(OperatorAction::PutAside);
    rig.held.insert(Kind::Remove);
    restart(&mut rig, policy());
    rig.held.insert(Kind::Remove);
    rig.want(OperatorAction::SignIn);
    resume(&mut rig, 1).unwrap();
    let before = rig.world.passes.len();
    assert_eq!(screen(&mut rig)["blocked"]["code"], "T409");
    let confirm = rig.try_visit(VisitAction::ConfirmPerson);
    assert_eq!(code(confirm), Err(TroubleCode::PassBlocked));
    rig.release(Kind::Remove);
    rig.wait_s(60);
    rig.visit(VisitAction::ConfirmPerson);
    for act in [
        CallerAction::CalledBack { at: Some(1) },
        CallerAction::SupervisorSaid { at: Some(0) },
    ] {
        rig.caller(act).unwrap();
    }
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    assert!(
        rig.try_visit(VisitAction::ReadOut).is_err(),
        "no pass is there"
    );
    // The look-up showed the earlier one still, and what is there now is read anew.
    rig.visit(VisitAction::IssuePass { replace: true });
    rig.wait_s(15);
    let live = rig.world.passes.iter().filter(|pass| pass.live(rig.now));
    assert_eq!((live.count(), rig.world.passes.len()), (1, before + 1));
}

/// The network is away when the operator goes on: what was kept is not lost by that.
#[test]
fn s20_who_could_not_be_looked_up_can_be_put_aside_again() {
    let mut rig = aside();
    restarted(&mut rig);
    rig.world.network_down = true;
    resume(&mut rig, 1).unwrap();
    assert_eq!(rig.screen(), "Find");
    rig.want(OperatorAction::PutAside);
    let kept = rig.world.kept.visits.clone().unwrap();
    assert_eq!(kept[0].user, sample::user("1"));
    assert!(kept[0].address.is_some() && kept[0].numbers.is_some());
    rig.world.network_down = false;
    restarted(&mut rig);
    resume(&mut rig, 2).unwrap();
    assert_eq!(rig.screen(), "Found");
}

/// Whoever stands at the counter comes back by themselves, and where nobody was found there is nothing to keep.
#[test]
fn s20_nothing_is_kept_of_the_counter_and_of_nobody() {
    let mut rig = rig().checking("1");
    rig.want(OperatorAction::PutAside);
    rig.want(OperatorAction::StartTelephoneVisit);
    rig.want(OperatorAction::PutAside);
    rig.want(OperatorAction::StartTelephoneVisit);
    rig.find("3");
    rig.want(OperatorAction::PutAside);
    // Whom somebody found is lost with the app, and that is said.
    assert_eq!(list(&mut rig).1, [None, None, Some(KeptState::NotKept)]);
    assert_eq!(
        rig.world.kept.orders, 0,
        "the store is not asked for nothing"
    );
}

fn ended(how: VisitOutcome, pass: PassEnd) -> Event {
    Event::VisitEnded { how, pass }
}
