//! What a crash leaves behind, and how everything has to end in the truth afterwards.

use std::collections::BTreeMap;

use desk_world::{Kind, World, sample};
use onboarding::{
    OperatorAction, PassEnd, PendingIntent, PendingPass, ServiceTime, VisitAction, VisitId,
    record::Event,
};

use crate::rig::Rig;

/// The station dies and starts again from what is durable. A question on its way may or may not arrive.
pub(crate) fn crash(rig: &mut Rig, arrives: bool) {
    for flying in std::mem::take(&mut rig.flying) {
        if arrives {
            drop(rig.world.answer(&flying, rig.now));
        }
    }
    let (visit, now) = (rig.visit, rig.now);
    let world = std::mem::replace(&mut rig.world, World::new());
    let mut policy = sample::policy();
    policy.visits_max = 3;
    policy.pass.reveal_by_person = true;
    let pending = pending(&world);
    let log = std::mem::take(&mut rig.log);
    *rig = Rig::from(world, policy, pending, VisitId(visit.0 + 1), now);
    rig.log = log;
}

/// Intents whose fate was never recorded.
fn pending(world: &World) -> Vec<PendingIntent> {
    let mut open: BTreeMap<String, PendingIntent> = BTreeMap::new();
    let mut in_hand: BTreeMap<VisitId, PendingIntent> = BTreeMap::new();
    for ((visit, entry), asked_at) in world.record.iter().zip(&world.times) {
        match entry {
            Event::PassIntent { intent, .. } => {
                open.extend(asked(*visit, entry, *asked_at).map(|of| (intent.clone(), of)));
            }
            Event::PassIssued {
                intent,
                pass,
                start,
                lifetime_minutes,
                ..
            } => {
                if let Some(mut issued) = open.remove(intent) {
                    let until = start.after_minutes(*lifetime_minutes);
                    let id = pass.clone();
                    issued.made = Some(PendingPass { id, until });
                    in_hand.insert(issued.visit, issued);
                }
            }
            Event::VisitEnded { pass, .. } => {
                let owed = matches!(pass, PassEnd::Pending | PassEnd::Uncertain);
                if let Some(issued) = in_hand.remove(&visit.unwrap())
                    && owed
                {
                    open.insert(issued.intent.clone(), issued);
                }
            }
            Event::PassRemoved { pass, .. } => {
                in_hand
                    .retain(|_, issued| issued.made.as_ref().is_none_or(|made| made.id != *pass));
            }
            Event::PassRefused { intent, .. }
            | Event::PassNotIssued { intent }
            | Event::PassLapsed { intent }
            | Event::PassOrphanRemoved { intent, .. } => drop(open.remove(intent)),
            Event::StationStarted { .. }
            | Event::OperatorSignedIn { .. }
            | Event::OperatorSignInRefused { .. }
            | Event::OperatorSignedOut { .. }
            | Event::VisitStarted { .. }
            | Event::PersonChosen { .. }
            | Event::IdentityChecked { .. }
            | Event::RouteChosen { .. }
            | Event::PassUncertain { .. }
            | Event::PassEntered { .. }
            | Event::Registered { .. } => {}
        }
    }
    open.into_values().collect()
}

/// What an intent asks for, when nothing came of it yet.
fn asked(visit: Option<VisitId>, entry: &Event, asked_at: ServiceTime) -> Option<PendingIntent> {
    let Event::PassIntent {
        intent,
        user,
        upn,
        known_passes,
        lifetime_minutes,
        ..
    } = entry
    else {
        return None;
    };
    Some(PendingIntent {
        visit: visit.unwrap(),
        user: user.clone(),
        upn: upn.clone(),
        intent: intent.clone(),
        known_passes: known_passes.clone(),
        asked_at,
        lifetime_minutes: *lifetime_minutes,
        made: None,
    })
}

/// Everything works again, everyone leaves, and time is given: I3, no pass of ours is left that nobody recorded.
pub(crate) fn settle(mut rig: Rig) {
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
    ] {
        rig.release(kind);
    }
    drop(rig.act(&OperatorAction::CancelSignIn));
    rig.world.operator = sample::operator("op-1");
    drop(rig.act(&OperatorAction::SignIn));
    rig.world.operator = sample::operator("op-2");
    drop(rig.act(&OperatorAction::SignIn));
    for visit in (1..=rig.visit.0).map(VisitId) {
        for act in [VisitAction::Cancel, VisitAction::Close] {
            drop(rig.act(&OperatorAction::Visit { visit, act }));
        }
    }
    rig.wait_s(300);
    let (now, world) = (rig.now, &rig.world);
    for pass in world
        .passes
        .iter()
        .filter(|pass| pass.visit.is_some() && pass.live(now))
    {
        let recorded = world.record.iter().any(
            |(_, entry)| matches!(entry, Event::PassIssued { pass: id, .. } if *id == pass.id),
        );
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
}
