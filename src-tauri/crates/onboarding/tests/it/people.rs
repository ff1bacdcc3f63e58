//! Finding a person: who is found, who cannot be given a pass, and what is only warned of (S26, N5, N7).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AccountKind, Answer, FindBy, InFront, OperatorAction, OperatorScreen, PeopleFound, ServiceTime,
    Target, TroubleCode, VisitAction, VisitScreen, WarningWeight,
};

use crate::refusals::refused;
use crate::rig::Rig;

type Change = fn(&mut Rig);

/// Allowed, with a word of warning.
const WARNED_OF_THE_PERSON: &[(&str, Change)] = &[
    ("warn-guest-internal", |rig| {
        person(rig).kind = AccountKind::InternalGuest
    }),
    ("warn-target-unknown", |rig| {
        person(rig).target = Target::Unknown
    }),
    ("warn-member-elsewhere", |rig| {
        person(rig).kind = AccountKind::ExternalMember
    }),
    ("warn-enabled-untold", |rig| person(rig).enabled = None),
    ("warn-kind-untold", |rig| {
        person(rig).kind = AccountKind::Untold
    }),
    ("warn-untold-elsewhere", |rig| {
        person(rig).kind = AccountKind::ExternalUntold
    }),
    ("warn-synced", |rig| person(rig).synced = true),
    ("warn-mixed-scripts", |rig| {
        person(rig).name = "T\u{430}naka Hanako".into()
    }),
    ("warn-scope-unknown", |rig| {
        rig.world.policies.as_mut().unwrap().everyone = None
    }),
];

/// The same of what is registered already.
const WARNED_OF_METHODS: &[(&str, Change)] = &[
    ("warn-old-phone", |rig| {
        rig.world
            .add(&sample::user("1"), sample::authenticator("old", false))
    }),
    ("warn-ready-already", |rig| {
        rig.world
            .add(&sample::user("1"), sample::authenticator("old", true))
    }),
    ("warn-authenticators-full", |rig| {
        (0..5).for_each(|n| {
            rig.world.add(
                &sample::user("1"),
                sample::authenticator(&format!("old-{n}"), false),
            )
        });
    }),
    ("warn-live-pass", |rig| {
        drop(
            rig.world
                .foreign_pass(&sample::user("1"), ServiceTime(sample::SERVICE)),
        )
    }),
];

/// Who cannot be given a pass here: found, shown, and not gone on with.
#[test]
fn who_cannot_be_given_a_pass_is_said_when_found_n7() {
    use TroubleCode as T;
    let cases: &[(T, Change)] = &[
        (T::PersonDisabled, |rig| person(rig).enabled = Some(false)),
        (T::PersonExternalGuest, |rig| {
            person(rig).kind = AccountKind::ExternalGuest
        }),
        (T::PersonIsOperator, |rig| {
            rig.world.operator.oid = sample::user("1")
        }),
        (T::PersonProtected, |rig| {
            person(rig).target = Target::Protected {
                role: "Global Administrator".into(),
            }
        }),
        (T::PassPolicyDisabled, |rig| {
            rig.world.policies.as_mut().unwrap().enabled = false
        }),
    ];
    for (wanted, change) in cases {
        let mut rig = Rig::new();
        change(&mut rig);
        let mut rig = rig.found("1");
        let seen = serde_json::to_value(rig.view()).unwrap();
        assert_eq!(seen["screen"]["may_continue"], false);
        assert_eq!(seen["screen"]["blocked"]["code"], wanted.short());
        let action = OperatorAction::Visit {
            visit: rig.visit,
            act: VisitAction::ConfirmPerson,
        };
        refused("found", rig, &action, *wanted);
    }
    let warned = [WARNED_OF_THE_PERSON, WARNED_OF_METHODS].concat();
    for (key, change) in warned {
        let mut rig = Rig::new();
        change(&mut rig);
        let mut rig = rig.found("1");
        assert!(
            serde_json::to_string(&rig.view()).unwrap().contains(key),
            "{key}"
        );
        rig.visit(VisitAction::HeedWarnings { on: true });
        rig.visit(VisitAction::ConfirmPerson);
    }
}

