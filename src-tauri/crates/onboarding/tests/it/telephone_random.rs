//! A caller who is not proofed well enough gets no pass, whatever is done in whatever order (N28).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::record::{Event, TelephoneEvent};
use onboarding::{
    CallNumbers, CallerAction, CallerNeeds, CallerWay, NotKept, NoteAction, OperatorAction, Policy,
    RenewReason, Target, Telephone, TroubleCode, VisitAction, VisitId, VisitOutcome,
};

use crate::kept;
use crate::rig::Rig;
use crate::telephone::policy;

/// What the test itself knows of the calls of the visit in front.
#[derive(Clone, Copy, Default)]
struct Calls {
    back: bool,
    supervisor: bool,
    colleague: bool,
}

impl Calls {
    fn are_enough(self, needs: CallerNeeds) -> bool {
        let count = [self.back, self.supervisor, self.colleague];
        let count = count.iter().filter(|made| **made).count();
        match needs {
            CallerNeeds::CallBack => self.back,
            CallerNeeds::AnyTwo => count >= 2,
            CallerNeeds::CallBackAndOne => self.back && count >= 2,
            CallerNeeds::All => count == 3,
        }
    }
}

const ROUNDS: u32 = 60;
/// A pass is rare where anything may happen: so many rounds are made at most until there were enough.
const MOST_ROUNDS: u32 = 1_200;
const STEPS: u32 = 150;

#[test]
fn n28_a_caller_who_is_not_proofed_gets_no_pass_by_any_path() {
    let seed = crate::invariants::seed();
    println!("MADOGUCHI_SEED={seed}");
    let mut dice = crate::invariants::dice(seed);
    let (mut refused, mut issued, mut taken_up) = (0, 0, 0);
    for round in 0..MOST_ROUNDS {
        if round >= ROUNDS && refused > 20 && issued > 10 && taken_up > 20 {
            return;
        }
        let needs = [
            CallerNeeds::CallBack,
            CallerNeeds::AnyTwo,
            CallerNeeds::CallBackAndOne,
            CallerNeeds::All,
        ][usize::try_from(dice(4)).unwrap()];
        let mut rig = Rig::with(site(needs), Vec::new()).signed_in();
        protect(&mut rig);
        let mut calls = Calls::default();
        for step in 0..STEPS {
            let what = format!("seed {seed}, round {round}, step {step}, {needs:?}");
            refused += u32::from(happens(&mut rig, &mut calls, needs, &mut dice, &what));
            let protected = sample::user("2");
            let theirs = rig.world.passes.iter().any(|pass| pass.user == protected);
            assert!(!theirs, "{what}: an administrator by telephone");
        }
        issued += rig.world.passes.len();
        taken_up += kept::taken_up_after_a_restart(&rig);
    }
    panic!("seed {seed}: {refused} refused, {issued} issued and {taken_up} taken up show nothing");
}

fn site(needs: CallerNeeds) -> Policy {
    Policy {
        telephone: Some(Telephone {
            ways: CallerWay::ALL.to_vec(),
            needs,
        }),
        visits_max: 3,
        passes_per_hour: 1000,
        ..policy()
    }
}

/// The second person is an administrator whom this operator may serve at the counter.
fn protect(rig: &mut Rig) {
    if let Some(person) = rig.world.people.get_mut(&sample::user("2")) {
        person.has_role = Some(true);
        person.target = Target::Open;
    }
}

