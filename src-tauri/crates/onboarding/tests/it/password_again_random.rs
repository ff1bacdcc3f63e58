//! Whatever is pressed in whatever order where somebody needs a password again: no password and no pass comes of it
//! (N29).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    AgainAction, EarlierPhone, OldPhoneAction, OperatorAction, PersonAction, PersonAfterAction,
    Policy, TroubleCode, UseAnswer, UseQuestion, VisitAction, Words,
};

use crate::invariants::{dice, seed};
use crate::password_again::returned;
use crate::random_ops::able;
use crate::rig::Rig;

const ROUNDS: u64 = 150;
const STEPS: u64 = 40;

#[test]
fn n29_no_password_and_no_pass_comes_of_it_by_any_path() {
    let seed = seed();
    println!("MADOGUCHI_SEED={seed}");
    let mut dice = dice(seed);
    let (mut left, mut ended) = (0, 0);
    for round in 0..ROUNDS {
        let mut rig = begun(&mut dice);
        let on_roll = rig.world.roll.len();
        for step in 0..STEPS {
            let what = format!("seed {seed}, round {round}, step {step}");
            let open = ["AgainQuestion", "PasswordAgain"].contains(&rig.screen().as_str());
            let passes = rig.world.passes.len();
            happens(&mut rig, open, &mut dice);
            // The rows are pressed as well: a pass comes from there alone.
            let more = rig.world.passes.len() > passes;
            assert!(!(open && more), "{what}: a pass");
            assert!(rig.world.passwords.is_empty(), "{what}: a password");
            let makes = |line: &&String| {
                ["ChangePassword", "JoinRoll", "SendLetter"]
                    .iter()
                    .any(|it| line.contains(it))
            };
            assert_eq!(rig.log.iter().find(makes), None, "{what}");
            let lost_first = rig.world.roll.len() == on_roll
                || rig
                    .world
                    .written()
                    .contains(&"PasswordNeededAgain".to_owned());
            assert!(lost_first, "{what}: off the roll without a word");
        }
        left += u32::from(on_roll > rig.world.roll.len());
        ended += u32::from(rig.screen() == "Receipt" || rig.screen() == "Home");
    }
    assert!(left > 5 && ended > 5, "seed {seed}: {left}, {ended}");
}

fn begun(dice: &mut impl FnMut(u64) -> u64) -> Rig {
    let mut policy: Policy = sample::policy();
    if dice(2) == 0 {
        policy.passwords.other_uses = vec![Words::same("Copier")];
    }
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.operator = able("op-1");
    returned(&mut rig, dice(4) > 0);
    let mut rig = rig.found("1");
    if dice(3) == 0 {
        let earlier = Some(EarlierPhone::LostToOthers);
        let say = OldPhoneAction::SayEarlierPhone { earlier };
        rig.visit(VisitAction::OldPhone(say));
    }
    rig.visit(VisitAction::ConfirmPerson);
    for act in sample::checked() {
        drop(rig.try_visit(act));
    }
    rig
}

/// Something is pressed, or fails, or time goes by.
fn happens(rig: &mut Rig, open: bool, dice: &mut impl FnMut(u64) -> u64) {
    let question = [UseQuestion::Windows, UseQuestion::Others][usize::from(dice(2) == 0)];
    let answers = [UseAnswer::Yes, UseAnswer::No, UseAnswer::DontKnow];
    let answer = answers[usize::try_from(dice(3)).unwrap()];
    let act = match dice(14) {
        0..=2 => VisitAction::Again(AgainAction::NeedPassword),
        3..=5 => {
            let said = PersonAfterAction::AnswerUse { question, answer };
            drop(rig.person(PersonAction::After(said)));
            VisitAction::Again(AgainAction::ConfirmNeed { question, answer })
        }
        6 => VisitAction::Again(AgainAction::BackToRows),
        7 => VisitAction::Finish { leave_pass: false },
        8 if dice(6) == 0 => VisitAction::Cancel,
        // From the rows a pass may come: only while it is open it may not.
        9 if open => VisitAction::IssuePass { replace: true },
        10 => VisitAction::OldPhone(OldPhoneAction::BlockEarlierPhone),
        11 => {
            let down = AnswerFault::Failed(TroubleCode::ServiceDown);
            rig.world.faults.push_back((Kind::Roll, down));
            return;
        }
        12 => {
            rig.world.record_fails = dice(2) == 0;
            return;
        }
        _ => {
            rig.wait_s(dice(90));
            rig.want(OperatorAction::Touch);
            return;
        }
    };
    drop(rig.try_visit(act));
}
