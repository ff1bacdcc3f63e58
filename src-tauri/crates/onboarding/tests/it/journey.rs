//! The whole visit, in order, and what each screen says on the way (S24–S30, S53, N10, N13).

use desk_world::{Kind, sample};
use onboarding::{
    InFront, Light, LightState, NoteAction, OperatorAction, OperatorScreen, PassEnd, PassStage,
    PersonAction, PersonPass, PersonScreen, RegisteredKind, Trouble, TroubleCode, VisitAction,
    VisitId, VisitOutcome, VisitScreen, record::Event,
};

use crate::rig::Rig;

/// What a visit has done that went well, the looking aside.
const WHOLE_JOURNEY: [&str; 16] = [
    "SignIn",
    "record OperatorSignedIn",
    "ReadPolicies",
    "ReadPasskeyRules",
    "v1 record VisitStarted",
    "v1 FindPerson",
    "v1 record PersonChosen",
    "v1 record IdentityChecked",
    "v1 record PassIntent",
    "v1 IssuePass",
    "v1 record PassIssued",
    "v1 record PassEntered",
    "v1 record Registered",
    "v1 record SignInTested",
    "v1 record VisitEnded",
    "v1 RebuildWindows",
];

#[test]
fn the_whole_journey_in_order_s24_to_s30_s53_n10_n13() {
    let mut rig = Rig::new().registered("1");
    assert_eq!(rig.person_pass(), "registered");
    rig.visit(VisitAction::Finish { leave_pass: false });
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Receipt { end, .. },
        ..
    }) = rig.view().screen
    else {
        panic!("no receipt")
    };
    assert_eq!(
        (end.how, end.pass, end.registered),
        (
            VisitOutcome::Finished,
            PassEnd::Used,
            Some(RegisteredKind::PhoneSignIn)
        )
    );
    assert_eq!(
        (
            end.device_name.as_deref(),
            end.unrecorded,
            end.pass_until.is_some()
        ),
        (Some("Phone new"), false, true)
    );
    assert!(matches!(
        rig.person_view().screen,
        PersonScreen::Goodbye {
            how: VisitOutcome::Finished,
            ..
        }
    ));
    rig.visit(VisitAction::Close);
    assert_eq!(rig.screen(), "Home");
    let gone = rig.desk.person_view(Some(rig.visit), rig.now);
    assert!(
        gone.is_err(),
        "the window of a visit that is over shows nothing"
    );
    assert_eq!(rig.desk.person_window(), VisitId(2));

    let steps: Vec<_> = rig
        .log
        .iter()
        .filter(|step| !step.ends_with("ReadMethods"))
        .map(String::as_str)
        .collect();
    assert_eq!(steps, WHOLE_JOURNEY);
}

fn first_recorded(rig: &Rig, name: &str) -> Event {
    let named = |(_, event): &&(_, Event)| format!("{event:?}").starts_with(name);
    rig.world.record.iter().find(named).unwrap().1.clone()
}

/// What is durable names person, operator's checks, request and proof, and nothing secret.
#[test]
fn the_record_says_who_was_proofed_how_and_with_what_outcome_s53() {
    let mut rig = Rig::new().checking("1");
    rig.visit(VisitAction::Tick {
        check: "photo-id".into(),
        on: true,
    });
    rig.visit(VisitAction::Tick {
        check: "vouched".into(),
        on: true,
    });
    rig.visit(VisitAction::Note(NoteAction::SetVoucher {
        name: " Head of section\u{7} ".into(),
    }));
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    rig.visit(VisitAction::IssuePass { replace: false });
    let of = |name: &str| first_recorded(&rig, name);
    let checks = vec!["photo-id".to_owned(), "vouched".to_owned()];
    assert_eq!(
        of("IdentityChecked"),
        Event::IdentityChecked {
            operator: sample::operator("op-1").oid,
            user: sample::user("1"),
            checks,
            phone_confirmed: true,
            voucher: Some("Head of section".to_owned()),
            caller: None,
        }
    );
    let recorded = of("PassIntent");
    let Event::PassIntent {
        client_request_id, ..
    } = &recorded
    else {
        panic!("{recorded:?}");
    };
    let parts: Vec<_> = client_request_id.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12], "{client_request_id}");
    let intent = Event::PassIntent {
        intent: "1-1".into(),
        operator: sample::operator("op-1").oid,
        client_request_id: client_request_id.clone(),
        user: sample::user("1"),
        upn: "user-1@cablechan.biz".into(),
        known_passes: Vec::new(),
        lifetime_minutes: 30,
        once: true,
        replaces: None,
        renewal: None,
        time_confirmed: true,
        confirmed_by: None,
    };
    assert_eq!(recorded, intent, "S24: 30 minutes");
    let told = format!("{:?}", rig.world.record);
    assert!(
        rig.world
            .passes
            .iter()
            .all(|pass| !told.contains(&pass.value))
    );
}

