//! Somebody who calls (N28): how they are proofed, who is not served, and the pass that is read out.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{CallerChecked, Event, TelephoneEvent};
use onboarding::{
    AfterAction, CallNumber, CallNumbers, CallerAction, CallerBoard, CallerNeeds, CallerWay,
    InFront, Mode, NumberKind, OperatorAction, OperatorScreen, Paper, PersonAction, Policy, Target,
    TestPlace, TroubleCode, VisitAction, VisitScreen,
};
use serde_json::{Value, json};

use crate::rig::Rig;

pub(crate) fn policy() -> Policy {
    Policy {
        telephone: Some(sample::telephone()),
        four_eyes: onboarding::FourEyes {
            confirmers: vec!["op-2".to_owned()],
            ..onboarding::FourEyes::default()
        },
        ..sample::policy()
    }
}

pub(crate) fn rig() -> Rig {
    Rig::with(policy(), Vec::new()).signed_in()
}

impl Rig {
    fn calls(mut self, id: &str) -> Self {
        self.want(OperatorAction::StartTelephoneVisit);
        self.find(id);
        self
    }

    pub(crate) fn proofing(mut self, id: &str) -> Self {
        self = self.calls(id);
        self.visit(VisitAction::ConfirmPerson);
        self
    }

    pub(crate) fn caller(&mut self, act: CallerAction) -> Result<(), TroubleCode> {
        let tried = self.try_visit(VisitAction::Caller(act));
        tried.map_err(|trouble| trouble.code)
    }

    /// Called back, and the supervisor, too.
    pub(crate) fn caller_board(mut self, id: &str) -> Self {
        self = self.proofing(id);
        self.caller(called(Some(1))).unwrap();
        self.caller(CallerAction::SupervisorSaid { at: Some(0) })
            .unwrap();
        self.visit(VisitAction::ConfirmPhone { on: true });
        self.visit(VisitAction::ConfirmCheck);
        self
    }

    pub(crate) fn caller_live(mut self, id: &str) -> Self {
        self = self.caller_board(id);
        self.visit(VisitAction::IssuePass { replace: false });
        self.wait_s(15);
        self
    }

    fn beside(&mut self) -> CallerBoard {
        match self.view().screen {
            OperatorScreen::Visit(InFront {
                by_telephone: Some(true),
                screen:
                    VisitScreen::Board {
                        caller: Some(caller),
                        ..
                    },
                ..
            }) => *caller,
            other => panic!("no caller's board: {other:?}"),
        }
    }

    fn read_out_entries(&self) -> usize {
        let is = |(_, entry): &&(_, Event)| {
            matches!(entry, Event::Telephone(TelephoneEvent::PassReadOut { .. }))
        };
        self.world.record.iter().filter(is).count()
    }
}

fn called(at: Option<u8>) -> CallerAction {
    CallerAction::CalledBack { at }
}

/// What the operator's screen is.
fn seen(rig: &mut Rig) -> Value {
    serde_json::to_value(rig.view()).unwrap()["screen"].clone()
}

fn refused(rig: &mut Rig, act: VisitAction, code: TroubleCode) {
    let before = rig.panes();
    assert_eq!(
        rig.try_visit(act.clone()).map_err(|it| it.code),
        Err(code),
        "{act:?}"
    );
    assert_eq!(rig.panes(), before, "{act:?} changed something");
}

#[test]
fn n28_without_its_section_and_at_a_kiosk_nobody_is_served_by_telephone() {
    let kiosk = Policy {
        mode: Mode::Kiosk,
        ..policy()
    };
    for policy in [sample::policy(), kiosk] {
        let mut rig = Rig::with(policy, Vec::new()).signed_in();
        assert_eq!(seen(&mut rig)["by_telephone"], Value::Null);
        let refused = rig.act(&OperatorAction::StartTelephoneVisit).unwrap_err();
        assert_eq!(refused.code, TroubleCode::NotAllowedHere);
        assert_eq!(rig.screen(), "Home");
    }
    assert_eq!(seen(&mut rig())["by_telephone"], true);
}

