//! Passkeys: whether the tenant lets somebody have one, the five minutes to create it, and what is said of both (N25).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AccountKind, DoneLight, InFront, Message, Method, OperatorScreen, OtherKind, PasskeyOffer,
    PasskeyRules, PersonAction, PersonPass, PersonScreen, PhoneOs, Policy, Route, TroubleCode,
    VisitAction, VisitScreen, WarningWeight,
};

use crate::rig::Rig;

const C: VisitAction = VisitAction::ChooseRoute {
    route: Route::CreatePasskey,
};

fn open() -> PasskeyRules {
    sample::passkey_rules()
}

fn off() -> PasskeyRules {
    PasskeyRules {
        enabled: Some(false),
        ..open()
    }
}

fn rig(done: DoneLight, rules: Option<PasskeyRules>) -> Rig {
    let policy = Policy {
        done,
        ..sample::policy()
    };
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.passkeys = rules;
    rig
}

fn guest(mut rig: Rig) -> Rig {
    let person = rig.world.people.get_mut(&sample::user("1")).unwrap();
    person.kind = AccountKind::InternalGuest;
    rig
}

/// What is said of passkeys where somebody was found.
fn warned(rig: &mut Rig) -> Option<(WarningWeight, String)> {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Found { warnings, .. },
            ..
        }) => warnings
            .into_iter()
            .map(|warning| (warning.weight, warning.message.key))
            .find(|(_, key)| key.starts_with("warn-passkey") || key == "warn-only-telephone"),
        _ => panic!("nobody was found"),
    }
}

/// The walk-throughs, the suggested one, the notes, and the seconds left.
fn board(rig: &mut Rig) -> (Vec<Route>, Route, Vec<Message>, Option<u32>) {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen:
                VisitScreen::Board {
                    routes,
                    route_suggested,
                    live,
                    pass,
                    ..
                },
            ..
        }) => (routes, route_suggested, live.notes, pass.passkey_s),
        _ => panic!("no board"),
    }
}

fn notes(rig: &mut Rig) -> Vec<String> {
    board(rig).2.into_iter().map(|note| note.key).collect()
}

#[test]
fn n25_a_passkey_that_is_kept_out_is_said_before_the_check_and_not_offered() {
    use DoneLight::{Either, Passkey, PhoneSignIn};
    use WarningWeight::{Blocks, Tells};
    let a_b = vec![Route::AddAccount, Route::EnablePhoneSignIn];
    let a_c = vec![Route::AddAccount, Route::CreatePasskey];
    let all = Route::ALL.to_vec();
    for (made, said, offered) in [
        (rig(Either, Some(open())), None, &all),
        (rig(Either, None), None, &all),
        (
            rig(Either, Some(off())),
            Some((Tells, "warn-passkey-off")),
            &a_b,
        ),
        (
            guest(rig(Either, Some(open()))),
            Some((Tells, "warn-passkey-guest")),
            &a_b,
        ),
        (rig(PhoneSignIn, Some(off())), None, &a_b),
        (rig(Passkey, Some(open())), None, &a_c),
        (
            rig(Passkey, None),
            Some((Tells, "warn-passkey-cannot-tell")),
            &a_c,
        ),
        (
            rig(Passkey, Some(off())),
            Some((Blocks, "warn-passkey-off-only")),
            &a_c,
        ),
        (
            guest(rig(Passkey, None)),
            Some((Blocks, "warn-passkey-guest-only")),
            &a_c,
        ),
    ] {
        let mut rig = made.found("1");
        let expected = said.map(|(weight, key)| (weight, key.to_owned()));
        assert_eq!(warned(&mut rig), expected);
        let blocks = said.is_some_and(|(weight, _)| weight == Blocks);
        let yes = rig.try_visit(VisitAction::ConfirmPerson);
        let refused = yes.err().map(|trouble| trouble.code);
        assert_eq!(refused, blocks.then_some(TroubleCode::WarningNotHeeded));
        if blocks {
            rig.visit(VisitAction::HeedWarnings { on: true });
            rig.visit(VisitAction::ConfirmPerson);
        }
        sample::checked().into_iter().for_each(|act| rig.visit(act));
        assert_eq!(board(&mut rig).0, *offered, "{said:?}");
        let chosen = rig.try_visit(C);
        assert_eq!(chosen.is_ok(), offered.contains(&Route::CreatePasskey));
    }
}

