//! What a crash leaves behind, and how everything has to end in the truth afterwards.

use desk_world::{Kind, World, sample};
use onboarding::{
    Lang, OperatorAction, PassEnd, PendingIntent, ServiceTime, VisitAction, VisitId,
    record::{EarlierRuns, Event},
};

use crate::rig::Rig;

/// The station dies and starts again from what is durable. A question on its way may or may not arrive.
pub(crate) fn crash(rig: &mut Rig, arrives: bool) {
    for flying in std::mem::take(&mut rig.flying) {
        if arrives {
            drop(rig.world.answer(&flying, rig.truth()));
        }
    }
    let (visit, now, off_ms) = (rig.visit, rig.now, rig.off_by_ms());
    let mut world = std::mem::replace(&mut rig.world, World::new());
    let mut policy = sample::policy();
    policy.visits_max = 3;
    policy.pass.reveal_by_person = true;
    let pending = pending(&mut world, rig.now.service);
    let log = std::mem::take(&mut rig.log);
    *rig = Rig::from(world, policy, pending, visit, now);
    rig.log = log;
    rig.off_by(off_ms);
}

/// What the shipped fold says was left to be done, once it is recorded that the visits in the middle ended.
fn pending(world: &mut World, now: ServiceTime) -> Vec<PendingIntent> {
    let mut earlier = EarlierRuns::default();
    for ((visit, entry), at) in world.record.iter().zip(&world.times) {
        earlier.take(*visit, *at, entry);
    }
    for (visit, entry) in earlier.ends() {
        earlier.take(Some(visit), now, &entry);
        world.record.push((Some(visit), entry));
        world.times.push(now);
    }
    earlier.pending_and_removed()
}

/// Everything works again, everyone leaves, and time is given: I3, no pass of ours is left that nobody recorded.
pub(crate) fn settle(mut rig: Rig) {
    everything_works(&mut rig);
    for visit in (1..=rig.visit.0).map(VisitId) {
        for act in [VisitAction::Cancel, VisitAction::Close] {
            drop(rig.act(&OperatorAction::Visit { visit, act }));
        }
    }
    // Long enough for whatever is still on its way, and for somebody to answer what is asked.
    for _ in 0..60 {
        rig.wait_s(30);
        while rig.decide(true).is_some() {}
        rig.want(OperatorAction::SetLanguage { lang: Lang::En });
    }
    nothing_is_left(&mut rig);
}

fn everything_works(rig: &mut Rig) {
    rig.world.lag_ms = 0;
    rig.unconfirm(None);
    rig.world.faults.clear();
    rig.world.record_fails = false;
    rig.world.network_down = false;
    for kind in [
        Kind::SignIn,
        Kind::Find,
        Kind::Methods,
        Kind::Record,
        Kind::Issue,
        Kind::Remove,
        Kind::Try,
        Kind::Roll,
        Kind::Proof,
    ] {
        rig.release(kind);
    }
    drop(rig.act(&OperatorAction::CancelSignIn));
    rig.world.operator = sample::operator("op-1");
    drop(rig.act(&OperatorAction::SignIn));
    rig.world.operator = sample::operator("op-2");
    drop(rig.act(&OperatorAction::SignIn));
}

fn nothing_is_left(rig: &mut Rig) {
    let (now, world) = (rig.now, &rig.world);
    for pass in world
        .passes
        .iter()
        .filter(|pass| pass.visit.is_some() && pass.live(now))
    {
        // Also where the operator was asked about it and said that it is somebody else's.
        let recorded = world.record.iter().any(|(_, entry)| {
            matches!(
                entry,
                Event::PassIssued { pass: id, .. }
                | Event::PassDecided { pass: id, remove: false, .. } if *id == pass.id
            )
        });
        assert!(
            recorded,
            "I3: {:?} lives on and nobody recorded it",
            pass.id
        );
        let owed = world.record.iter().any(|(visit, entry)| {
            *visit == pass.visit
                && matches!(
                    entry,
                    Event::VisitEnded {
                        pass: PassEnd::Pending,
                        ..
                    }
                )
        });
        assert!(!owed, "{:?} was to be taken back and lives on", pass.id);
    }
    let view = rig.view();
    assert!(
        view.pending_passes.is_empty(),
        "still pending: {:?}",
        view.pending_passes
    );
    assert!(view.pass_questions.is_empty(), "everything was answered");
}
