//! Whatever is pressed in whatever order where somebody needs a password again, on the rows and after a registration: no
//! password and no pass comes of it, and nobody leaves the roll around a lost phone (N29).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{AfterEvent, Event};
use onboarding::{
    AfterAction, AgainAction, EarlierPhone, OldPhoneAction, OperatorAction, PasswordWay,
    PersonAction, PersonAfterAction, Policy, TestCause, TroubleCode, UseAnswer, UseQuestion,
    VisitAction, Words,
};

use crate::after_registration::{STATION, report};
use crate::invariants::{dice, seed};
use crate::password_again::returned;
use crate::random_ops::able;
use crate::rig::Rig;

const ROUNDS: u64 = 150;
const STEPS: u64 = 60;

/// What a round began with.
struct Begun {
    on_roll: bool,
    lost_to_others: bool,
}

/// How often what is asserted could have failed.
#[derive(Debug, Default)]
struct Reached {
    left: u32,
    passes: u32,
    registered: u32,
    needed_after_test: u32,
    pressed_while_open: u32,
    lost: u32,
}

#[test]
fn n29_no_password_and_no_pass_comes_of_it_by_any_path() {
    let seed = seed();
    println!("MADOGUCHI_SEED={seed}");
    let mut dice = dice(seed);
    let mut reached = Reached::default();
    for round in 0..ROUNDS {
        let (mut rig, begun) = begin(&mut dice);
        for step in 0..STEPS {
            let what = format!("seed {seed}, round {round}, step {step}");
            let open = ["AgainQuestion", "PasswordAgain"].contains(&rig.screen().as_str());
            let asked = entries(&rig, "PassIntent");
            let pressed = happens(&mut rig, &mut dice);
            if open && pressed {
                reached.pressed_while_open += 1;
                assert_eq!(entries(&rig, "PassIntent"), asked, "{what}: a pass");
            }
            holds(&rig, &begun, &what);
        }
        let off = begun.on_roll && rig.world.roll.is_empty();
        reached.left += u32::from(off);
        reached.lost += u32::from(begun.lost_to_others && off);
        reached.passes += u32::from(entries(&rig, "PassIssued") > 0);
        reached.registered += u32::from(entries(&rig, "SignInTested") > 0);
        let after = entries(&rig, "PasswordUse") > 0 && entries(&rig, "PasswordNeededAgain") > 0;
        reached.needed_after_test += u32::from(after);
    }
    let Reached {
        left,
        passes,
        registered,
        needed_after_test,
        pressed_while_open,
        lost,
    } = reached;
    let least = [
        left / 10,
        passes / 10,
        registered / 10,
        needed_after_test / 2,
        pressed_while_open / 20,
        lost,
    ];
    assert!(
        least.iter().all(|times| *times > 0),
        "seed {seed}: {reached:?}"
    );
}

fn entries(rig: &Rig, name: &str) -> usize {
    let written = rig.world.written();
    written.iter().filter(|entry| *entry == name).count()
}

/// What holds after every step.
fn holds(rig: &Rig, begun: &Begun, what: &str) {
    let is_need =
        |event: &Event| matches!(event, Event::After(AfterEvent::PasswordNeededAgain { .. }));
    let events: Vec<_> = rig.world.record.iter().map(|(_, event)| event).collect();
    let need = events.iter().position(|event| is_need(event));
    let since = need.map_or(&[][..], |at| &events[at..]);
    for event in since {
        let takes_out = matches!(
            event,
            Event::After(AfterEvent::RollIntent { .. } | AfterEvent::PasswordChangeIntent { .. })
        );
        assert!(!takes_out, "{what}: {event:?} of whom one is needed again");
    }
    let off = begun.on_roll && rig.world.roll.is_empty();
    let said = need.is_some();
    assert!(said || !off, "{what}: off the roll without a word");
    let blocked = !rig.world.taken_out.ended.is_empty();
    if begun.lost_to_others && !blocked {
        assert!(!said && !off, "{what}: around a lost phone");
    }
}

