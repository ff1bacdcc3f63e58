//! Random interleavings of visits side by side.

use std::collections::{BTreeMap, BTreeSet};

use desk_world::sample;
use onboarding::{
    FindBy, OperatorAction, PersonPass, PersonScreen, TroubleCode, VisitAction, VisitCard, VisitId,
    VisitState,
};

use crate::rig::Rig;
use crate::side::{counter, names};

/// Many actions in any order over several visits: nobody's state moves but that of the visit that is meant, and no
/// view has anything of another visit.
#[test]
fn random_interleavings_keep_visits_apart() {
    let seed = crate::invariants::seed();
    println!("MADOGUCHI_SEED={seed}");
    let mut dice = crate::invariants::dice(seed);
    let mut aside = BTreeSet::new();
    for round in 0..100 {
        // Most seeds have met enough by then.
        if round >= 12 && aside.len() >= 5 {
            break;
        }
        let mut rig = counter(6).signed_in();
        // Whom each visit is for, by its number.
        let mut people: BTreeMap<VisitId, String> = BTreeMap::new();
        // Who saw a pass.
        let mut told = BTreeSet::new();
        for step in 0..160 {
            let what = format!("seed {seed}, round {round}, step {step}");
            let open: Vec<VisitCard> = rig.view().list.map(|list| list.visits).unwrap_or_default();
            let front = open.iter().find(|card| card.in_front).cloned();
            let before = states(&mut rig);
            let timed = happens(&mut rig, (&mut people, &mut told), &open, step, &mut dice);
            let after = states(&mut rig);
            if !timed {
                for (visit, state) in &before {
                    let meant = front.as_ref().is_some_and(|front| front.visit == *visit);
                    assert!(
                        meant || after.get(visit) == Some(state),
                        "{what}: {visit:?} moved"
                    );
                }
            }
            kept_apart(&mut rig, &people, &what);
            aside.extend(
                open.iter()
                    .filter(|card| !card.in_front)
                    .map(|card| format!("{:?}", card.state)),
            );
        }
    }
    assert!(
        aside.len() >= 5,
        "seed {seed}: too few states were aside: {aside:?}"
    );
}

fn in_sight(rig: &mut Rig, visit: VisitId) -> bool {
    let view = rig.desk.person_view(Some(visit), rig.now);
    let pass = view.map(|view| match view.screen {
        PersonScreen::Walk { pass, .. } => Some(pass),
        _ => None,
    });
    matches!(pass, Ok(Some(PersonPass::Shown { .. })))
}

/// Something happens by chance; whether it was time that passed.
fn happens(
    rig: &mut Rig,
    (people, told): (&mut BTreeMap<VisitId, String>, &mut BTreeSet<String>),
    open: &[VisitCard],
    step: u32,
    dice: &mut impl FnMut(u64) -> u64,
) -> bool {
    let front = open.iter().find(|card| card.in_front);
    let seen = front.filter(|front| in_sight(rig, front.visit));
    told.extend(seen.and_then(|front| people.get(&front.visit)).cloned());
    match dice(12) {
        0 | 1 => drop(rig.act(&OperatorAction::StartVisit)),
        2 => drop(rig.act(&OperatorAction::PutAside)),
        3 | 4 if !open.is_empty() => {
            let at = usize::try_from(dice(open.len() as u64)).unwrap();
            rig.want(OperatorAction::Resume {
                visit: open[at].visit,
            });
        }
        5 => {
            rig.wait_s(dice(20));
            return true;
        }
        6 if !people.is_empty() => {
            let at = usize::try_from(dice(people.len() as u64)).unwrap();
            let user = sample::user(people.values().nth(at).unwrap());
            let knows = people.values().nth(at).is_some_and(|it| told.contains(it));
            if knows && rig.world.use_pass(&user, rig.now) {
                let phone = sample::authenticator(&format!("p{step}"), true);
                rig.world.add(&user, phone);
            }
        }
        _ => {
            if let Some(front) = front {
                let fresh = (1..=20)
                    .map(|id| id.to_string())
                    .find(|id| !people.values().any(|p| p == id));
                let id = people
                    .get(&front.visit)
                    .cloned()
                    .or(fresh)
                    .unwrap_or_else(|| "1".into());
                let act = forward(front.state, &id, dice(24));
                if matches!(act, VisitAction::Find { .. }) {
                    people.insert(front.visit, id);
                }
                drop(rig.act(&OperatorAction::Visit {
                    visit: front.visit,
                    act,
                }));
            }
        }
    }
    false
}

fn states(rig: &mut Rig) -> BTreeMap<VisitId, VisitState> {
    let cards = rig.view().list.map(|list| list.visits).unwrap_or_default();
    cards
        .into_iter()
        .map(|card| (card.visit, card.state))
        .collect()
}

/// The next thing to want of a visit in this state, or now and then something else.
fn forward(state: VisitState, id: &str, roll: u64) -> VisitAction {
    if roll == 0 {
        return VisitAction::Cancel;
    }
    match (state, roll % 8 + 1) {
        (VisitState::Finding, _) => VisitAction::Find {
            text: format!("user-{id}"),
            by: FindBy::Organisation,
        },
        (VisitState::Checking, 1..=2) => VisitAction::ConfirmPerson,
        (VisitState::Checking, 3..=4) => VisitAction::Tick {
            check: "staff-card".into(),
            on: true,
        },
        (VisitState::Checking, 5..=6) => VisitAction::ConfirmPhone { on: true },
        (VisitState::Checking, _) => VisitAction::ConfirmCheck,
        (VisitState::Guiding, 1..=5) => VisitAction::IssuePass { replace: true },
        (VisitState::Guiding, _) => VisitAction::Next,
        (VisitState::Ended, 1..=4) => VisitAction::StartNext,
        (VisitState::Ended, _) => VisitAction::Close,
        (VisitState::Registered, _) => VisitAction::Finish { leave_pass: false },
        (_, 1..=4) => VisitAction::Reveal,
        (_, 5) => VisitAction::LookNow,
        (_, 6) => VisitAction::Hide,
        (_, _) => VisitAction::Next,
    }
}

/// The views have only the person of the visit in front, and the windows of the others have nobody.
fn kept_apart(rig: &mut Rig, people: &BTreeMap<VisitId, String>, what: &str) {
    let cards = rig.view().list.map(|list| list.visits).unwrap_or_default();
    let front = cards
        .iter()
        .find(|card| card.in_front)
        .map(|card| card.visit);
    let panes = rig.panes();
    for (visit, id) in people {
        let mine = front == Some(*visit);
        assert!(
            mine || !names(&panes, id),
            "{what}: {visit:?} in another's view: {panes}"
        );
        match rig.desk.person_view(Some(*visit), rig.now) {
            Ok(view) if !mine => {
                let json = serde_json::to_string(&view).unwrap();
                assert!(
                    matches!(view.screen, PersonScreen::Welcome { .. }),
                    "{what}: {json}"
                );
                assert!(
                    !people.values().any(|id| names(&json, id)),
                    "{what}: {json}"
                );
            }
            Ok(_) => {}
            Err(trouble) => assert_eq!(trouble.code, TroubleCode::VisitGone, "{what}"),
        }
    }
}
