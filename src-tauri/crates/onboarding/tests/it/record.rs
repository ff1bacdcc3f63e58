//! What is on disks never changes its name: every event, field and word of the record.

use std::collections::{BTreeMap, BTreeSet};

use onboarding::record::{
    EVENT_BYTES, Event, FIELDS, ForgottenWhy, LeftOpen, RecordFault, TelephoneEvent, VERSION,
};
use onboarding::{
    Display, DisplayLoss, PassEnd, PassId, RegisteredKind, RemovalReason, RenewReason, RenewalNote,
    Route, ServiceTime, SignOutReason, TroubleCode, UserId, VisitOutcome,
};
use serde::Serialize;

use crate::after_events::{self, after_events, eighth_events};
use crate::kept_events::eighth_visits;
use crate::letter_events::{eighth_letters, letter_is_listed, ninth_letter, seventh_events};
use crate::recorded::RECORDED;
use crate::second_events::{
    eighth_phone_event, fifth_events, first_events, fourth_events, phone_is_listed, second_events,
    sixth_events, start_events, third_events,
};

pub(crate) fn s(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn user() -> UserId {
    UserId(s("u"))
}

pub(crate) fn pass() -> PassId {
    PassId(s("p"))
}

/// One of each.
fn every_event() -> Vec<Event> {
    let mut events = first_events();
    events.extend([
        Event::OperatorSignedIn {
            operator: user(),
            upn: s("o@x"),
            name: s("O"),
            tenant: s("t"),
        },
        Event::OperatorSignInRefused {
            code: TroubleCode::WrongTenant,
            aadsts: Some(50020),
            error_uri: Some(s("https://x/error")),
            correlation_id: Some(s("c")),
        },
        Event::OperatorSignedOut {
            operator: user(),
            why: SignOutReason::Asked,
        },
        Event::NoticeDismissed { operator: user() },
        Event::VisitStarted { ticket: None },
        Event::VisitStarted { ticket: Some(12) },
        Event::PersonChosen {
            user: user(),
            upn: s("p@x"),
            name: s("P"),
        },
        Event::IdentityChecked {
            operator: user(),
            user: user(),
            checks: vec![s("photo-id")],
            phone_confirmed: true,
            voucher: None,
            caller: None,
        },
        Event::RouteChosen {
            route: Route::AddAccount,
        },
        Event::PassLimitReached {
            operator: user(),
            user: user(),
            per_hour: 30,
            until: ServiceTime(7),
        },
        Event::VisitEnded {
            how: VisitOutcome::PhoneTooOld,
            pass: PassEnd::None,
        },
    ]);
    events.extend(pass_events());
    events.extend(second_events());
    events.extend(start_events());
    events.extend(after_events());
    events.extend(third_events());
    events.extend(fourth_events());
    events.extend(fifth_events());
    events.extend(sixth_events());
    events.extend(seventh_events());
    events.extend(eighth_version());
    events.push(ninth_letter());
    events
}

fn eighth_version() -> Vec<Event> {
    let mut events = vec![eighth_phone_event()];
    events.extend(eighth_events());
    events.extend(eighth_letters());
    events.extend(eighth_visits());
    events
}

fn pass_events() -> Vec<Event> {
    let intent = || s("1-1");
    vec![
        Event::PassIntent {
            intent: intent(),
            operator: user(),
            user: user(),
            upn: s("p@x"),
            client_request_id: s("r"),
            known_passes: vec![pass()],
            lifetime_minutes: 60,
            once: true,
            replaces: Some(pass()),
            renewal: Some(RenewalNote {
                number: 1,
                reason: RenewReason::UsedUp,
                same_person: true,
            }),
            time_confirmed: false,
            confirmed_by: None,
        },
        Event::PassIssued {
            intent: intent(),
            pass: pass(),
            start: ServiceTime(5),
            lifetime_minutes: 60,
            once: false,
        },
        Event::PassRefused {
            intent: intent(),
            code: TroubleCode::PassExists,
        },
        Event::PassUncertain {
            intent: intent(),
            code: TroubleCode::PassUncertain,
        },
        Event::PassNotIssued { intent: intent() },
        Event::PassLapsed { intent: intent() },
        Event::PassOrphanRemoved {
            intent: intent(),
            pass: pass(),
            still_open: false,
        },
        Event::PassRemoved {
            pass: pass(),
            why: RemovalReason::Renewed,
        },
        Event::PassEntered { pass: pass() },
        Event::Registered {
            kind: RegisteredKind::PhoneSignIn,
            device_name: None,
            method: s("m"),
        },
    ]
}

#[test]
fn recorded_names_never_change() {
    assert_eq!(VERSION, 9, "an addition raises it and has lines of its own");
    let events = every_event();
    assert!(events.len() == RECORDED.len() && events.iter().all(is_listed));
    for (event, recorded) in events.iter().zip(RECORDED) {
        assert_eq!(serde_json::to_string(event).unwrap(), recorded);
        let read: Event = serde_json::from_str(recorded).unwrap();
        assert_eq!(read, *event);
    }
}

/// A new event, or a new word, does not compile here: it goes into the lists of this file, and raises `VERSION`.
fn is_listed(event: &Event) -> bool {
    match event {
        Event::StationStarted { .. }
        | Event::EnvironmentCleaned { .. }
        | Event::SandboxMissing
        | Event::WitnessMade
        | Event::OperatorSignedIn { .. }
        | Event::OperatorSignInRefused { .. }
        | Event::NoticeDismissed { .. }
        | Event::VisitStarted { .. }
        | Event::PersonChosen { .. }
        | Event::IdentityChecked { .. }
        | Event::PassLimitReached { .. }
        | Event::LimitRefused { .. }
        | Event::ColleagueConfirmed { .. }
        | Event::ColleagueNotConfirmed { .. }
        | Event::WentOnWithoutPass { .. }
        | Event::PassIntent { .. }
        | Event::PassIssued { .. }
        | Event::PassRefused { .. }
        | Event::PassUncertain { .. }
        | Event::PassNotIssued { .. }
        | Event::PassNotSeen { .. }
        | Event::PassFound { .. }
        | Event::PassDecided { .. }
        | Event::PassNotThere { .. }
        | Event::PassGone { .. }
        | Event::PassReplaced { .. }
        | Event::PassLapsed { .. }
        | Event::PassOrphanRemoved { .. }
        | Event::PassEntered { .. } => true,
        Event::After(event) => after_events::is_listed(event),
        Event::Phone(event) => phone_is_listed(event),
        Event::Telephone(event) => telephone_is_listed(event),
        Event::Letter(event) => letter_is_listed(event),
        Event::OperatorSignedOut { why, .. } => match why {
            SignOutReason::Asked
            | SignOutReason::Idle
            | SignOutReason::Expired
            | SignOutReason::Revoked
            | SignOutReason::Stopped => true,
        },
        Event::RecordAccepted { why, .. } => fault_is_listed(*why),
        Event::RouteChosen { route } => match route {
            Route::AddAccount | Route::EnablePhoneSignIn | Route::CreatePasskey => true,
        },
        Event::PassRemoved { why, .. } => match why {
            RemovalReason::VisitEnded | RemovalReason::Renewed | RemovalReason::TestBegins => true,
        },
        Event::Registered { kind, .. } => match kind {
            RegisteredKind::PhoneSignIn | RegisteredKind::Passkey => true,
        },
        Event::VisitEnded { how, pass } => ends_are_listed(*how, *pass),
        Event::DisplayLost { display, how } => match how {
            DisplayLoss::Died | DisplayLoss::Silent => display_is_listed(*display),
        },
        Event::DisplayReplaced { display } | Event::DisplayGivenUp { display } => {
            display_is_listed(*display)
        }
    }
}

fn telephone_is_listed(event: &TelephoneEvent) -> bool {
    match event {
        TelephoneEvent::VisitByTelephone
        | TelephoneEvent::PassReadOut { .. }
        | TelephoneEvent::VisitKept { .. }
        | TelephoneEvent::VisitTakenUp { .. } => true,
        TelephoneEvent::VisitForgotten { why } => match why {
            ForgottenWhy::Ended
            | ForgottenWhy::Asked
            | ForgottenWhy::TooOld
            | ForgottenWhy::Lost
            | ForgottenWhy::NotServed
            | ForgottenWhy::Registered => true,
        },
    }
}

fn fault_is_listed(why: RecordFault) -> bool {
    match why {
        RecordFault::Missing
        | RecordFault::Empty
        | RecordFault::SideFile
        | RecordFault::RolledBack
        | RecordFault::OtherStation
        | RecordFault::Rewritten
        | RecordFault::Damaged
        | RecordFault::WitnessMissing
        | RecordFault::WitnessUnreadable => true,
    }
}

fn display_is_listed(display: Display) -> bool {
    match display {
        Display::Operator | Display::Person => true,
    }
}

fn ends_are_listed(how: VisitOutcome, pass: PassEnd) -> bool {
    let pass = match pass {
        PassEnd::None
        | PassEnd::Used
        | PassEnd::Removed
        | PassEnd::Left
        | PassEnd::Expired
        | PassEnd::Gone
        | PassEnd::NotThere
        | PassEnd::Pending
        | PassEnd::Uncertain => true,
    };
    let how = match how {
        VisitOutcome::Finished
        | VisitOutcome::LeftUnfinished
        | VisitOutcome::Cancelled
        | VisitOutcome::PhoneTooOld
        | VisitOutcome::NoScreenLock
        | VisitOutcome::NoSmartphone
        | VisitOutcome::PasswordAgain
        | VisitOutcome::PasswordAsked
        | VisitOutcome::Idle
        | VisitOutcome::Stopped => true,
    };
    pass && how
}

#[track_caller]
pub(crate) fn check_words<T: Serialize>(all: &[T], recorded: &[&str]) {
    let words: Vec<_> = all
        .iter()
        .map(|one| serde_json::to_value(one).unwrap())
        .collect();
    assert_eq!(words, recorded);
}

#[test]
fn recorded_words_never_change() {
    use SignOutReason::{Asked, Expired, Idle, Revoked, Stopped};
    let why = [Asked, Idle, Expired, Revoked, Stopped];
    check_words(&why, &["asked", "idle", "expired", "revoked", "stopped"]);
    let why = [RemovalReason::VisitEnded, RemovalReason::Renewed];
    check_words(&why, &["visit_ended", "renewed"]);
    let faults = [
        RecordFault::Missing,
        RecordFault::Empty,
        RecordFault::SideFile,
        RecordFault::RolledBack,
        RecordFault::OtherStation,
        RecordFault::Rewritten,
        RecordFault::Damaged,
        RecordFault::WitnessMissing,
        RecordFault::WitnessUnreadable,
    ];
    let words = "missing empty side_file rolled_back other_station rewritten damaged witness_missing \
        witness_unreadable";
    check_words(&faults, &words.split_whitespace().collect::<Vec<_>>());
    let losses = [DisplayLoss::Died, DisplayLoss::Silent];
    check_words(&losses, &["died", "silent"]);
    check_words(
        &[Display::Operator, Display::Person],
        &["operator", "person"],
    );
    let kinds = [RegisteredKind::PhoneSignIn, RegisteredKind::Passkey];
    check_words(&kinds, &["phone_sign_in", "passkey"]);
    let routes = [
        Route::AddAccount,
        Route::EnablePhoneSignIn,
        Route::CreatePasskey,
    ];
    let words = ["add_account", "enable_phone_sign_in", "create_passkey"];
    check_words(&routes, &words);
    let reasons = [
        RenewReason::Expired,
        RenewReason::Mistyped,
        RenewReason::UsedUp,
        RenewReason::Lost,
    ];
    check_words(&reasons, &["expired", "mistyped", "used_up", "lost"]);
    let passes = [
        PassEnd::None,
        PassEnd::Used,
        PassEnd::Removed,
        PassEnd::Left,
        PassEnd::Expired,
        PassEnd::Pending,
        PassEnd::Uncertain,
        PassEnd::Gone,
        PassEnd::NotThere,
    ];
    let words = "none used removed left expired pending uncertain gone not_there";
    check_words(&passes, &words.split(' ').collect::<Vec<_>>());
}

#[test]
fn how_a_visit_ended_has_the_records_own_words() {
    let all = [
        (VisitOutcome::Finished, "finished"),
        (VisitOutcome::LeftUnfinished, "left_unfinished"),
        (VisitOutcome::Cancelled, "cancelled"),
        (VisitOutcome::PhoneTooOld, "not_possible_phone_too_old"),
        (VisitOutcome::NoScreenLock, "not_possible_no_screen_lock"),
        (VisitOutcome::NoSmartphone, "not_possible_no_smartphone"),
        (VisitOutcome::PasswordAgain, "password_again"),
        (VisitOutcome::Idle, "idle"),
        (VisitOutcome::Stopped, "stopped"),
    ];
    for (how, word) in all {
        let event = Event::VisitEnded {
            how,
            pass: PassEnd::Left,
        };
        let recorded = format!(r#"{{"event":"visit_ended","outcome":"{word}","pass":"left"}}"#);
        assert_eq!(serde_json::to_string(&event).unwrap(), recorded);
        assert_eq!(serde_json::from_str::<Event>(&recorded).unwrap(), event);
    }
    let unknown = r#"{"event":"visit_ended","outcome":"phone_too_old","pass":"left"}"#;
    assert!(serde_json::from_str::<Event>(unknown).is_err());
}

/// The codes a record of this version can hold. One more raises `VERSION`.
const CODES: &str = "N101 N102 N103 N104 N105 N106 N107 N108 N109 N110 S101 S102 S103 S104 S105 S106 S107 S108 S109 S110 S111 S112 S113 \
    S114 S115 S116 S117 S118 S121 S122 P201 P202 P203 P204 P205 P206 P207 P208 P209 P210 P211 P212 P213 P214 P215 C301 C302 C303 C304 C305 C306 C310 C311 C312 T401 T402 \
    T403 T404 T405 T406 T407 T408 T409 T410 T411 T412 T413 T414 T420 T421 T422 T423 T424 T430 T431 T432 T433 T434 T435 T436 T437 T438 T439 R501 R502 R503 R504 R510 R511 R512 R513 R514 R515 R516 R517 R518 R519 R520 R521 R522 R523 R524 R525 H601 H602 H603 H604 M701 M702 M703 M704 M705 M706 M707 M708 M709 M710 M711 M712 M713 M714 M715 M716 M717 M720 M721 M722 M730 M731 M732 A501 A502 A503 A504 A505 A506 A510 A511 A512 A513 A514 A520 A521 A522";

#[test]
fn every_code_is_recorded_as_what_a_person_reads_out() {
    let codes: BTreeSet<_> = TroubleCode::ALL.iter().map(|code| code.short()).collect();
    assert_eq!(codes, CODES.split_whitespace().collect());
    for code in TroubleCode::ALL {
        let (code, aadsts) = (*code, None);
        let event = Event::OperatorSignInRefused {
            code,
            aadsts,
            error_uri: None,
            correlation_id: None,
        };
        let recorded = serde_json::to_string(&event).unwrap();
        assert!(recorded.contains(code.short()), "{recorded}");
        assert_eq!(serde_json::from_str::<Event>(&recorded).unwrap(), event);
    }
}

/// The pass, the password and the token have no field: these are all the names there are.
#[test]
fn no_field_is_named_for_a_secret() {
    let mut names = BTreeSet::new();
    for event in every_event() {
        collect_names(&serde_json::to_value(&event).unwrap(), &mut names);
    }
    assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), FIELDS);
}

