//! Visits side by side: one in front, nothing of one in another's view, one rate limit for all, and numbers for a turn.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    Mode, OperatorAction, PassEnd, PersonAction, PersonScreen, Policy, TicketState, TroubleCode,
    VisitAction, VisitCard, VisitId, VisitOutcome, VisitState, record::Event,
};

use crate::rig::Rig;

pub(crate) fn policy(max: u8) -> Policy {
    Policy {
        visits_max: max,
        ..sample::policy()
    }
}

pub(crate) fn counter(max: u8) -> Rig {
    let mut rig = Rig::with(policy(max), Vec::new());
    for id in 4..=20 {
        let id = id.to_string();
        let user = sample::user(&id);
        rig.world.people.insert(user.clone(), sample::person(&id));
        rig.world.methods.insert(user, Vec::new());
    }
    rig
}

fn card(rig: &mut Rig, visit: u32) -> VisitCard {
    let list = rig.view().list.expect("no list");
    let card = list.visits.iter().find(|card| card.visit == VisitId(visit));
    card.expect("no such visit").clone()
}

fn resume(visit: u32) -> OperatorAction {
    OperatorAction::Resume {
        visit: VisitId(visit),
    }
}

fn refused(rig: &mut Rig, action: &OperatorAction, code: TroubleCode) {
    let before = rig.panes();
    assert_eq!(rig.act(action).map_err(|t| t.code), Err(code), "{action:?}");
    assert_eq!(rig.panes(), before, "{action:?} changed something");
}

/// A visit in each of its states, by the word the list has for it.
fn in_state(state: VisitState) -> Rig {
    let rig = counter(3);
    let mut rig = match state {
        VisitState::Finding => rig.finding(),
        VisitState::Checking => rig.checking("1"),
        VisitState::Guiding => rig.board("1"),
        VisitState::PassComing => rig.issued("1"),
        VisitState::PassReady => rig.shown("1"),
        VisitState::PassEntered => {
            let mut rig = rig.shown("1");
            rig.world.use_pass(&sample::user("1"), rig.now);
            rig.wait_s(16);
            rig
        }
        VisitState::PassReplaced => {
            let mut rig = rig.shown("1");
            let made = rig.now.service;
            rig.world.foreign_pass(&sample::user("1"), made);
            rig.wait_s(16);
            rig
        }
        VisitState::PassExpired => {
            let mut rig = rig.shown("1");
            for _ in 0..200 {
                rig.wait_s(10);
                rig.want(OperatorAction::Touch);
            }
            rig
        }
        VisitState::PassUncertain => {
            let mut rig = rig.board("1");
            rig.world
                .faults
                .push_back((Kind::Issue, AnswerFault::LostAnswer));
            rig.held.insert(Kind::Methods);
            rig.release(Kind::Methods);
            rig.visit(VisitAction::IssuePass { replace: false });
            rig
        }
        VisitState::Registered => rig.registered("1"),
        VisitState::Ending => {
            let mut rig = rig.shown("1");
            rig.held.insert(Kind::Remove);
            rig.visit(VisitAction::Cancel);
            rig
        }
        VisitState::Ended => {
            let mut rig = rig.shown("1");
            rig.visit(VisitAction::Cancel);
            rig
        }
    };
    assert_eq!(card(&mut rig, 1).state, state);
    rig
}

const STATES: [VisitState; 12] = [
    VisitState::Finding,
    VisitState::Checking,
    VisitState::Guiding,
    VisitState::PassComing,
    VisitState::PassReady,
    VisitState::PassEntered,
    VisitState::PassExpired,
    VisitState::PassReplaced,
    VisitState::PassUncertain,
    VisitState::Registered,
    VisitState::Ending,
    VisitState::Ended,
];

/// Whether anything of this person of the sample's stands in a view.
pub(crate) fn names(view: &str, id: &str) -> bool {
    [
        format!("Account {id}\""),
        format!("user-{id}\""),
        format!("oid-{id}\""),
        format!("account.{id}@"),
    ]
    .iter()
    .any(|name| view.contains(name))
}