#[test]
fn nothing_is_asked_before_the_intent_is_durable_and_nothing_shown_before_the_result_is_n13() {
    let mut rig = Rig::new().board("1");
    rig.held.insert(Kind::Record);
    let from = rig.log.len();
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.since(from)[0], "v1 ReadMethods", "the fresh list");
    let from = from + 1;
    rig.wait_s(30);
    assert_eq!(rig.since(from), ["v1 record PassIntent"]);
    rig.held.insert(Kind::Issue);
    rig.release(Kind::Record);
    assert_eq!(rig.since(from), ["v1 record PassIntent", "v1 IssuePass"]);
    rig.held.insert(Kind::Record);
    rig.release(Kind::Issue);
    assert_eq!(
        rig.since(from),
        [
            "v1 record PassIntent",
            "v1 IssuePass",
            "v1 record PassIssued"
        ]
    );
    rig.wait_s(5);
    assert_eq!(
        (rig.stage(), rig.person_pass()),
        (PassStage::Issuing, "coming")
    );
    assert!(rig.try_visit(VisitAction::Reveal).is_err());
    rig.release(Kind::Record);
    assert_eq!(
        (rig.stage(), rig.person_pass()),
        (PassStage::Settling, "settling")
    );
    rig.wait_s(10);
    assert_eq!(
        (rig.stage(), rig.person_pass()),
        (PassStage::Live, "hidden")
    );
    rig.visit(VisitAction::Reveal);
    assert_eq!(rig.person_pass(), "shown");
}

#[test]
fn no_record_no_pass_s53() {
    let mut rig = Rig::new().board("1");
    rig.world.record_fails = true;
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(
        (rig.stage(), rig.trouble().as_deref()),
        (PassStage::None, Some("T407"))
    );
    assert!(rig.world.passes.is_empty());
    rig.world.record_fails = false;
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!((rig.stage(), rig.trouble()), (PassStage::Settling, None));
}

/// A pass whose result cannot be written is taken back and never shown.
#[test]
fn a_pass_that_cannot_be_recorded_is_removed_unseen_s53() {
    let mut rig = Rig::new().board("1");
    rig.world.unwritable = Some("PassIssued");
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(
        (rig.stage(), rig.trouble().as_deref()),
        (PassStage::Uncertain, Some("T407"))
    );
    rig.wait_s(5);
    assert_eq!(rig.stage(), PassStage::None);
    assert!(rig.world.passes[0].gone);
    assert_eq!(rig.world.written().last().unwrap(), "PassOrphanRemoved");
}

/// An identity check that could not be written is written before the pass is asked for, or there is no pass.
#[test]
fn an_unrecorded_identity_check_gives_no_pass_s03_n10() {
    let mut rig = Rig::new().checking("1");
    rig.world.unwritable = Some("IdentityChecked");
    rig.visit(VisitAction::Tick {
        check: "staff-card".into(),
        on: true,
    });
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    assert_eq!(rig.trouble().as_deref(), Some("A504"));
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(
        (rig.stage(), rig.trouble().as_deref()),
        (PassStage::None, Some("T407"))
    );
    assert!(rig.world.passes.is_empty());
    rig.world.unwritable = None;
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.stage(), PassStage::Settling);
    let written = rig.world.written();
    let place = |name: &str| written.iter().position(|entry| entry == name);
    assert!(place("IdentityChecked") < place("PassIssued"));
}

