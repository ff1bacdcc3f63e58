//! Twenty visits and one rate limit.

use std::collections::BTreeMap;

use desk_world::sample;
use onboarding::{VisitAction, VisitState};

use crate::rig::Rig;
use crate::side::{counter, policy};

fn twenty_live() -> Rig {
    let mut policy = policy(20);
    policy.idle_lock_s = 7_200;
    policy.check_valid_minutes = 240;
    policy.pass.lifetime_minutes = 480;
    let mut rig = Rig::with(policy, Vec::new());
    let more = counter(20).world;
    (rig.world.people, rig.world.methods) = (more.people, more.methods);
    for id in 1..=20 {
        rig = rig.issued(&id.to_string());
        rig.wait_s(11);
        rig.visit(VisitAction::Reveal);
    }
    rig
}

/// When each visit was looked at, from the effects.
fn looks(rig: &mut Rig, seconds: u64, mut each: impl FnMut(&mut Rig)) -> BTreeMap<u32, Vec<u64>> {
    let mut looks: BTreeMap<u32, Vec<u64>> = (1..=20).map(|visit| (visit, Vec::new())).collect();
    let start = rig.now.mono.0;
    while rig.now.mono.0 < start + seconds * 1_000 {
        let from = rig.log.len();
        each(rig);
        rig.wait_ms(500);
        for did in rig.since(from) {
            if let Some(visit) = did
                .strip_prefix('v')
                .and_then(|did| did.strip_suffix(" ReadMethods"))
            {
                looks
                    .get_mut(&visit.parse().unwrap())
                    .unwrap()
                    .push(rig.now.mono.0);
            }
        }
    }
    looks
}

fn longest_gap(looks: &[u64], from: u64, until: u64) -> u64 {
    let ends: Vec<u64> = [from]
        .into_iter()
        .chain(looks.iter().copied())
        .chain([until])
        .collect();
    ends.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap()
}

/// Twenty waiting visits share one rate limit: everybody's turn comes, about as often.
#[test]
fn none_of_twenty_visits_is_starved() {
    let mut rig = twenty_live();
    rig.world.requests.clear();
    let from = rig.now.mono.0;
    let looked = looks(&mut rig, 1_200, |_| {});
    let (counts, until): (Vec<f64>, u64) = (
        looked.values().map(|l| l.len() as f64).collect(),
        rig.now.mono.0,
    );
    for (visit, looks) in &looked {
        let gap = longest_gap(looks, from, until);
        assert!(gap <= 75_000, "visit {visit} waited {gap} ms");
    }
    let (sum, squares): (f64, f64) = (counts.iter().sum(), counts.iter().map(|c| c * c).sum());
    let fairness = sum * sum / (20.0 * squares);
    assert!(fairness > 0.98, "Jain {fairness}: {counts:?}");
    assert!(sum > 400.0, "the quota is used: {sum}");
    let within = |from: u64| {
        rig.world
            .requests
            .iter()
            .filter(|(at, _)| (from..from + 10_000).contains(at))
            .count()
    };
    assert!(
        rig.world.requests.iter().all(|(at, _)| within(*at) <= 5),
        "never over the quota"
    );
    // Everybody registers at once: within two rounds all of them are told.
    for id in 1..=20 {
        let user = sample::user(&id.to_string());
        rig.world.use_pass(&user, rig.now);
        rig.world
            .add(&user, sample::authenticator(&format!("new-{id}"), true));
    }
    rig.wait_s(180);
    let list = rig.view().list.unwrap();
    assert!(
        list.visits
            .iter()
            .all(|card| card.state == VisitState::Registered)
    );
}

/// "Look now", pressed without end on the one in front, leaves the others their turn.
#[test]
fn an_impatient_operator_starves_nobody() {
    let mut rig = twenty_live();
    let from = rig.now.mono.0;
    let looked = looks(&mut rig, 900, |rig| rig.visit(VisitAction::LookNow));
    for (visit, looks) in &looked {
        let gap = longest_gap(looks, from, rig.now.mono.0);
        assert!(gap <= 240_000, "visit {visit} waited {gap} ms");
    }
    assert!(
        looked[&20].len() > 200,
        "and the one in front is looked at often: {}",
        looked[&20].len()
    );
}