/// What is said of somebody who was found, with how much it matters.
fn said(rig: &mut Rig) -> Vec<(String, WarningWeight)> {
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Found { warnings, .. },
        ..
    }) = rig.view().screen
    else {
        panic!("nobody was found");
    };
    let of = |warning: onboarding::WarningView| (warning.message.key, warning.weight);
    warnings.into_iter().map(of).collect()
}

/// Yellow means something only where an ordinary person has none of it (N7).
#[test]
fn an_ordinary_person_is_warned_of_nothing_n7() {
    let mut rig = Rig::new();
    rig.world.policies.as_mut().unwrap().everyone = None;
    rig.world
        .add(&sample::user("1"), sample::authenticator("old", false));
    let mut rig = rig.found("1");
    assert_eq!(
        said(&mut rig),
        [
            ("warn-old-phone".to_owned(), WarningWeight::Tells),
            ("warn-scope-unknown".to_owned(), WarningWeight::Tells),
        ]
    );
}

/// What weighs most is in front, five equal phones are one line, and what stands in the way has to be read (N7).
#[test]
fn the_worst_is_said_first_and_once_and_what_blocks_has_to_be_heeded_n7() {
    let mut rig = Rig::new();
    let user = sample::user("1");
    person(&mut rig).synced = true;
    for n in 0..4 {
        rig.world
            .add(&user, sample::authenticator(&format!("old-{n}"), false));
    }
    rig.world.add(&user, sample::authenticator("able", true));
    drop(rig.world.foreign_pass(&user, ServiceTime(sample::SERVICE)));
    let mut rig = rig.found("1");
    let keys: Vec<_> = said(&mut rig).into_iter().map(|(key, _)| key).collect();
    assert_eq!(
        keys,
        [
            "warn-authenticators-full",
            "warn-live-pass",
            "warn-ready-already",
            "warn-old-phone",
            "warn-synced"
        ]
    );
    let seen = serde_json::to_value(rig.view()).unwrap();
    let phones = &seen["screen"]["warnings"][3]["message"]["args"];
    assert_eq!(phones["count"], 4);
    assert_eq!(
        phones["phone"],
        "Phone old-0, Phone old-1, Phone old-2, Phone old-3"
    );
    let pass = &seen["screen"]["warnings"][1]["message"]["args"];
    assert!(pass["made_unix_ms"].is_i64() && pass["until_unix_ms"].is_i64());

    for on in [false, true, false] {
        rig.visit(VisitAction::HeedWarnings { on });
    }
    let confirm = VisitAction::ConfirmPerson;
    check_code(&mut rig, confirm.clone(), TroubleCode::WarningNotHeeded);
    rig.visit(VisitAction::HeedWarnings { on: true });
    rig.visit(confirm);
}

fn person(rig: &mut Rig) -> &mut onboarding::Person {
    rig.world.people.get_mut(&sample::user("1")).unwrap()
}

/// Found while nobody was signed in: the question is asked again when it matters.
#[test]
fn a_protected_person_found_in_a_lapse_stays_protected() {
    let mut rig = Rig::new();
    person(&mut rig).enabled = Some(false);
    let mut rig = rig.finding();
    rig.held.insert(Kind::Find);
    rig.find("1");
    rig.want(OperatorAction::Lock);
    rig.release(Kind::Find);
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.screen(), "Found");
    check_code(
        &mut rig,
        VisitAction::ConfirmPerson,
        TroubleCode::PersonDisabled,
    );
}

fn check_code(rig: &mut Rig, act: VisitAction, wanted: TroubleCode) {
    assert_eq!(
        rig.try_visit(act).map_err(|trouble| trouble.code),
        Err(wanted)
    );
}