#[test]
fn nothing_of_a_visit_put_aside_is_on_any_screen_in_any_state() {
    for state in STATES {
        let mut rig = in_state(state);
        rig.want(OperatorAction::PutAside);
        assert_eq!(rig.screen(), "Home", "{state:?}");
        let neutral = |rig: &mut Rig| {
            for place in [None, Some(VisitId(1)), Some(VisitId(2))] {
                let view = rig.desk.person_view(place, rig.now).ok().unwrap();
                assert!(
                    matches!(view.screen, PersonScreen::Welcome { .. }),
                    "{state:?}: {place:?}"
                );
                assert_eq!((view.visit, view.ticket), (None, None), "{state:?}");
            }
            let panes = rig.panes();
            assert!(!names(&panes, "1"), "{state:?}: {panes}");
        };
        neutral(&mut rig);
        // What the person of it touches late counts for nobody.
        for place in [None, Some(VisitId(1))] {
            for action in [PersonAction::Next, PersonAction::Reveal, PersonAction::Done] {
                assert!(rig.desk.person_act(place, &action, rig.now).is_err());
            }
        }
        // Another one starts: the window of the first shows nothing of either.
        let mut rig = rig.shown("2");
        assert_eq!(rig.visit, VisitId(2));
        let panes = rig.panes();
        assert!(names(&panes, "2") && !names(&panes, "1"), "{state:?}");
        let first = rig.desk.person_view(Some(VisitId(1)), rig.now).ok();
        if let Some(view) = first {
            assert!(matches!(view.screen, PersonScreen::Welcome { .. }));
        }
        // An act for the one that is aside is refused, and does not pull it to the front.
        let act = VisitAction::Reveal;
        let late = OperatorAction::Visit {
            visit: VisitId(1),
            act,
        };
        let answer = rig.desk.operator_act(&late, rig.now).map_err(|t| t.code);
        assert_eq!(answer, Err(TroubleCode::NotNow), "{state:?}");
        rig.want(resume(1));
        let panes = rig.panes();
        assert!(!names(&panes, "2"), "{state:?}");
        assert_eq!(
            names(&panes, "1"),
            !matches!(state, VisitState::Finding | VisitState::Ending),
            "{state:?}"
        );
        assert!(
            !panes.contains("glyphs"),
            "{state:?}: back, and the pass in sight"
        );
    }
}

#[test]
fn a_shown_pass_is_hidden_when_another_visit_comes_to_the_front() {
    for away in [
        OperatorAction::PutAside,
        OperatorAction::StartVisit,
        resume(1),
    ] {
        let mut rig = counter(3).finding().shown("2");
        assert_eq!(rig.person_pass(), "shown");
        rig.want(away);
        rig.visit = VisitId(2);
        rig.want(resume(2));
        assert_eq!(rig.person_pass(), "hidden");
    }
}

/// A touch on the page of one visit that arrives when another is in front.
#[test]
fn a_late_touch_counts_for_nobody_else() {
    let mut policy = policy(3);
    policy.pass.reveal_by_person = true;
    let mut rig = Rig::with(policy, Vec::new()).live("1").live("2");
    let check = |rig: &mut Rig, seen: Option<u32>, wanted: Result<(), TroubleCode>| {
        let (seen, now) = (seen.map(VisitId), rig.now);
        let answer = rig
            .desk
            .person_act_seen(None, seen, &PersonAction::Reveal, now);
        assert_eq!(answer.map_err(|t| t.code), wanted);
    };
    check(&mut rig, Some(1), Err(TroubleCode::NotNow));
    // The welcome stood there before this visit came back.
    check(&mut rig, None, Err(TroubleCode::NotNow));
    assert_eq!(rig.person_pass(), "hidden");
    check(&mut rig, Some(2), Ok(()));
    assert_eq!(rig.person_pass(), "shown");
}

#[test]
fn a_kiosk_keeps_one_visit_and_one_visit_has_no_list() {
    let mut kiosk = policy(20);
    kiosk.mode = Mode::Kiosk;
    for policy in [kiosk, policy(1)] {
        let mut rig = Rig::with(policy, Vec::new()).finding();
        assert!(rig.view().list.is_none());
        assert_eq!(rig.person_view().ticket, None);
        refused(
            &mut rig,
            &OperatorAction::StartVisit,
            TroubleCode::VisitsFull,
        );
        for action in [OperatorAction::PutAside, OperatorAction::TakeTicket] {
            refused(&mut rig, &action, TroubleCode::NotNow);
        }
    }
}

#[test]
fn twenty_visits_and_no_more() {
    let mut rig = counter(20);
    for _ in 0..20 {
        rig = rig.finding();
    }
    refused(
        &mut rig,
        &OperatorAction::StartVisit,
        TroubleCode::VisitsFull,
    );
    let list = rig.view().list.unwrap();
    let tickets: Vec<u32> = list.visits.iter().map(|card| card.ticket).collect();
    assert_eq!(tickets, (1..=20).collect::<Vec<_>>());
    let front: Vec<_> = list.visits.iter().filter(|card| card.in_front).collect();
    assert_eq!((front.len(), front[0].visit), (1, VisitId(20)));
    rig.want(OperatorAction::PutAside);
    refused(&mut rig, &OperatorAction::SignOut, TroubleCode::VisitOpen);
    assert_eq!(
        rig.act(&resume(77)).map_err(|t| t.code),
        Err(TroubleCode::VisitGone)
    );
}