#[test]
fn n25_whom_the_policy_gives_no_passkey_the_directory_suggests_none() {
    for (rules, suggested) in [(open(), Route::CreatePasskey), (off(), Route::AddAccount)] {
        let mut rig = rig(DoneLight::Either, Some(rules));
        let ready = vec![sample::authenticator("a", true)];
        rig.world.methods.insert(sample::user("1"), ready);
        let mut rig = rig.board("1");
        assert_eq!(board(&mut rig).1, suggested);
    }
}

#[test]
fn n25_rules_that_could_not_be_read_are_said_and_take_no_way_away() {
    let mut rig = rig(DoneLight::Either, Some(off()));
    let refused = AnswerFault::Refused(TroubleCode::NotAllowedHere);
    rig.world.faults.push_back((Kind::Passkeys, refused));
    let mut rig = rig.board("1");
    assert!(notes(&mut rig).is_empty());
    rig.visit(C);
    assert_eq!(notes(&mut rig), ["note-passkey-cannot-tell"]);
}

#[test]
fn n25_the_phone_in_hand_decides_where_a_profile_takes_one_system_alone() {
    let mut rules = open();
    rules.targets[0].profiles[0].android = Some(false);
    let mut rig = rig(DoneLight::Either, Some(rules)).board("1");
    rig.visit(C);
    assert_eq!(notes(&mut rig), ["note-passkey-cannot-tell"]);
    for (os, said) in [
        (PhoneOs::Ios, None),
        (PhoneOs::Android, Some("note-passkey-off")),
    ] {
        let lang = onboarding::Lang::Ja;
        rig.visit(VisitAction::SetPhone { os, lang });
        let said: Vec<_> = said.into_iter().map(str::to_owned).collect();
        assert_eq!(notes(&mut rig), said);
        let routes = board(&mut rig).0;
        assert_eq!(routes, Route::ALL, "the one in hand stays, too: {os:?}");
    }
    let route = Route::AddAccount;
    rig.visit(VisitAction::ChooseRoute { route });
    assert!(!board(&mut rig).0.contains(&Route::CreatePasskey));
}

#[test]
fn n25_a_profile_of_both_kinds_asks_for_the_newer_app_of_the_phone_in_hand() {
    let mut rules = open();
    rules.targets[0].profiles[0].both_kinds = true;
    let mut rig = rig(DoneLight::Either, Some(rules)).board("1");
    assert!(
        notes(&mut rig).is_empty(),
        "not on the way to phone sign-in"
    );
    rig.visit(C);
    for (os, version) in [(PhoneOs::Ios, "6.8.37"), (PhoneOs::Android, "6.2507.4749")] {
        let lang = onboarding::Lang::Ja;
        rig.visit(VisitAction::SetPhone { os, lang });
        let expected = Message::new("note-passkey-app").text("version", version);
        assert_eq!(board(&mut rig).2, [expected]);
    }
}

/// A pass is shown on the way to a passkey.
fn shown(once: bool) -> Rig {
    let mut policy = sample::policy();
    policy.pass.once = once;
    let mut rig = Rig::with(policy, Vec::new()).live("1");
    rig.visit(C);
    rig.visit(VisitAction::Reveal);
    rig
}