fn begin(dice: &mut impl FnMut(u64) -> u64) -> (Rig, Begun) {
    let mut policy: Policy = sample::policy();
    if dice(2) == 0 {
        policy.passwords.other_uses = vec![Words::same("Copier")];
    }
    if dice(2) == 0 {
        policy.passwords.way = PasswordWay::Patch;
    }
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.operator = able("op-1");
    let begun = Begun {
        on_roll: dice(4) > 0,
        lost_to_others: dice(3) == 0,
    };
    returned(&mut rig, begun.on_roll);
    let mut rig = rig.found("1");
    if begun.lost_to_others {
        let earlier = Some(EarlierPhone::LostToOthers);
        let say = OldPhoneAction::SayEarlierPhone { earlier };
        rig.visit(VisitAction::OldPhone(say));
    }
    rig.visit(VisitAction::ConfirmPerson);
    for act in sample::checked() {
        drop(rig.try_visit(act));
    }
    (rig, begun)
}

/// Something is pressed, or fails, or time goes by; says whether it was a press of the visit.
fn happens(rig: &mut Rig, dice: &mut impl FnMut(u64) -> u64) -> bool {
    let question = [UseQuestion::Windows, UseQuestion::Others][usize::from(dice(5) == 0)];
    let answers = [
        UseAnswer::Yes,
        UseAnswer::Yes,
        UseAnswer::No,
        UseAnswer::DontKnow,
    ];
    let answer = answers[usize::try_from(dice(4)).unwrap()];
    let said = PersonAction::After(PersonAfterAction::AnswerUse { question, answer });
    let act = match dice(24) {
        0 | 1 => VisitAction::Again(AgainAction::NeedPassword),
        2..=4 => {
            drop(rig.person(said));
            VisitAction::Again(AgainAction::ConfirmNeed { question, answer })
        }
        5 => VisitAction::Again(AgainAction::BackToRows),
        6 if dice(8) == 0 => VisitAction::Finish { leave_pass: false },
        6 if dice(12) == 0 => VisitAction::Cancel,
        6 => VisitAction::RenewPass {
            same_person: true,
            reason: onboarding::RenewReason::Mistyped,
        },
        7 | 8 => VisitAction::IssuePass { replace: true },
        9 | 10 => {
            registers(rig);
            return true;
        }
        11..=13 => {
            drop(rig.try_visit(VisitAction::After(STATION)));
            VisitAction::After(report(false))
        }
        14 | 15 => {
            drop(rig.person(said));
            VisitAction::After(AfterAction::ConfirmUse {
                question,
                answer,
                despite: None,
            })
        }
        16 => {
            drop(rig.person(PersonAction::After(PersonAfterAction::Understood)));
            VisitAction::After(AfterAction::JoinRoll)
        }
        17 if dice(8) == 0 => VisitAction::After(AfterAction::SkipTest {
            why: TestCause::NoTime,
        }),
        17 | 18 => VisitAction::OldPhone(OldPhoneAction::BlockEarlierPhone),
        19 if dice(6) == 0 => VisitAction::OldPhone(OldPhoneAction::GoOnUnblocked),
        _ => {
            befalls(rig, dice);
            return false;
        }
    };
    drop(rig.try_visit(act));
    true
}

/// The pass that lives is used, and a phone registers.
fn registers(rig: &mut Rig) {
    let user = sample::user("1");
    drop(rig.try_visit(VisitAction::Reveal));
    if rig.world.use_pass(&user, rig.now) {
        rig.world.add(&user, sample::authenticator("new", true));
        rig.wait_s(30);
    }
}

fn befalls(rig: &mut Rig, dice: &mut impl FnMut(u64) -> u64) {
    match dice(6) {
        0 => {
            let down = AnswerFault::Failed(TroubleCode::ServiceDown);
            rig.world.faults.push_back((Kind::Roll, down));
        }
        1 => rig.world.record_fails = dice(3) == 0,
        2 => {
            rig.want(OperatorAction::Lock);
            rig.want(OperatorAction::SignIn);
        }
        _ => {
            rig.wait_s(dice(60));
            rig.want(OperatorAction::Touch);
        }
    }
}
