//! Whether a phone will be let in, asked beforehand (N22).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AccessPlaces, AccessPolicy, Applies, Desk, DoneLight, GuestWifi, InFront, Lang, OperatorScreen,
    PhoneOs, PhoneStep, Policy, PolicyWant, QrPath, TroubleCode, VisitAction, VisitScreen,
    WarningView, WarningWeight,
};

use crate::rig::Rig;

const HERE: &str = "203.0.113.9";
const MOBILE: &str = "198.51.100.7";

fn policy() -> Policy {
    Policy {
        access: Some(AccessPlaces {
            here: HERE.parse().unwrap(),
            mobile: Some(MOBILE.parse().unwrap()),
        }),
        done: DoneLight::PhoneSignIn,
        ..sample::policy()
    }
}

fn of(applies: Applies, wants: Vec<PolicyWant>) -> AccessPolicy {
    AccessPolicy {
        name: "登録は社内だけ".into(),
        applies,
        of_devices: false,
        any: true,
        wants,
    }
}

fn shut(applies: Applies) -> AccessPolicy {
    of(applies, vec![PolicyWant::Never])
}

fn weak() -> AccessPolicy {
    let strength = PolicyWant::Strength {
        name: "強い方法".into(),
        once: false,
        many: true,
    };
    of(Applies::Yes, vec![strength])
}

fn of_devices(wants: PolicyWant) -> AccessPolicy {
    AccessPolicy {
        of_devices: true,
        ..of(Applies::No, vec![wants])
    }
}

/// What is said while the person is checked.
fn said(rig: &mut Rig) -> Option<WarningView> {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Check { phone_access, .. },
            ..
        }) => phone_access,
        other => panic!("{other:?}"),
    }
}

fn key(rig: &mut Rig) -> String {
    said(rig).unwrap().message.key
}

/// The keys of what the board tells.
fn notes(rig: &mut Rig) -> Vec<String> {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { live, .. },
            ..
        }) => live.notes.into_iter().map(|note| note.key).collect(),
        other => panic!("{other:?}"),
    }
}

/// The questions that were asked, in order.
fn asked(rig: &Rig) -> Vec<(PhoneStep, String)> {
    let questions = rig.world.access_questions.iter();
    questions
        .map(|(_, question)| (question.step, question.from.to_string()))
        .collect()
}

/// The person is confirmed, and the world answers like this.
fn confirmed(answers: Vec<Vec<AccessPolicy>>) -> Rig {
    let mut rig = Rig::with(policy(), Vec::new());
    rig.world.access = answers.into();
    rig = rig.checking("1");
    rig.wait_s(10);
    rig
}

#[test]
fn n22_nothing_is_asked_before_the_operator_said_who_it_is_nor_where_the_site_does_not_ask() {
    let rig = Rig::with(policy(), Vec::new()).found("1");
    assert!(asked(&rig).is_empty());
    let mut rig = Rig::new().checking("1");
    rig.wait_s(10);
    assert!(asked(&rig).is_empty());
    assert!(said(&mut rig).is_none());
}

#[test]
fn n22_each_answer_has_its_words_and_takes_no_more_questions_than_it_needs() {
    use PhoneStep::{RegisterDevice, RegisterMethod};
    let here = (RegisterMethod, HERE.to_owned());
    let mobile = (RegisterMethod, MOBILE.to_owned());
    let device = (RegisterDevice, HERE.to_owned());
    let device_mobile = (RegisterDevice, MOBILE.to_owned());
    let met = || of_devices(PolicyWant::MetByPass);
    check_each(vec![
        (vec![vec![]], "warn-access-works", vec![&here]),
        (
            vec![vec![weak()]],
            "warn-access-no-pass",
            vec![&here, &mobile],
        ),
        (
            vec![vec![shut(Applies::Elsewhere)], vec![shut(Applies::Yes)]],
            "warn-access-only-here",
            vec![&here, &mobile],
        ),
        (
            vec![vec![shut(Applies::Elsewhere)], vec![]],
            "warn-access-works",
            vec![&here, &mobile],
        ),
        (
            vec![vec![shut(Applies::Yes)], vec![shut(Applies::Yes)]],
            "warn-access-stopped",
            vec![&here, &mobile],
        ),
        (
            vec![vec![shut(Applies::Yes), met()], vec![], vec![]],
            "warn-access-only-mobile",
            vec![&here, &mobile, &device_mobile],
        ),
        (
            vec![vec![shut(Applies::CannotTell)]],
            "warn-access-cannot-tell",
            vec![&here],
        ),
        (
            vec![
                vec![shut(Applies::Elsewhere)],
                vec![of(Applies::Yes, vec![PolicyWant::Unknown])],
            ],
            "warn-access-cannot-tell",
            vec![&here, &mobile],
        ),
        (
            vec![vec![met()], vec![]],
            "warn-access-works",
            vec![&here, &device],
        ),
        (
            vec![vec![met()], vec![shut(Applies::Yes)]],
            "warn-access-stopped",
            vec![&here, &device],
        ),
    ]);
}

