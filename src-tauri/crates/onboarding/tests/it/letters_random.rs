//! A letter never leaves for a caller who was not proofed, nor one with a pass where a condition is missing, whatever is
//! done in whatever order (N20).

use desk_world::{TakenLetter, sample};
use onboarding::{
    CallerAction, LetterAction, LetterKind, NoticeRules, OperatorAction, PassRules, Policy,
    Recipient, RenewReason, VisitAction, VisitId,
};

use crate::letters::{declare, policy};
use crate::rig::Rig;

/// It goes on until it has seen enough, and no longer than this.
const ROUNDS: u32 = 600;
const ENOUGH: u32 = 30;
const STEPS: u32 = 120;
const ADDRESSES: [&str; 6] = [
    "taro@home.example",
    "taro@elsewhere.example",
    "user-1@cablechan.biz",
    "account.1@example.com",
    "PRIVATE@elsewhere.example",
    "no address",
];

/// What was said in the visit at hand.
#[derive(Default)]
struct Said {
    /// The address that the person said yes to.
    read_back: Option<String>,
    /// The caller was called back, and somebody vouched: what the site wants.
    called: bool,
    vouched: bool,
    person: &'static str,
}

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
    let mut dice = crate::invariants::dice(seed);
    let (mut with_pass, mut guides, mut unproofed) = (0, 0, 0);
    for round in 0..ROUNDS {
        if with_pass.min(guides).min(unproofed) > ENOUGH {
            return;
        }
        let site = site(&mut dice);
        let mut rig = started(&site);
        let mut said = Said {
            person: "1",
            ..Said::default()
        };
        for step in 0..STEPS {
            let seen = rig.world.letters.len();
            happens(&mut rig, &mut said, &mut dice);
            unproofed += u32::from(said.called != said.vouched);
            let what = format!("seed {seed}, round {round}, step {step}");
            for letter in &rig.world.letters[seen..] {
                assert!(said.called && said.vouched, "{what}: {:?}", letter.what);
                guides += u32::from(letter.what == LetterKind::Guide);
                let is_pass = letter.what == LetterKind::Pass;
                assert_eq!(letter.pass.is_some(), is_pass, "{what}");
                if is_pass {
                    with_pass += 1;
                    holds(&site, letter, &said, &what);
                    assert!(is_of(&rig, letter, &said), "{what}: another pass");
                }
            }
        }
    }
    panic!("seed {seed}: {with_pass} with a pass, {guides} without, {unproofed} show nothing");
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
fn holds(site: &Site, letter: &TakenLetter, said: &Said, what: &str) {
    let read_back = said.read_back.as_deref();
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
    let person = said.person;
    let name = format!("user-{person}@cablechan.biz");
    assert_ne!(to, name, "{what}: the sign-in name");
    let mail = format!("account.{person}@example.com");
    let known = [mail.as_str(), "private@elsewhere.example"].contains(&to.as_str());
    let domain = to.rsplit_once('@').map_or("", |(_, domain)| domain);
    let listed = site.domains.iter().any(|listed| listed == domain);
    assert!(known || listed, "{what}: {to}");
    let minutes = letter.pass.as_ref().map(|pass| pass.2);
    assert!(minutes.is_some_and(|minutes| minutes <= 60), "{what}");
}

/// The characters in it are those of a pass of this person, and the last one that was made.
fn is_of(rig: &Rig, letter: &TakenLetter, said: &Said) -> bool {
    let passes = rig.world.passes.iter().rev();
    let mut of_person = passes.filter(|pass| pass.user == sample::user(said.person));
    let mailed = letter.pass.as_ref().map(|pass| &pass.0);
    of_person
        .next()
        .is_some_and(|last| Some(&last.value) == mailed && !last.gone)
}

fn happens(rig: &mut Rig, said: &mut Said, dice: &mut impl FnMut(u64) -> u64) {
    rig.wait_ms(1_000 + dice(4_000));
    match dice(25) {
        0 => begin(rig, said),
        1 => rig.wait_s(dice(400)),
        2..=6 => {
            let address = ADDRESSES[usize::try_from(dice(6)).unwrap()];
            if rig.letter(declare(address)).is_ok() && said.read_back.as_deref() != Some(address) {
                said.read_back = None;
            }
            let on = dice(5) > 0;
            if rig.letter(LetterAction::AddressReadBack { on }).is_ok() {
                let declared = seen(rig);
                said.read_back = declared.filter(|_| on);
            }
        }
        7 => drop(
            rig.letter(LetterAction::ForgetAddress)
                .map(|()| said.read_back = None),
        ),
        8 => drop(rig.letter(LetterAction::LetterArrived {
            arrived: dice(2) == 0,
        })),
        9..=11 => proof(rig, said, dice),
        12..=14 => drop(rig.try_visit(VisitAction::IssuePass { replace: false })),
        15 => drop(rig.try_visit(VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Mistyped,
        })),
        16 => (rig.world.network_down, rig.world.record_fails) = (dice(4) == 0, dice(4) == 0),
        18 => search_again(rig, said, dice),
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

fn begin(rig: &mut Rig, said: &mut Said) {
    *said = Said {
        person: "1",
        ..Said::default()
    };
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

/// It was somebody else, or the same person is found once more: nothing of before holds.
fn search_again(rig: &mut Rig, said: &mut Said, dice: &mut impl FnMut(u64) -> u64) {
    if rig.try_visit(VisitAction::SearchAgain).is_err() {
        return;
    }
    *said = Said {
        person: if dice(2) == 0 { "1" } else { "2" },
        ..Said::default()
    };
    for act in [sample::find(said.person), VisitAction::ConfirmPerson] {
        drop(rig.try_visit(act));
    }
}

/// One of the two ways is left out every now and then: then nothing may go by mail.
fn proof(rig: &mut Rig, said: &mut Said, dice: &mut impl FnMut(u64) -> u64) {
    if rig.screen() == "Home" {
        begin(rig, said);
    }
    let left_out = dice(6);
    if left_out != 0 {
        let called = CallerAction::CalledBack { at: Some(1) };
        said.called |= rig.caller(called).is_ok();
    }
    if left_out != 1 {
        let vouched = CallerAction::SupervisorSaid { at: Some(0) };
        said.vouched |= rig.caller(vouched).is_ok();
    }
    drop(rig.try_visit(VisitAction::ConfirmPhone { on: true }));
    drop(rig.try_visit(VisitAction::ConfirmCheck));
}