fn collect_names(value: &serde_json::Value, names: &mut BTreeSet<String>) {
    if let Some(object) = value.as_object() {
        for (name, value) in object {
            names.insert(name.clone());
            collect_names(value, names);
        }
    }
}

/// What the fold looks at is what it matches on.
#[test]
fn the_events_that_open_or_end_something_are_named_as_recorded() {
    let names: BTreeMap<String, Event> = every_event()
        .into_iter()
        .map(|event| {
            let value = serde_json::to_value(&event).unwrap();
            (value["event"].as_str().unwrap().to_owned(), event)
        })
        .collect();
    for name in LeftOpen::EVENTS {
        assert!(names.contains_key(*name), "{name}");
    }
    let looked_at = |name: &str| LeftOpen::EVENTS.contains(&name);
    let others: Vec<_> = names.keys().filter(|name| !looked_at(name)).collect();
    let known = "address_declared colleague_confirmed colleague_not_confirmed display_given_up display_lost display_replaced earlier_method_gone earlier_method_left earlier_method_not_removed earlier_method_removed earlier_methods_intent earlier_phone_said environment_cleaned guide_letter_intent identity_checked job_run_believed letter_arrival letter_handed_over letter_not_handed_over limit_refused method_decided \
        method_gone method_invited method_not_decided method_not_removed method_removed method_uninvited never_expires never_expires_failed \
        never_expires_intent not_looked_at_further notice_dismissed notice_given_up notice_intent operator_sign_in_refused operator_signed_in \
        operator_signed_out pass_entered pass_letter_intent pass_limit_reached pass_not_seen pass_not_there pass_read_out pass_replaced \
        password_change_intent password_change_uncertain password_changed password_needed_again password_not_changed password_stays password_use \
        person_chosen record_accepted registered roll_failed roll_intent roll_joined roll_leave_intent roll_left roll_not_left route_chosen sandbox_missing sessions_ended sessions_not_ended sign_in_logged sign_in_tested station_started test_proven visit_by_telephone visit_forgotten visit_kept visit_taken_up went_on_unblocked went_on_without_pass witness_made";
    assert_eq!(others, known.split_whitespace().collect::<Vec<_>>());
}

/// However long what comes in is, the event fits: every text is cut, and everything is escaped.
#[test]
fn no_event_is_longer_than_the_record_takes() {
    let long = "\u{e0041}".repeat(1000);
    let event = Event::IdentityChecked {
        operator: UserId("x".repeat(256)),
        user: UserId("x".repeat(256)),
        checks: vec![long.clone(); 64],
        phone_confirmed: true,
        voucher: Some(long),
        caller: None,
    };
    let json = serde_json::to_string(&event).unwrap();
    // One of these four bytes becomes two escapes of six.
    let escaped = json.len() * 3;
    assert!(escaped < EVENT_BYTES, "{escaped}");
}