/// What the world answers, what is told, and the questions that were asked.
type Case<'a> = (
    Vec<Vec<AccessPolicy>>,
    &'a str,
    Vec<&'a (PhoneStep, String)>,
);

fn check_each(cases: Vec<Case<'_>>) {
    for (answers, expected, questions) in cases {
        let rest: Vec<Vec<AccessPolicy>> = answers.clone();
        // A world that has said everything says that nothing is in the way: what shuts goes on shutting.
        let last = rest.last().cloned().unwrap_or_default();
        let mut rig = confirmed(rest.into_iter().chain([last.clone(), last]).collect());
        assert_eq!(key(&mut rig), expected, "{answers:?}");
        let questions: Vec<_> = questions.into_iter().cloned().collect();
        assert_eq!(asked(&rig), questions, "{expected}");
    }
}

#[test]
fn n22_where_nobody_asked_about_mobile_data_an_open_gate_here_says_nothing_of_elsewhere() {
    let only_here = || Policy {
        access: Some(AccessPlaces {
            here: HERE.parse().unwrap(),
            mobile: None,
        }),
        ..policy()
    };
    let met = || of_devices(PolicyWant::MetByPass);
    let device_elsewhere = AccessPolicy {
        applies: Applies::Elsewhere,
        ..of_devices(PolicyWant::Never)
    };
    for (policy, answers, expected) in [
        (only_here(), vec![vec![]], "warn-access-works"),
        (
            only_here(),
            vec![vec![shut(Applies::Elsewhere)]],
            "warn-access-works-here",
        ),
        (
            only_here(),
            vec![vec![shut(Applies::Elsewhere), met()], vec![]],
            "warn-access-works-here",
        ),
        (
            only_here(),
            vec![
                vec![shut(Applies::Elsewhere), met()],
                vec![shut(Applies::Yes)],
            ],
            "warn-access-stopped",
        ),
        // The method may be registered anywhere, the device may not.
        (
            policy(),
            vec![vec![met()], vec![device_elsewhere]],
            "warn-access-works-here",
        ),
    ] {
        let mut rig = Rig::with(policy, Vec::new());
        rig.world.access = answers.clone().into();
        rig = rig.checking("1");
        rig.wait_s(10);
        assert_eq!(key(&mut rig), expected, "{answers:?}");
        assert!(asked(&rig).iter().all(|(_, from)| from == HERE));
    }
    let mut rig = Rig::with(only_here(), Vec::new());
    rig.world.access = vec![vec![shut(Applies::Elsewhere)]].into();
    rig = rig.checking("1");
    rig.wait_s(10);
    assert_eq!(said(&mut rig).unwrap().weight, WarningWeight::Warns);
}

#[test]
fn n22_what_stops_the_phone_is_named_and_weighs_most() {
    let mut rig = confirmed(vec![vec![shut(Applies::Yes)], vec![shut(Applies::Yes)]]);
    let told = said(&mut rig).unwrap();
    assert_eq!(told.weight, WarningWeight::Blocks);
    assert!(format!("{:?}", told.message.args).contains("登録は社内だけ"));
    for act in sample::checked() {
        rig.visit(act);
    }
    assert_eq!(notes(&mut rig), ["warn-access-stopped"]);
    let person = serde_json::to_string(&rig.person_view()).unwrap();
    assert!(!person.contains("access-"), "it is for the operator alone");
    // Whatever it says, nobody is held up.
    rig.visit(VisitAction::IssuePass { replace: false });
}

#[test]
fn n22_questions_are_apart_and_not_in_step() {
    let apart = |seed| {
        let mut rig = Rig::with(policy(), Vec::new());
        let start = sample::start(policy()).unwrap();
        rig.desk = Desk::new(start).seeded(seed);
        rig.world.access = vec![
            vec![shut(Applies::Elsewhere), of_devices(PolicyWant::MetByPass)],
            vec![],
            vec![],
        ]
        .into();
        rig = rig.checking("1");
        rig.wait_s(10);
        let at: Vec<u64> = rig.world.access_questions.iter().map(|it| it.0.0).collect();
        assert_eq!(at.len(), 3);
        [at[1] - at[0], at[2] - at[1]]
    };
    let all: Vec<[u64; 2]> = (1..20).map(apart).collect();
    let mut gaps: Vec<u64> = all.into_iter().flatten().collect();
    assert!(
        gaps.iter().all(|gap| (1_200..=2_000).contains(gap)),
        "{gaps:?}"
    );
    gaps.sort_unstable();
    gaps.dedup();
    assert!(gaps.len() > 10, "{gaps:?}");
}