/// N17: numbers in advance, called in order; a visit takes the number that was called, else a fresh one.
#[test]
fn a_mornings_queue_is_called_in_order_n17() {
    let mut rig = counter(5).signed_in();
    let queue = |rig: &mut Rig| -> Vec<(u32, TicketState)> {
        let list = rig.view().list.unwrap();
        list.tickets.iter().map(|t| (t.number, t.state)).collect()
    };
    let called = |rig: &mut Rig| rig.desk.person_view(None, rig.now).ok().unwrap().ticket;
    let call = |number| OperatorAction::CallTicket { number };
    let no_show = |number| OperatorAction::NoShow { number };
    for _ in 0..3 {
        rig.want(OperatorAction::TakeTicket);
    }
    use TicketState::{Called, Missed, Waiting};
    assert_eq!(queue(&mut rig), [(1, Waiting), (2, Waiting), (3, Waiting)]);
    assert_eq!(called(&mut rig), None);
    rig.want(call(1));
    assert_eq!(called(&mut rig), Some(1));
    rig.want(no_show(1));
    assert_eq!(
        (queue(&mut rig), called(&mut rig)),
        (vec![(2, Waiting), (3, Waiting), (1, Missed)], None)
    );
    // Who comes now is called before who was not there.
    rig.want(OperatorAction::TakeTicket);
    rig.want(call(2));
    assert_eq!(
        queue(&mut rig),
        [(2, Called), (3, Waiting), (4, Waiting), (1, Missed)]
    );
    let mut rig = rig.finding();
    assert_eq!((card(&mut rig, 1).ticket, called(&mut rig)), (2, Some(2)));
    assert_eq!(rig.person_view().ticket, Some(2));
    // Somebody without a number gets a fresh one; the late one is called after all, and does not come again.
    let mut rig = rig.finding();
    assert_eq!(card(&mut rig, 2).ticket, 5);
    rig.want(call(1));
    assert_eq!(
        called(&mut rig),
        Some(5),
        "the screen belongs to the visit in front"
    );
    rig.want(OperatorAction::PutAside);
    assert_eq!(called(&mut rig), Some(1));
    rig.want(call(3));
    assert_eq!(queue(&mut rig), [(3, Called), (4, Waiting), (1, Waiting)]);
    rig.want(no_show(1));
    rig.want(no_show(1));
    assert_eq!(queue(&mut rig), [(3, Called), (4, Waiting)]);
    refused(&mut rig, &no_show(1), TroubleCode::NotNow);
    refused(&mut rig, &call(9), TroubleCode::NotNow);
    // A night later the numbers begin again.
    assert_eq!(rig.view().list.unwrap().next_ticket, 6);
    rig.wait_s(6 * 3_600);
    let mut rig = rig.finding();
    assert_eq!(rig.person_view().ticket, Some(1));
    assert_eq!(queue(&mut rig), []);
}

#[test]
fn the_list_shows_lights_time_and_news_and_no_name_to_the_person_beside() {
    let mut rig = counter(3).shown("1");
    rig.want(OperatorAction::PutAside);
    let before = card(&mut rig, 1);
    assert_eq!((before.state, before.news), (VisitState::PassReady, false));
    assert_eq!(before.name.as_deref(), Some("A1"));
    assert!(before.remaining_s.is_some_and(|left| left > 1_700));
    let mut rig = rig.board("2");
    rig.world.use_pass(&sample::user("1"), rig.now);
    rig.wait_s(20);
    let entered = card(&mut rig, 1);
    assert_eq!(
        (entered.state, entered.news),
        (VisitState::PassEntered, true)
    );
    assert!(entered.remaining_s.is_some_and(|left| left <= 600));
    rig.world
        .add(&sample::user("1"), sample::authenticator("new", true));
    rig.wait_s(30);
    let registered = card(&mut rig, 1);
    assert_eq!(
        (registered.state, registered.news),
        (VisitState::Registered, true)
    );
    assert!(
        registered.lights.iter().all(|light| light.detail.is_none()),
        "a phone's name"
    );
    rig.want(resume(1));
    assert!(!card(&mut rig, 1).news, "seen");
    rig.desk.set_person_pane(false);
    assert_eq!(card(&mut rig, 1).name.as_deref(), Some("Account 1"));
}