/// The person's line, and whether a clock runs beside the pass.
fn line(rig: &mut Rig) -> (Message, bool) {
    match rig.person_view().screen {
        PersonScreen::Walk { live, pass, .. } => {
            let runs = matches!(pass, PersonPass::Entered { finish_s: Some(_) });
            (live.line, runs)
        }
        _ => panic!("not on the way"),
    }
}

#[test]
fn n25_five_minutes_for_a_passkey_are_the_operators_to_see_and_the_person_is_not_hurried() {
    let mut rig = shown(true);
    assert_eq!(board(&mut rig).3, None);
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(20);
    let left = board(&mut rig).3.unwrap();
    assert!((280..=300).contains(&left), "{left}");
    assert_eq!(rig.pass().finish_s, None, "one clock is enough");
    assert_eq!(line(&mut rig), (Message::new("live-passkey-time"), false));
    rig.wait_s(u64::from(left) - 1);
    assert_eq!(board(&mut rig).3, Some(1));
    rig.wait_s(1);
    assert_eq!(board(&mut rig).3, None);
    assert_eq!(notes(&mut rig), ["note-passkey-over-new-pass"]);
    let again = Message::new("live-passkey-again").number("row", 5u32);
    assert_eq!(line(&mut rig), (again, false));
    rig.visit(VisitAction::GoTo { row: "c5".into() });
    assert_eq!(notes(&mut rig), ["note-passkey-over-new-pass"]);
    rig.world.add(&sample::user("1"), sample::passkey("new"));
    rig.wait_s(40);
    assert!(notes(&mut rig).is_empty(), "it came all the same");
}

#[test]
fn n25_a_pass_that_works_again_begins_the_five_minutes_anew_from_its_row() {
    let mut rig = shown(false);
    rig.visit(VisitAction::Next);
    assert_eq!(board(&mut rig).3, Some(300));
    rig.wait_s(300);
    let over = Message::new("note-passkey-over").number("row", 5u32);
    assert_eq!(board(&mut rig).2, [over]);
    rig.visit(VisitAction::GoTo { row: "c5".into() });
    assert!(notes(&mut rig).is_empty());
    rig.visit(VisitAction::Next);
    assert_eq!(board(&mut rig).3, Some(300));
    rig.visit(VisitAction::GoTo { row: "c11".into() });
    assert_eq!(board(&mut rig).3, None, "the phone says that it is there");
    let route = Route::EnablePhoneSignIn;
    rig.visit(VisitAction::GoTo { row: "c6".into() });
    rig.visit(VisitAction::ChooseRoute { route });
    assert_eq!(board(&mut rig).3, None, "phone sign-in has no such clock");
}

/// A pass that works once, used 20 s ago on the way to phone sign-in.
fn used_on_a(done: DoneLight, rules: PasskeyRules) -> Rig {
    let mut policy = sample::policy();
    policy.pass.once = true;
    policy.done = done;
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.passkeys = Some(rules);
    let mut rig = rig.live("1");
    rig.visit(VisitAction::Reveal);
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(20);
    rig
}

/// On the row that waits for phone sign-in the phone shows the sheet that makes a passkey.
fn sheet(rig: &mut Rig) {
    rig.visit(VisitAction::GoTo { row: "a11".into() });
    rig.person(PersonAction::OtherScreen).unwrap();
    let screen = "passkey-asked".to_owned();
    rig.person(PersonAction::ChooseScreen { screen }).unwrap();
}

#[test]
fn n25_walk_through_a_may_lead_to_a_passkey_and_has_its_clock_for_the_operator_alone() {
    use DoneLight::{Either, Passkey, PhoneSignIn};
    for (done, rules, runs) in [
        (Either, open(), true),
        (Passkey, open(), true),
        (PhoneSignIn, open(), false),
        (Either, off(), false),
    ] {
        let mut rig = used_on_a(done, rules);
        let left = board(&mut rig).3;
        assert_eq!(left.is_some(), runs, "{done:?}");
        let (said, hurried) = line(&mut rig);
        assert_ne!(said.key, "live-passkey-time", "{done:?}");
        assert!(hurried, "the pass's own clock is the person's: {done:?}");
        assert!(rig.pass().finish_s.is_some(), "and the operator's");
        rig.wait_s(300);
        assert_eq!(board(&mut rig).3, None);
        let said: Vec<_> = notes(&mut rig);
        let only = done == Passkey;
        let over = "note-passkey-over-new-pass".to_owned();
        assert_eq!(said.contains(&over), only, "{done:?}: {said:?}");
        assert_ne!(line(&mut rig).0.key, "live-passkey-again", "{done:?}");
    }
}