#[test]
fn n22_a_question_that_is_refused_is_the_last_of_the_visit_and_holds_nothing_up() {
    for fault in [
        AnswerFault::Throttled(60),
        AnswerFault::Failed(TroubleCode::ReadNotPermitted),
        // It is refused to this question alone, and the counter does not end with it.
        AnswerFault::Failed(TroubleCode::SignInAgain),
        AnswerFault::Failed(TroubleCode::NoNetwork),
        AnswerFault::Failed(TroubleCode::Unexpected),
    ] {
        let mut rig = Rig::with(policy(), Vec::new());
        rig.world.access = vec![vec![shut(Applies::Elsewhere)]].into();
        rig.world.faults.push_back((Kind::Access, fault));
        rig = rig.checking("1");
        rig.wait_s(60);
        assert_eq!(key(&mut rig), "warn-access-cannot-tell", "{fault:?}");
        // A question that is spoilt does not reach the world: any other would.
        assert!(asked(&rig).is_empty(), "{fault:?}");
        assert_eq!(rig.trouble(), None);
        for act in sample::checked() {
            rig.visit(act);
        }
        assert!(notes(&mut rig).is_empty());
        rig.visit(VisitAction::IssuePass { replace: false });
        rig.wait_s(30);
        let looked = rig.world.requests.iter().any(|(_, asked_for)| !asked_for);
        assert!(
            looked,
            "the live check is not closed by another service's limit"
        );
    }
}

#[test]
fn n22_nobody_waits_for_an_answer() {
    let mut rig = Rig::with(policy(), Vec::new());
    rig.held.insert(Kind::Access);
    rig = rig.checking("1");
    assert_eq!(key(&mut rig), "warn-access-asking");
    for act in sample::checked() {
        rig.visit(act);
    }
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.world.access = vec![vec![shut(Applies::Yes)], vec![shut(Applies::Yes)]].into();
    rig.release(Kind::Access);
    rig.wait_s(5);
    assert_eq!(notes(&mut rig), ["warn-access-stopped"]);
}

#[test]
fn n22_three_questions_are_all_of_a_visit_whoever_is_found_in_it() {
    let mut rig = confirmed(vec![
        vec![shut(Applies::Elsewhere)],
        vec![shut(Applies::Yes)],
    ]);
    rig.visit(VisitAction::SearchAgain);
    rig.wait_s(5);
    rig.find("2");
    rig.visit(VisitAction::ConfirmPerson);
    rig.wait_s(5);
    assert_eq!(key(&mut rig), "warn-access-works");
    assert_eq!(asked(&rig).len(), 3);
    rig.visit(VisitAction::SearchAgain);
    rig.find("3");
    rig.visit(VisitAction::ConfirmPerson);
    rig.wait_s(5);
    assert_eq!(asked(&rig).len(), 3);
    assert_eq!(key(&mut rig), "warn-access-cannot-tell");
}

#[test]
fn n22_questions_about_two_people_in_a_row_are_apart_too() {
    let mut rig = Rig::with(policy(), Vec::new());
    rig.held.insert(Kind::Access);
    rig = rig.checking("1");
    rig.visit(VisitAction::SearchAgain);
    rig.find("2");
    rig.visit(VisitAction::ConfirmPerson);
    assert_eq!(key(&mut rig), "warn-access-asking");
    rig.release(Kind::Access);
    rig.wait_s(5);
    assert_eq!(key(&mut rig), "warn-access-works");
    let at: Vec<u64> = rig.world.access_questions.iter().map(|it| it.0.0).collect();
    assert_eq!(at.len(), 2, "{at:?}");
    assert!((1_200..=2_000).contains(&(at[1] - at[0])), "{at:?}");
}

#[test]
fn n22_a_route_without_a_device_asks_about_none_and_the_phone_is_named_once_it_is_known() {
    let mut policy = policy();
    policy.done = DoneLight::Passkey;
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.access = vec![vec![of_devices(PolicyWant::Never)]].into();
    let mut rig = rig.found("1");
    rig.visit(VisitAction::SetPhone {
        os: PhoneOs::Android,
        lang: Lang::Ja,
    });
    rig.visit(VisitAction::ConfirmPerson);
    rig.wait_s(5);
    assert_eq!(asked(&rig).len(), 1);
    assert_eq!(rig.world.access_questions[0].1.os, Some(PhoneOs::Android));
    assert_eq!(key(&mut rig), "warn-access-works");
    let rig = confirmed(vec![vec![]]);
    assert_eq!(
        rig.world.access_questions[0].1.os, None,
        "nobody said which"
    );
}

#[test]
fn n6_where_the_site_has_a_wifi_for_guests_it_is_named() {
    let mut start = sample::start(policy()).unwrap();
    let qr = QrPath {
        modules: 1,
        path: String::new(),
    };
    start.site.wifi = Some(GuestWifi {
        ssid: "Guests".into(),
        password: None,
        qr,
    });
    let mut rig = Rig::with(policy(), Vec::new());
    rig.desk = Desk::new(start);
    rig.world.access = vec![vec![shut(Applies::Elsewhere)], vec![shut(Applies::Yes)]].into();
    rig = rig.checking("1");
    rig.wait_s(5);
    let told = said(&mut rig).unwrap();
    assert_eq!(told.message.key, "warn-access-only-wifi");
    assert!(format!("{:?}", told.message.args).contains("Guests"));
    assert_eq!(told.weight, WarningWeight::Warns);
}