/// Something happens; whether a check that was too weak was refused.
fn happens(
    rig: &mut Rig,
    calls: &mut Calls,
    needs: CallerNeeds,
    dice: &mut impl FnMut(u64) -> u64,
    what: &str,
) -> bool {
    // The service is asked so many times in ten seconds, and no more.
    rig.wait_ms(1_000 + dice(4_000));
    match dice(33) {
        0 => begin(rig, calls, dice),
        30 => {
            die(rig, calls, dice);
            return false;
        }
        31 => {
            // Whoever comes back to the front is called again.
            if rig.act(&OperatorAction::PutAside).is_ok() {
                (calls.back, calls.supervisor) = (false, false);
            }
        }
        32 => {
            // In an hour he calls, or the operator locks the desk and comes back.
            rig.wait_s(dice(26) * 3_600);
            let visit = VisitId(u32::try_from(1 + dice(u64::from(rig.visit.0.max(1)))).unwrap());
            drop(rig.act(&OperatorAction::ForgetKept { visit }));
        }
        1 => drop(rig.try_visit(VisitAction::SearchAgain)),
        2 => spoil(rig, dice),
        3 => rig.wait_s(dice(90)),
        4..=10 => call(rig, calls, dice),
        11 => {
            // A visit put aside and another one in front is another caller.
            drop(rig.act(&OperatorAction::PutAside));
            begin(rig, calls, dice);
        }
        12 => anything(rig, dice),
        13..=16 => return confirm(rig, *calls, needs, what),
        17 => drop(rig.try_visit(VisitAction::AskColleague)),
        18 => drop(rig.try_visit(VisitAction::ReadOut)),
        _ => {
            let replace = dice(2) == 0;
            if replace {
                let agreed = ["1", "3"].map(sample::user);
                rig.world.agreed.extend(agreed);
            }
            drop(rig.try_visit(VisitAction::IssuePass { replace }));
        }
    }
    false
}

/// One of the ways is taken, or taken back.
fn call(rig: &mut Rig, calls: &mut Calls, dice: &mut impl FnMut(u64) -> u64) {
    let at = match dice(4) {
        0 => None,
        at => Some(u8::try_from(at - 1).unwrap()),
    };
    let on = at.is_some();
    match dice(7) {
        0 => made(rig, CallerAction::CalledBack { at }, calls, |it| {
            it.back = on
        }),
        1 => made(rig, CallerAction::SupervisorSaid { at }, calls, |it| {
            it.supervisor = on;
        }),
        2 => made(rig, CallerAction::ColleagueConfirms { on }, calls, |it| {
            it.colleague = on;
        }),
        3 => made(rig, CallerAction::ReadNumbers, calls, |it| {
            (it.back, it.supervisor) = (false, false);
        }),
        _ => {
            let at = Some(0);
            made(rig, CallerAction::CalledBack { at }, calls, |it| {
                it.back = true
            });
            made(rig, CallerAction::SupervisorSaid { at }, calls, |it| {
                it.supervisor = true;
            });
        }
    }
}

fn made(rig: &mut Rig, act: CallerAction, calls: &mut Calls, then: impl FnOnce(&mut Calls)) {
    if rig.try_visit(VisitAction::Caller(act)).is_ok() {
        then(calls);
    }
}

/// The station dies with whatever waits, and somebody goes on with one of those, or of those that are long gone. What was
/// done to proof them counts for nothing.
fn die(rig: &mut Rig, calls: &mut Calls, dice: &mut impl FnMut(u64) -> u64) {
    let policy = rig.policy.clone();
    let older = rig.world.kept.visits.clone();
    if dice(2) == 0 {
        drop(rig.act(&OperatorAction::PutAside));
    }
    match dice(6) {
        // The file stayed behind, or was put back.
        0 => rig.world.kept.visits = older,
        1 => rig.world.kept.fails = Some(NotKept::StillThere),
        2 => rig.world.kept.unreadable = true,
        _ => rig.world.kept.fails = None,
    }
    kept::restart(rig, policy);
    *calls = Calls::default();
    (rig.world.network_down, rig.world.record_fails) = (false, false);
    drop(rig.act(&OperatorAction::SignIn));
    let before = rig.world.record.len();
    for visit in (1..=rig.visit.0).rev().map(VisitId) {
        if rig.act(&OperatorAction::ResumeKept { visit }).is_ok() {
            goes_on_with_what_the_record_names(rig, visit, before);
            drop(rig.try_visit(VisitAction::ConfirmPerson));
            return;
        }
    }
}