#[test]
fn n25_the_time_of_a_sign_in_on_a_goes_on_where_the_sheet_leads_to_c() {
    let mut rig = used_on_a(DoneLight::Either, open());
    let before = board(&mut rig).3.unwrap();
    rig.wait_s(60);
    sheet(&mut rig);
    rig.visit(C);
    let after = board(&mut rig).3.unwrap();
    assert!(before - after >= 60, "{before} {after}");
    assert_eq!(line(&mut rig).0.key, "live-passkey-time");
    rig.wait_s(u64::from(after));
    assert_eq!(notes(&mut rig), ["note-passkey-over-new-pass"]);
}

/// Where nobody said that a passkey is on its way, there is nothing to do again.
#[test]
fn n25_on_a_what_is_over_is_told_where_the_phone_is_at_a_passkey() {
    let mut rig = used_on_a(DoneLight::Either, open());
    rig.wait_s(300);
    assert!(notes(&mut rig).is_empty());
    sheet(&mut rig);
    let over = Message::new("note-passkey-over-new-pass").number("row", 6u32);
    assert_eq!(board(&mut rig).2, [over]);
    rig.person(PersonAction::BackToRow).unwrap();
    assert!(notes(&mut rig).is_empty());
    rig.visit(C);
    assert_eq!(notes(&mut rig), ["note-passkey-over-new-pass"]);
}

#[test]
fn n25_the_start_of_the_day_tells_that_a_passkey_may_be_offered() {
    for (offer, expected) in [
        (PasskeyOffer::None, None),
        (PasskeyOffer::CannotTell, None),
        (PasskeyOffer::Skippable, Some("policy-passkey-offer")),
        (PasskeyOffer::Insists, Some("policy-passkey-insists")),
    ] {
        let rules = PasskeyRules { offer, ..open() };
        let mut rig = rig(DoneLight::Either, Some(rules)).signed_in();
        let OperatorScreen::Home { passkey_offer, .. } = rig.view().screen else {
            panic!("not at home");
        };
        let told = passkey_offer.map(|message| message.key);
        assert_eq!(told.as_deref(), expected, "{offer:?}");
    }
}

#[test]
fn n25_whom_a_telephone_number_alone_lets_in_is_told_of_without_alarm() {
    let other = |kind| Method::Other {
        id: "o".into(),
        kind,
        mark: None,
    };
    let number = || other(OtherKind::Phone);
    let told = Some((WarningWeight::Tells, "warn-only-telephone".to_owned()));
    for (more, expected) in [
        (vec![number()], &told),
        (vec![number(), number(), other(OtherKind::Email)], &told),
        (vec![other(OtherKind::Email)], &None),
        (vec![number(), other(OtherKind::Codes)], &None),
        (vec![number(), other(OtherKind::WindowsHello)], &None),
        (
            vec![number(), other(OtherKind::Unknown("new".into()))],
            &None,
        ),
        (vec![number(), sample::passkey("p")], &None),
        (vec![number(), sample::authenticator("a", false)], &None),
        (vec![], &None),
    ] {
        let mut rig = Rig::new();
        for method in more.clone() {
            rig.world.add(&sample::user("1"), method);
        }
        let mut rig = rig.found("1");
        assert_eq!(warned(&mut rig), *expected, "{more:?}");
    }
}