/// F16: what happened while the disk was full for a moment is written once there is room, before what follows it.
#[test]
fn f16_what_could_not_be_written_is_written_once_there_is_room() {
    let mut rig = Rig::new().checking("1");
    let written = |rig: &Rig, name: &str| {
        let names = rig.world.written();
        names.iter().filter(|entry| *entry == name).count()
    };
    assert_eq!(written(&rig, "PersonChosen"), 1);
    rig.visit(VisitAction::Cancel);
    rig.world.record_fails = true;
    let mut rig = rig.checking("2");
    rig.visit(VisitAction::Tick {
        check: "staff-card".into(),
        on: true,
    });
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    assert_eq!(rig.trouble().as_deref(), Some("A504"));
    assert_eq!(written(&rig, "PersonChosen"), 1);
    rig.world.record_fails = false;
    rig.visit(VisitAction::IssuePass { replace: false });
    let names = rig.world.written();
    let last = |name: &str| names.iter().rposition(|entry| entry == name).unwrap();
    assert_eq!(written(&rig, "PersonChosen"), 2, "{names:?}");
    assert_eq!(written(&rig, "VisitStarted"), 2);
    assert_eq!(written(&rig, "IdentityChecked"), 1);
    assert!(last("VisitStarted") < last("PersonChosen"));
    assert!(last("PersonChosen") < last("PassIntent"));
    assert!(last("IdentityChecked") < last("PassIssued"));
}

/// F16: proof that came in while the disk was full is in the record in the end.
#[test]
fn f16_a_proof_that_could_not_be_written_is_written_later() {
    for name in ["PassEntered", "Registered"] {
        let mut rig = Rig::new();
        rig.world.unwritable = Some(name);
        let mut rig = rig.registered("1");
        assert!(!rig.world.written().iter().any(|entry| entry == name));
        rig.world.unwritable = None;
        rig.visit(VisitAction::Finish { leave_pass: false });
        let written = rig.world.written();
        let count = written.iter().filter(|entry| *entry == name).count();
        assert_eq!(count, 1, "{name}: {written:?}");
    }
}

/// What the record never takes is not tried for ever.
#[test]
fn an_entry_that_is_never_taken_is_given_up() {
    let mut rig = Rig::new();
    rig.world.unwritable = Some("VisitStarted");
    let mut rig = rig.board("1");
    for n in 0..6 {
        rig.visit(VisitAction::Cancel);
        rig.visit(VisitAction::Close);
        rig = rig.board(["2", "3"][n % 2]);
    }
    rig.world.unwritable = None;
    rig.visit(VisitAction::Cancel);
    let written = rig.world.written();
    let begun = written.iter().filter(|entry| *entry == "VisitStarted");
    assert!(begun.count() <= 3, "{written:?}");
}

/// I5: a record that cannot be trusted any more gives no new pass and no new visit, and both screens say so.
#[test]
fn a_station_out_of_service_ends_what_is_open_and_begins_nothing_i5() {
    let mut rig = Rig::new().board("1");
    rig.desk
        .out_of_service(Trouble::new(TroubleCode::RecordBroken));
    assert_eq!(rig.trouble().as_deref(), Some("A522"));
    let refused = rig.try_visit(VisitAction::IssuePass { replace: false });
    let code = |refused: Result<(), Trouble>| refused.map_err(|trouble| trouble.code);
    assert_eq!(code(refused), Err(TroubleCode::RecordBroken));
    assert_eq!(rig.stage(), PassStage::None);
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    assert_eq!(rig.trouble().as_deref(), Some("A522"));
    let now = rig.now;
    let person = rig.desk.person_view(None, now).ok().unwrap();
    assert!(matches!(person.screen, PersonScreen::OutOfService));
    let refused = rig.desk.operator_act(&OperatorAction::StartVisit, now);
    assert_eq!(code(refused), Err(TroubleCode::RecordBroken));
}

#[test]
fn the_value_is_in_sight_as_long_as_it_was_asked_for_n15() {
    let mut rig = Rig::new().shown("1");
    let PersonScreen::Walk {
        pass:
            PersonPass::Shown {
                glyphs,
                remaining_s,
                hides_in_s,
                may_longer: true,
            },
        ..
    } = rig.person_view().screen
    else {
        panic!("not shown")
    };
    assert_eq!(
        (glyphs.len(), remaining_s, hides_in_s),
        (rig.world.passes[0].value.len(), 30 * 60 - 10, 90)
    );
    assert_eq!(rig.pass().revealed_s, Some(90));
    rig.wait_s(60);
    rig.visit(VisitAction::Longer);
    rig.wait_s(89);
    assert_eq!(rig.person_pass(), "shown");
    rig.wait_s(1);
    assert_eq!((rig.person_pass(), rig.pass().revealed_s), ("hidden", None));
    rig.visit(VisitAction::Reveal);
    rig.visit(VisitAction::Hide);
    assert_eq!(rig.person_pass(), "hidden");
    // S24: 30 minutes and not one more.
    for _ in 0..5 {
        rig.wait_ms(300_000);
        rig.want(OperatorAction::Touch);
    }
    rig.wait_ms(30 * 60_000 - 10_000 - 149_000 - 1_500_000 - 1_001);
    rig.visit(VisitAction::Reveal);
    rig.wait_ms(2_000);
    assert_eq!(
        (rig.stage(), rig.person_pass()),
        (PassStage::Expired, "expired")
    );
}