#[test]
fn n28_a_caller_is_proofed_by_calls_alone_and_the_record_says_how_strong_that_was() {
    let mut rig = rig().proofing("1");
    let screen = seen(&mut rig);
    assert_eq!(
        (&screen["screen"], &screen["needs"], &screen["read"]),
        (&json!("caller"), &json!("call_back_and_one"), &json!(true))
    );
    let ways = screen["ways"].as_array().unwrap();
    let strengths: Vec<_> = ways
        .iter()
        .map(|way| {
            (
                way["way"].as_str().unwrap(),
                way["strength"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        strengths,
        [
            ("call_back", "strong"),
            ("supervisor", "strong"),
            ("colleague", "supporting")
        ]
    );
    assert_eq!(ways[1]["name"], "Account 3");
    rig = rig_of(rig);
    let checked = rig.world.record.iter().find_map(|(_, entry)| match entry {
        Event::IdentityChecked { checks, caller, .. } => Some((checks.clone(), caller.clone())),
        _ => None,
    });
    let (checks, caller) = checked.unwrap();
    assert_eq!(checks, Vec::<String>::new());
    assert_eq!(
        *caller.unwrap(),
        CallerChecked {
            ways: vec![CallerWay::CallBack, CallerWay::Supervisor],
            strengths: vec![CallerWay::CallBack.strength(); 2],
            called_at: vec![NumberKind::Mobile, NumberKind::Business],
            supervisor: Some(sample::user("3")),
            needs: CallerNeeds::CallBackAndOne,
        }
    );
    let record = serde_json::to_string(&rig.world.record).unwrap();
    for number in ["0776", "0001", "0003"] {
        assert!(!record.contains(number), "{number} is in the record");
    }
}

/// From the calls to the board.
fn rig_of(mut rig: Rig) -> Rig {
    rig.caller(called(Some(1))).unwrap();
    rig.caller(CallerAction::SupervisorSaid { at: Some(0) })
        .unwrap();
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    rig
}

#[test]
fn n28_what_a_counter_sees_and_a_number_that_nobody_holds_are_no_proof() {
    let mut rig = rig().proofing("1");
    let tick = |check: &str| VisitAction::Tick {
        check: check.into(),
        on: true,
    };
    for check in ["staff-card", "photo-id", "vouched"] {
        refused(&mut rig, tick(check), TroubleCode::NotNow);
    }
    let note = onboarding::NoteAction::SetVoucher { name: "V".into() };
    refused(&mut rig, VisitAction::Note(note), TroubleCode::NotNow);
    for act in [
        called(Some(2)),
        called(Some(255)),
        CallerAction::SupervisorSaid { at: Some(1) },
    ] {
        refused(&mut rig, VisitAction::Caller(act), TroubleCode::NotNow);
    }
    rig.visit(VisitAction::ConfirmPhone { on: true });
    // Nothing, one way, and the supporting one beside no call-back.
    let weak = TroubleCode::CallerNotProofed;
    refused(&mut rig, VisitAction::ConfirmCheck, weak);
    rig.caller(called(Some(0))).unwrap();
    refused(&mut rig, VisitAction::ConfirmCheck, weak);
    rig.caller(called(None)).unwrap();
    rig.caller(CallerAction::SupervisorSaid { at: Some(0) })
        .unwrap();
    rig.caller(CallerAction::ColleagueConfirms { on: true })
        .unwrap();
    refused(&mut rig, VisitAction::ConfirmCheck, weak);
    // At a counter the telephone's ways are none.
    let mut counter = Rig::with(policy(), Vec::new()).checking("1");
    refused(
        &mut counter,
        VisitAction::Caller(called(Some(0))),
        TroubleCode::NotNow,
    );
}

#[test]
fn n28_two_calls_to_one_telephone_are_one() {
    let mut rig = rig();
    if let Some(supervisor) = &mut rig.world.call_numbers.supervisor {
        supervisor.numbers[0].number = "+81 776 20 0001".into();
    }
    let mut rig = rig.proofing("1");
    rig.caller(called(Some(0))).unwrap();
    let vouches = CallerAction::SupervisorSaid { at: Some(0) };
    let same = TroubleCode::SameTelephone;
    refused(&mut rig, VisitAction::Caller(vouches.clone()), same);
    rig.caller(called(Some(1))).unwrap();
    rig.caller(vouches).unwrap();
    refused(&mut rig, VisitAction::Caller(called(Some(0))), same);
}

#[test]
fn n28_where_no_number_is_held_or_could_be_read_no_call_back_is_possible() {
    let mut rig = rig();
    rig.world.call_numbers = CallNumbers::default();
    let mut rig = rig.proofing("1");
    let screen = seen(&mut rig);
    assert_eq!(
        (&screen["reading"], &screen["read"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(screen["ways"][0]["numbers"], json!([]));
    refused(
        &mut rig,
        VisitAction::Caller(called(Some(0))),
        TroubleCode::NotNow,
    );
    let down = AnswerFault::Failed(TroubleCode::ServiceDown);
    rig.world.faults.push_back((Kind::Numbers, down));
    rig.world.call_numbers = sample::call_numbers();
    rig.held.insert(Kind::Numbers);
    rig.caller(CallerAction::ReadNumbers).unwrap();
    assert_eq!(seen(&mut rig)["reading"], true);
    let again = VisitAction::Caller(CallerAction::ReadNumbers);
    refused(&mut rig, again, TroubleCode::NotNow);
    rig.release(Kind::Numbers);
    assert_eq!(rig.trouble().as_deref(), Some("N104"));
    rig.caller(CallerAction::ReadNumbers).unwrap();
    assert_eq!(seen(&mut rig)["ways"][0]["numbers"][1]["kind"], "mobile");
}

/// What was done by numbers that changed since is to be done again.
#[test]
fn n28_numbers_read_anew_take_back_what_was_done_by_them() {
    let mut rig = rig().proofing("1");
    rig.caller(called(Some(0))).unwrap();
    rig.world.call_numbers.person = vec![CallNumber {
        kind: NumberKind::Method,
        number: "+81 9000000009".into(),
    }];
    rig.caller(CallerAction::ReadNumbers).unwrap();
    assert_eq!(seen(&mut rig)["ways"][0]["on"], false);
}

#[test]
fn n28_nobody_vouches_for_themselves_and_no_operator_calls_the_operator() {
    for id in [sample::user("1"), sample::operator("op-1").oid] {
        let mut rig = rig();
        if let Some(supervisor) = &mut rig.world.call_numbers.supervisor {
            supervisor.id = id;
        }
        let mut rig = rig.proofing("1");
        assert_eq!(seen(&mut rig)["ways"][1]["name"], Value::Null);
    }
}

#[test]
fn n28_who_holds_a_role_or_may_hold_one_is_not_served_by_telephone() {
    let protected = Target::Protected {
        role: "Global Administrator".into(),
    };
    let (admin, unknown) = (
        TroubleCode::AdminByTelephone,
        TroubleCode::RolesUnknownByTelephone,
    );
    for (target, has_role, code) in [
        (protected, Some(true), admin),
        (Target::Open, Some(true), admin),
        (Target::Open, None, unknown),
        (Target::Unknown, None, unknown),
        (Target::Unknown, Some(true), admin),
    ] {
        let mut rig = rig();
        // Also where this operator may serve administrators at the counter.
        rig.world.operator.may_issue = onboarding::MayIssue::YesForAdmins;
        rig.want(OperatorAction::SignOut);
        let mut rig = rig.signed_in();
        let person = rig.world.people.get_mut(&sample::user("1")).unwrap();
        (person.target, person.has_role) = (target, has_role);
        let mut rig = rig.calls("1");
        assert_eq!(seen(&mut rig)["blocked"]["code"], code.short());
        refused(&mut rig, VisitAction::ConfirmPerson, code);
        let told = |(_, entry): &(_, Event)| matches!(entry, Event::LimitRefused { code: it, .. } if *it == code);
        assert!(rig.world.record.iter().any(told), "{code:?}");
        rig.visit(VisitAction::Cancel);
        rig = rig.found("1");
        rig.visit(VisitAction::ConfirmPerson);
    }
}

#[test]
fn n28_a_colleague_who_was_promised_confirms_each_pass() {
    let mut rig = rig().proofing("1");
    rig.caller(called(Some(0))).unwrap();
    rig.caller(CallerAction::ColleagueConfirms { on: true })
        .unwrap();
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    let issue = VisitAction::IssuePass { replace: false };
    let needed = TroubleCode::ColleagueNeeded;
    refused(&mut rig, issue.clone(), needed);
    assert_eq!(seen(&mut rig)["colleague"]["because"], json!(["caller"]));
    rig.visit(VisitAction::AskColleague);
    rig.visit(issue);
    rig.wait_s(15);
    let renew = VisitAction::RenewPass {
        same_person: true,
        reason: onboarding::RenewReason::Lost,
    };
    refused(&mut rig, renew, needed);
}

#[test]
fn n28_nothing_of_a_caller_is_on_the_persons_side() {
    let mut rig = rig().caller_live("1");
    let screen = |rig: &mut Rig| serde_json::to_value(rig.person_view()).unwrap();
    for step in [VisitAction::Next, VisitAction::ReadOut] {
        rig.visit(step);
        let view = screen(&mut rig);
        assert_eq!(view["screen"]["screen"], "welcome");
        assert_eq!(view["visit"], Value::Null);
        assert!(!view.to_string().contains("Account 1"), "{view}");
    }
    for act in [PersonAction::Next, PersonAction::Reveal, PersonAction::Done] {
        assert!(rig.person(act.clone()).is_err(), "{act:?}");
    }
    refused(&mut rig, VisitAction::Reveal, TroubleCode::NotNow);
    refused(&mut rig, VisitAction::Longer, TroubleCode::NotNow);
    let here = TroubleCode::NotAllowedHere;
    let paper = Paper::A4;
    refused(&mut rig, VisitAction::MakeHandOut { paper }, here);
}

#[test]
fn n28_the_pass_is_on_the_operators_side_while_it_is_held_and_the_record_says_so_first() {
    let mut rig = rig().caller_live("1");
    assert!(rig.beside().may_read_out);
    assert!(rig.beside().glyphs.is_none());
    rig.held.insert(Kind::Record);
    rig.visit(VisitAction::ReadOut);
    assert!(rig.beside().glyphs.is_none(), "not recorded yet");
    rig.release(Kind::Record);
    rig.run();
    let glyphs = rig.beside().glyphs.unwrap();
    assert_eq!(glyphs.len(), rig.world.passes[0].value.chars().count());
    rig.visit(VisitAction::Hide);
    assert!(rig.beside().glyphs.is_none());
    rig.visit(VisitAction::ReadOut);
    assert!(rig.beside().glyphs.is_some());
    assert_eq!(rig.read_out_entries(), 1, "once for each pass");
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    assert!(rig.beside().glyphs.is_none(), "the lock hides it");
    rig.visit(VisitAction::ReadOut);
    rig.wait_s(120);
    assert!(rig.beside().glyphs.is_none(), "held for ever");
    rig.visit(VisitAction::ReadOut);
    rig.visit(VisitAction::Next);
    assert!(rig.beside().glyphs.is_none(), "the row hides it");
}

#[test]
fn n28_a_pass_that_was_let_go_or_could_not_be_recorded_is_not_shown() {
    let mut rig = rig().caller_live("1");
    rig.held.insert(Kind::Record);
    rig.visit(VisitAction::ReadOut);
    rig.visit(VisitAction::Hide);
    rig.release(Kind::Record);
    rig.run();
    assert!(rig.beside().glyphs.is_none(), "nobody holds it");
    let mut rig = self::rig().caller_live("1");
    rig.world.unwritable = Some("Telephone(PassReadOut");
    rig.visit(VisitAction::ReadOut);
    assert!(rig.beside().glyphs.is_none());
    assert_eq!(rig.trouble().as_deref(), Some("A504"));
    // At the counter nothing of it is there.
    let mut counter = Rig::with(policy(), Vec::new()).live("1");
    refused(&mut counter, VisitAction::ReadOut, TroubleCode::NotNow);
    assert_eq!(seen(&mut counter)["caller"], Value::Null);
}

#[test]
fn n28_the_live_check_runs_on_and_the_visit_ends_with_the_registration() {
    let mut rig = rig().caller_live("1");
    rig.visit(VisitAction::ReadOut);
    let _used = rig.world.use_pass(&sample::user("1"), rig.now);
    rig.world
        .add(&sample::user("1"), sample::authenticator("new", true));
    rig.wait_s(60);
    let screen = seen(&mut rig);
    assert_eq!(screen["registered"], "phone_sign_in");
    assert_eq!(screen["test_places"], json!([]));
    let place = TestPlace::Phone;
    let test = VisitAction::After(AfterAction::TrySignIn { place });
    refused(&mut rig, test, TroubleCode::NotAllowedHere);
    rig.visit(VisitAction::Finish { leave_pass: false });
    assert_eq!(rig.screen(), "Receipt");
}

/// Until the call back the visit waits beside others, and nothing of it is in sight; the calls are made again.
#[test]
fn s20_a_visit_by_telephone_is_put_aside_and_resumed_at_the_call_back() {
    let policy = Policy {
        visits_max: 2,
        ..policy()
    };
    let mut rig = Rig::with(policy, Vec::new()).signed_in().proofing("1");
    let aside = |rig: &mut Rig| {
        rig.want(OperatorAction::PutAside);
        assert_eq!(rig.screen(), "Home");
        rig.wait_s(300);
        let visit = rig.visit;
        rig.want(OperatorAction::Resume { visit });
    };
    rig.caller(CallerAction::SupervisorSaid { at: Some(0) })
        .unwrap();
    aside(&mut rig);
    assert_eq!(rig.screen(), "Caller");
    assert_eq!(seen(&mut rig)["ways"][1]["on"], false);
    rig = rig_of(rig);
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(15);
    rig.visit(VisitAction::ReadOut);
    assert!(rig.beside().glyphs.is_some());
    aside(&mut rig);
    assert!(rig.beside().glyphs.is_none(), "it comes back by itself");
}

/// The person's screen tells nobody that the operator changes: nobody stands before it.
#[test]
fn n28_another_operator_takes_over_and_no_screen_says_so_to_nobody() {
    let mut rig = rig().caller_live("1");
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignOut);
    let view = serde_json::to_value(rig.desk.person_view(None, rig.now).ok()).unwrap();
    assert_eq!(view["screen"]["screen"], "welcome");
}