#[test]
fn not_found_several_and_unreachable_leave_the_search_open() {
    let mut rig = Rig::new().finding();
    rig.find("nobody");
    assert_eq!(
        (rig.screen().as_str(), rig.trouble().as_deref()),
        ("Find", Some("P204"))
    );
    rig.visit(VisitAction::Find {
        text: "Account".into(),
        by: FindBy::Name,
    });
    let seen = serde_json::to_value(rig.view()).unwrap();
    assert_eq!(seen["screen"]["choices"].as_array().unwrap().len(), 3);
    check_code(
        &mut rig,
        VisitAction::Choose {
            user: sample::user("9"),
        },
        TroubleCode::NotNow,
    );
    for code in [
        TroubleCode::NoNetwork,
        TroubleCode::Throttled,
        TroubleCode::ReadNotPermitted,
    ] {
        rig.world
            .faults
            .push_back((Kind::Find, AnswerFault::Failed(code)));
        rig.find("1");
        assert_eq!(
            (rig.screen().as_str(), rig.trouble().as_deref()),
            ("Find", Some(code.short()))
        );
    }
    rig.visit(VisitAction::Find {
        text: "Account".into(),
        by: FindBy::Name,
    });
    rig.visit(VisitAction::Choose {
        user: sample::user("2"),
    });
    assert_eq!((rig.screen().as_str(), rig.trouble()), ("Found", None));
}

/// Whoever is missing from the list is not missing from the directory: that is said, and the list stays.
#[test]
fn more_people_than_are_listed_are_told_of() {
    let mut rig = Rig::new().finding();
    rig.held.insert(Kind::Find);
    rig.visit(VisitAction::Find {
        text: "Account".into(),
        by: FindBy::Name,
    });
    let asked = rig.flying.pop().unwrap();
    let people = ["1", "2"].map(sample::person).to_vec();
    let found = PeopleFound {
        people,
        methods: None,
        more: true,
        belonging: None,
    };
    rig.deliver(asked.id, Answer::Found(Ok(found)), "Found");
    let seen = serde_json::to_value(rig.view()).unwrap();
    assert_eq!(seen["screen"]["choices"].as_array().unwrap().len(), 2);
    assert_eq!(rig.trouble().as_deref(), Some("P210"));
}

/// W18: a member who signs in elsewhere is said in yellow before the identity check, and can be gone on with.
#[test]
fn a_member_who_signs_in_elsewhere_is_said_before_the_check_w18() {
    let mut rig = Rig::new();
    person(&mut rig).kind = AccountKind::ExternalMember;
    let mut rig = rig.found("1");
    let said = said(&mut rig);
    assert_eq!(
        said[0],
        ("warn-member-elsewhere".to_owned(), WarningWeight::Warns)
    );
    rig.visit(VisitAction::ConfirmPerson);
}

/// N5: which domains there are is learned at the sign-in; until then, and where they may not be read, the directory
/// is asked about a whole name rather than the person sent away.
#[test]
fn the_domains_of_the_tenant_are_learned_at_the_sign_in_n5() {
    let typed = |text: &str| VisitAction::Find {
        text: text.to_owned(),
        by: FindBy::SignInName,
    };
    let code = |rig: &mut Rig, text: &str| {
        let found = rig.try_visit(typed(text));
        found.map_err(|trouble| trouble.code)
    };
    let mut rig = Rig::new().finding();
    assert_eq!(code(&mut rig, "a@works.cablechan.example"), Ok(()));
    assert_eq!(
        code(&mut rig, "a@gmail.com"),
        Err(TroubleCode::UnknownDomain)
    );
    let mut unread = Rig::new();
    unread.world.domains = None;
    let mut unread = unread.finding();
    assert_eq!(code(&mut unread, "a@gmail.com"), Ok(()));
    let trouble = unread.view().trouble.unwrap();
    assert_eq!(trouble.code, TroubleCode::NotFound.short());
}