#[test]
fn an_entered_pass_hides_at_once_and_the_ten_minutes_start() {
    let mut rig = Rig::new().shown("1");
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(16);
    assert_eq!(
        (rig.stage(), rig.person_pass()),
        (PassStage::Entered, "entered")
    );
    assert!(
        rig.pass()
            .finish_s
            .is_some_and(|left| (595..=600).contains(&left))
    );
    assert!(rig.try_visit(VisitAction::Reveal).is_err());
}

/// The live check moves the row on; asking, losing and renewing the pass never do.
#[test]
fn lights_move_the_row_and_the_pass_does_not_s25_13_s30() {
    let mut rig = Rig::new().board("1");
    let row = |rig: &mut Rig| match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { row, .. },
            ..
        }) => row,
        _ => panic!("no board"),
    };
    rig.visit(VisitAction::GoTo { row: "a6".into() });
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(11);
    rig.visit(VisitAction::RenewPass {
        same_person: true,
        reason: onboarding::RenewReason::Mistyped,
    });
    rig.wait_s(11);
    assert_eq!(row(&mut rig), "a6");
    rig.visit(VisitAction::Reveal);
    let user = sample::user("1");
    rig.world.use_pass(&user, rig.now);
    rig.wait_s(16);
    assert_eq!(row(&mut rig), "a7");
    rig.world.add(&user, sample::authenticator("new", false));
    rig.wait_s(18);
    assert_eq!(row(&mut rig), "a10");
    rig.world.methods.get_mut(&user).unwrap().pop();
    rig.world.add(&user, sample::authenticator("new", true));
    rig.wait_s(6);
    assert_eq!(row(&mut rig), "a12");
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Board {
            live, registered, ..
        },
        ..
    }) = rig.view().screen
    else {
        panic!("no board")
    };
    assert_eq!(registered, Some(RegisteredKind::PhoneSignIn));
    let lit: Vec<_> = live
        .lights
        .iter()
        .filter(|l| l.state == LightState::Lit)
        .map(|l| l.light)
        .collect();
    let wanted = [
        Light::PassUsable,
        Light::PassEntered,
        Light::AuthenticatorAdded,
        Light::DeviceRegistered,
        Light::PhoneSignInReady,
    ];
    assert_eq!(lit, wanted);
    assert_eq!(live.line.key, "live-ready-phone");
}

#[test]
fn the_person_has_a_screen_of_their_own() {
    let mut rig = Rig::new();
    assert!(matches!(
        rig.desk.person_view(None, rig.now).ok().unwrap().screen,
        PersonScreen::Welcome { .. }
    ));
    rig = rig.found("1");
    // Nobody is shown to the person before the operator said yes.
    assert!(matches!(
        rig.person_view().screen,
        PersonScreen::Welcome { .. }
    ));
    rig.visit(VisitAction::ConfirmPerson);
    assert!(matches!(
        rig.person_view().screen,
        PersonScreen::Checking { .. }
    ));
    rig.visit(VisitAction::Tick {
        check: "staff-card".into(),
        on: true,
    });
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::ConfirmCheck);
    assert!(
        matches!(rig.person_view().screen, PersonScreen::Walk { ref mail, ref upn_local, .. }
        if mail.as_deref() == Some("account.1@example.com") && upn_local == "user-1"),
        "S26: the mail address beside it"
    );
    rig.person(PersonAction::Next).unwrap();
    rig.person(PersonAction::OtherScreen).unwrap();
    assert!(
        matches!(rig.view().screen, OperatorScreen::Visit(InFront { screen: VisitScreen::Board { other_screen: true, ref row, .. }, .. }) if row == "first-privacy")
    );
    rig.visit(VisitAction::ClearOtherScreen);
    rig.person(PersonAction::Back).unwrap();
    assert!(
        matches!(rig.view().screen, OperatorScreen::Visit(InFront { screen: VisitScreen::Board { other_screen: false, ref row, .. }, .. }) if row == "install")
    );
}