/// A visit that ends while another is in front does not tear the windows from under it.
#[test]
fn windows_are_built_anew_when_nobody_is_in_front() {
    let mut rig = counter(3).shown("1");
    rig.visit(VisitAction::Cancel);
    let mut rig = rig.board("2");
    let from = rig.log.len();
    rig.wait_s(200);
    assert_eq!(
        rig.view().list.unwrap().visits.len(),
        1,
        "the receipt is put away"
    );
    let rebuilt = |rig: &Rig| {
        rig.since(from)
            .iter()
            .filter(|did| did.ends_with("RebuildWindows"))
            .count()
    };
    assert_eq!(rebuilt(&rig), 0);
    rig.want(OperatorAction::PutAside);
    assert_eq!(rebuilt(&rig), 1);
    rig.want(resume(2));
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    assert_eq!((rebuilt(&rig), rig.screen().as_str()), (2, "Home"));
}

/// Three people with passes in hand: locked and given up, each visit ends as unfinished and each pass is taken back.
#[test]
fn giving_up_ends_every_visit_and_takes_every_pass_back() {
    for by_hand in [true, false] {
        let mut rig = counter(3).shown("1").shown("2").shown("3");
        if by_hand {
            rig.want(OperatorAction::Lock);
            assert!(rig.view().list.is_none(), "no names on a locked screen");
            refused(&mut rig, &resume(1), TroubleCode::SignInAgain);
            for place in 1..=3 {
                let view = rig
                    .desk
                    .person_view(Some(VisitId(place)), rig.now)
                    .ok()
                    .unwrap();
                let json = serde_json::to_string(&view).unwrap();
                assert!(!json.contains("glyphs"), "visit {place}");
            }
            rig.want(OperatorAction::SignOut);
        } else {
            rig.wait_s(601);
            rig.wait_s(901);
        }
        let unfinished = |rig: &Rig| {
            let ended = |(_, entry): &&(_, Event)| {
                matches!(
                    entry,
                    Event::VisitEnded {
                        how: VisitOutcome::LeftUnfinished,
                        pass: PassEnd::Pending
                    }
                )
            };
            rig.world.record.iter().filter(ended).count()
        };
        assert_eq!((unfinished(&rig), rig.screen().as_str()), (3, "Welcome"));
        assert_eq!(rig.view().pending_passes.len(), 3);
        rig.want(OperatorAction::SignIn);
        rig.wait_s(30);
        assert!(rig.world.passes.iter().all(|pass| pass.gone));
        assert!(rig.view().pending_passes.is_empty());
    }
}

#[test]
fn a_locked_desk_comes_back_with_every_visit() {
    let mut rig = counter(3).board("1").board("2").board("3");
    rig.want(resume(2));
    rig.want(OperatorAction::Lock);
    rig.want(OperatorAction::SignIn);
    assert_eq!(rig.view().list.unwrap().visits.len(), 3);
    assert!(card(&mut rig, 2).in_front);
    rig.want(OperatorAction::PutAside);
    rig.want(OperatorAction::Lock);
    rig.held.insert(Kind::SignIn);
    rig.want(OperatorAction::SignIn);
    let screen = rig.view().screen;
    assert!(matches!(
        screen,
        onboarding::OperatorScreen::SigningIn {
            resumes_visit: true,
            ..
        }
    ));
    rig.world.operator = sample::operator("op-2");
    rig.release(Kind::SignIn);
    assert_eq!(
        rig.trouble().as_deref(),
        Some("S112"),
        "visits are aside: only the same operator"
    );
}

/// The station dies with three questions open, each of another visit: all are cleared up after the next sign-in.
#[test]
fn a_crash_with_several_visits_forgets_none_of_their_passes() {
    for arrives in [true, false] {
        let mut rig = counter(3);
        rig.held.insert(Kind::Issue);
        for id in ["1", "2", "3"] {
            rig = rig.issued(id);
        }
        crate::crash::crash(&mut rig, arrives);
        assert_eq!(rig.world.passes.len(), if arrives { 3 } else { 0 });
        assert_eq!(rig.view().pending_passes.len(), 3);
        assert!(rig.view().list.is_none());
        rig.want(OperatorAction::SignIn);
        rig.wait_s(60);
        // Whose they are was not said by an answer of their own: the operator is asked, and nothing is removed before.
        assert!(rig.world.passes.iter().all(|pass| !pass.gone));
        let view = rig.view();
        assert!(view.pending_passes.is_empty());
        assert_eq!(view.pass_questions.len(), if arrives { 3 } else { 0 });
        for question in view.pass_questions {
            rig.want(OperatorAction::DecideOnPass {
                intent: question.intent,
                pass: question.pass,
                remove: true,
            });
        }
        rig.wait_s(30);
        assert!(rig.world.passes.iter().all(|pass| pass.gone));
        let view = rig.view();
        assert_eq!(view.list.unwrap().visits.len(), 0);
    }
}