/// By a count of its own: each keeping is taken up once, and none that ended.
fn goes_on_with_what_the_record_names(rig: &Rig, visit: VisitId, before: usize) {
    let mut waits = false;
    for (of, entry) in &rig.world.record[..before] {
        match entry {
            Event::Telephone(TelephoneEvent::VisitTakenUp { kept_visit })
                if *kept_visit == visit =>
            {
                waits = false;
            }
            Event::Telephone(TelephoneEvent::VisitKept { .. }) if *of == Some(visit) => {
                waits = true
            }
            Event::Telephone(TelephoneEvent::VisitForgotten { .. }) if *of == Some(visit) => {
                waits = false;
            }
            Event::VisitEnded { how, .. } if *of == Some(visit) => {
                let stays = [VisitOutcome::Stopped, VisitOutcome::LeftUnfinished];
                waits &= stays.contains(how);
            }
            _ => {}
        }
    }
    assert!(
        waits,
        "{visit:?} was taken up, and the record knows nothing of it"
    );
}

/// Another caller, as far as the calls.
fn begin(rig: &mut Rig, calls: &mut Calls, dice: &mut impl FnMut(u64) -> u64) {
    drop(rig.act(&OperatorAction::SignIn));
    let full = rig.act(&OperatorAction::StartTelephoneVisit).is_err();
    if full {
        for visit in (1..=rig.visit.0).map(VisitId) {
            for act in [VisitAction::Cancel, VisitAction::Close] {
                drop(rig.act(&OperatorAction::Visit { visit, act }));
            }
        }
        drop(rig.act(&OperatorAction::StartTelephoneVisit));
    }
    *calls = Calls::default();
    let id = ["1", "2", "3"][usize::try_from(dice(3)).unwrap()];
    rig.world.call_numbers = match dice(4) {
        0 => CallNumbers::default(),
        _ => sample::call_numbers(),
    };
    for act in [sample::find(id), VisitAction::ConfirmPerson] {
        drop(rig.try_visit(act));
    }
}

/// The check is completed where the calls were enough, and never else.
fn confirm(rig: &mut Rig, calls: Calls, needs: CallerNeeds, what: &str) -> bool {
    drop(rig.try_visit(VisitAction::ConfirmPhone { on: true }));
    let is_caller = rig.screen() == "Caller";
    match rig.try_visit(VisitAction::ConfirmCheck) {
        Ok(()) => assert!(calls.are_enough(needs), "{what}: proofed by too little"),
        Err(trouble) if is_caller && trouble.code == TroubleCode::CallerNotProofed => {
            assert!(!calls.are_enough(needs), "{what}: {trouble:?}");
            return true;
        }
        Err(_) => {}
    }
    false
}

/// What is never a proof of a caller, and what else an operator may press.
fn anything(rig: &mut Rig, dice: &mut impl FnMut(u64) -> u64) {
    let check = ["staff-card", "photo-id", "vouched"][usize::try_from(dice(3)).unwrap()];
    let acts = [
        VisitAction::Tick {
            check: check.to_owned(),
            on: true,
        },
        VisitAction::Note(NoteAction::SetVoucher {
            name: "090-0000-0009".to_owned(),
        }),
        VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Mistyped,
        },
        VisitAction::Reveal,
        VisitAction::Next,
        VisitAction::HeedWarnings { on: true },
        VisitAction::StopAskingColleague,
        VisitAction::Hide,
    ];
    for act in acts {
        let counts = matches!(act, VisitAction::Tick { .. } | VisitAction::Note(_));
        let taken = rig.try_visit(act.clone()).is_ok();
        assert!(!(counts && taken), "{act:?} was taken for a caller");
    }
    let shown = |(_, event): &(_, Event)| matches!(event, Event::PersonChosen { user, .. } if *user == sample::user("2"));
    assert!(
        !rig.world.record.iter().any(shown),
        "an administrator was chosen"
    );
}

/// The network, the record and the directory fail, or work again.
fn spoil(rig: &mut Rig, dice: &mut impl FnMut(u64) -> u64) {
    let down = AnswerFault::Failed(TroubleCode::ServiceDown);
    match dice(6) {
        0 => rig.world.network_down = true,
        1 => rig.world.record_fails = true,
        2 => rig.world.faults.push_back((Kind::Numbers, down)),
        3 => rig.world.faults.push_back((Kind::Issue, down)),
        _ => (rig.world.network_down, rig.world.record_fails) = (false, false),
    }
}
