//! A letter with a pass never leaves where a condition is missing, whatever is done in whatever order (N20).

use desk_world::sample;
use onboarding::{
    CallerAction, LetterAction, LetterKind, NoticeRules, OperatorAction, PassRules, Policy,
    Recipient, RenewReason, VisitAction, VisitId,
};

use crate::letters::{declare, policy};
use crate::rig::Rig;

const ROUNDS: u32 = 40;
const STEPS: u32 = 120;
const ADDRESSES: [&str; 6] = [
    "taro@home.example",
    "taro@elsewhere.example",
    "user-1@cablechan.biz",
    "account.1@example.com",
    "PRIVATE@elsewhere.example",
    "no address",
];

/// The conditions, as the test sees them.
struct Site {
    carries_pass: bool,
    domains: Vec<String>,
    once: bool,
    minutes: u32,
}

#[test]
fn n20_a_letter_with_a_pass_exists_only_where_every_condition_holds() {
    let seed = crate::invariants::seed();
    println!("MADOGUCHI_SEED={seed}");
    let mut state = seed | 1;
    let mut dice = move |sides: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % sides
    };
    let (mut with_pass, mut guides) = (0, 0);
    for round in 0..ROUNDS {
        let site = site(&mut dice);
        let mut rig = started(&site);
        // What the person said yes to, of the address in force.
        let mut read_back: Option<String> = None;
        for step in 0..STEPS {
            let seen = rig.world.letters.len();
            happens(&mut rig, &mut read_back, &mut dice);
            let what = format!("seed {seed}, round {round}, step {step}");
            for letter in &rig.world.letters[seen..] {
                guides += u32::from(letter.what == LetterKind::Guide);
                let is_pass = letter.what == LetterKind::Pass;
                assert_eq!(letter.pass.is_some(), is_pass, "{what}");
                if is_pass {
                    with_pass += 1;
                    holds(&site, letter, read_back.as_deref(), &what);
                }
            }
        }
    }
    assert!(
        with_pass > 10 && guides > 10,
        "seed {seed}: {with_pass} with a pass and {guides} without show nothing"
    );
}

fn site(dice: &mut impl FnMut(u64) -> u64) -> Site {
    Site {
        carries_pass: dice(4) > 0,
        domains: match dice(3) {
            0 => Vec::new(),
            _ => vec!["home.example".to_owned(), "cablechan.biz".to_owned()],
        },
        once: dice(4) > 0,
        minutes: [30, 60, 61, 480][usize::try_from(dice(4)).unwrap()],
    }
}

fn started(site: &Site) -> Rig {
    let rules = NoticeRules {
        carries_pass: site.carries_pass,
        domains: site.domains.clone(),
        at_counter: true,
        ..sample::notice()
    };
    let policy = Policy {
        pass: PassRules {
            once: site.once,
            lifetime_minutes: site.minutes,
            ..sample::policy().pass
        },
        passes_per_hour: 1000,
        check_valid_minutes: 20,
        ..policy(rules)
    };
    let mut rig = Rig::with(policy, Vec::new());
    if let Some(granted) = &mut rig.world.policies {
        (granted.once_forced, granted.max_minutes) = (false, 480);
    }
    for person in rig.world.people.values_mut() {
        person.other_mails = vec!["private@elsewhere.example".to_owned()];
    }
    rig.signed_in()
}

/// Every condition, without a look at the machine.
fn holds(site: &Site, letter: &desk_world::TakenLetter, read_back: Option<&str>, what: &str) {
    let Recipient::Declared(to) = &letter.to else {
        panic!("{what}: a pass to somebody else than who was asked");
    };
    let to = to.as_str().to_lowercase();
    assert!(
        site.carries_pass && site.once && site.minutes <= 60,
        "{what}"
    );
    assert_eq!(
        read_back.map(str::to_lowercase).as_deref(),
        Some(to.as_str()),
        "{what}"
    );
    assert_ne!(to, "user-1@cablechan.biz", "{what}: the sign-in name");
    let known = ["account.1@example.com", "private@elsewhere.example"].contains(&to.as_str());
    let domain = to.rsplit_once('@').map_or("", |(_, domain)| domain);
    let listed = site.domains.iter().any(|listed| listed == domain);
    assert!(known || listed, "{what}: {to}");
    let minutes = letter.pass.as_ref().map(|pass| pass.2);
    assert!(minutes.is_some_and(|minutes| minutes <= 60), "{what}");
}

fn happens(rig: &mut Rig, read_back: &mut Option<String>, dice: &mut impl FnMut(u64) -> u64) {
    rig.wait_ms(1_000 + dice(4_000));
    match dice(24) {
        0 => begin(rig, read_back),
        1 => rig.wait_s(dice(400)),
        2..=6 => {
            let address = ADDRESSES[usize::try_from(dice(6)).unwrap()];
            if rig.letter(declare(address)).is_ok() && read_back.as_deref() != Some(address) {
                *read_back = None;
            }
            let on = dice(5) > 0;
            if rig.letter(LetterAction::AddressReadBack { on }).is_ok() {
                let declared = seen(rig);
                *read_back = declared.filter(|_| on);
            }
        }
        7 => drop(
            rig.letter(LetterAction::ForgetAddress)
                .map(|()| *read_back = None),
        ),
        8 => drop(rig.letter(LetterAction::LetterArrived {
            arrived: dice(2) == 0,
        })),
        9..=11 => proof(rig),
        12..=14 => drop(rig.try_visit(VisitAction::IssuePass { replace: false })),
        15 => drop(rig.try_visit(VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Mistyped,
        })),
        16 => (rig.world.network_down, rig.world.record_fails) = (dice(4) == 0, dice(4) == 0),
        17 => (rig.world.network_down, rig.world.record_fails) = (false, false),
        _ => drop(rig.sends(dice(3) > 0)),
    }
}

/// The address in force, as the operator sees it.
fn seen(rig: &mut Rig) -> Option<String> {
    let view = serde_json::to_value(rig.view()).unwrap();
    let text = view["screen"]["letter"]["address"]["text"].as_str();
    text.map(str::to_owned)
}

fn begin(rig: &mut Rig, read_back: &mut Option<String>) {
    *read_back = None;
    drop(rig.act(&OperatorAction::SignIn));
    for visit in (1..=rig.visit.0).map(VisitId) {
        for act in [VisitAction::Cancel, VisitAction::Close] {
            drop(rig.act(&OperatorAction::Visit { visit, act }));
        }
    }
    drop(rig.act(&OperatorAction::StartTelephoneVisit));
    for act in [sample::find("1"), VisitAction::ConfirmPerson] {
        drop(rig.try_visit(act));
    }
}

fn proof(rig: &mut Rig) {
    if rig.screen() == "Home" {
        begin(rig, &mut None);
    }
    drop(rig.caller(CallerAction::CalledBack { at: Some(1) }));
    drop(rig.caller(CallerAction::SupervisorSaid { at: Some(0) }));
    drop(rig.try_visit(VisitAction::ConfirmPhone { on: true }));
    drop(rig.try_visit(VisitAction::ConfirmCheck));
}
