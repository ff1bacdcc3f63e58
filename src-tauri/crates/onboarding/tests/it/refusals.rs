//! Every refusal: the action, the state it does not fit, the code; and that it changed nothing.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    FindBy, NotPossibleReason, NoteAction, OperatorAction, PhoneQuestion, RenewReason, Route,
    ServiceTime, TroubleCode, VisitAction,
};

use crate::rig::Rig;

pub(crate) fn refused(state: &str, mut rig: Rig, action: &OperatorAction, wanted: TroubleCode) {
    let (before, effects) = (rig.panes(), rig.log.len());
    let result = rig.act(action);
    assert_eq!(
        result.map_err(|trouble| trouble.code),
        Err(wanted),
        "{action:?} while {state}"
    );
    assert_eq!(
        rig.panes(),
        before,
        "{action:?} while {state} changed something"
    );
    assert!(
        rig.desk.poll_effect().is_none() && rig.log.len() == effects,
        "{action:?} while {state} had an effect"
    );
}

fn check(state: &str, at: At, act: &VisitAction, wanted: TroubleCode) {
    let rig = at();
    let action = OperatorAction::Visit {
        visit: rig.visit,
        act: act.clone(),
    };
    refused(state, rig, &action, wanted);
}

/// Brings a rig into a state.
pub(crate) type At = fn() -> Rig;

pub(crate) const STATES: &[(&str, At)] = &[
    ("finding", || Rig::new().finding()),
    ("found", || Rig::new().found("1")),
    ("checking", || Rig::new().checking("1")),
    ("on the board", || Rig::new().board("1")),
    ("settling", || Rig::new().issued("1")),
    ("live", || Rig::new().live("1")),
    ("shown", || Rig::new().shown("1")),
    ("registered", || Rig::new().registered("1")),
    ("asking", asking),
    ("uncertain", uncertain),
    ("ended", ended),
];

fn asking() -> Rig {
    let mut rig = Rig::new().board("1");
    rig.held.insert(Kind::Issue);
    rig.visit(VisitAction::IssuePass { replace: false });
    rig
}

fn uncertain() -> Rig {
    let mut rig = Rig::new().board("1");
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::LostAnswer));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig
}

fn ended() -> Rig {
    let mut rig = Rig::new().registered("1");
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig
}

const BOARD: [&str; 7] = [
    "on the board",
    "settling",
    "live",
    "shown",
    "registered",
    "asking",
    "uncertain",
];
/// On the board, and the registration is not there yet.
const NOT_DONE: [&str; 6] = [
    "on the board",
    "settling",
    "live",
    "shown",
    "asking",
    "uncertain",
];

/// An action and the states it fits.
type Fits = (VisitAction, Vec<&'static str>);

fn fits_before_the_board() -> Vec<Fits> {
    use VisitAction as V;
    vec![
        (
            V::Find {
                text: "user-1".into(),
                by: FindBy::Organisation,
            },
            vec!["finding"],
        ),
        (
            V::Choose {
                user: sample::user("1"),
            },
            vec![],
        ),
        (V::SearchAgain, vec!["finding", "found", "checking"]),
        (V::HeedWarnings { on: true }, vec!["found"]),
        (V::ConfirmPerson, vec!["found"]),
        (
            V::Tick {
                check: "photo-id".into(),
                on: true,
            },
            vec!["checking"],
        ),
        (
            V::Tick {
                check: "no-such-check".into(),
                on: true,
            },
            vec![],
        ),
        (
            V::Note(NoteAction::SetVoucher { name: "x".into() }),
            vec!["checking"],
        ),
        (V::ConfirmPhone { on: true }, vec!["checking"]),
    ]
}

fn fits_on_the_board() -> Vec<Fits> {
    use VisitAction as V;
    let renew = V::RenewPass {
        same_person: true,
        reason: RenewReason::Lost,
    };
    let open = [&["finding", "found", "checking"][..], &BOARD].concat();
    vec![
        (V::IssuePass { replace: false }, vec!["on the board"]),
        (renew, vec!["settling", "live", "shown"]),
        (V::Reveal, vec!["live", "shown"]),
        (V::Longer, vec!["shown"]),
        (V::Hide, BOARD.to_vec()),
        (V::LookNow, BOARD.to_vec()),
        (V::Next, BOARD.to_vec()),
        (V::GoTo { row: "a6".into() }, BOARD.to_vec()),
        (
            V::GoTo { row: "a7".into() },
            vec!["live", "shown", "entered", "registered"],
        ),
        (V::GoToWithoutPass { row: "a7".into() }, BOARD.to_vec()),
        (
            V::GoTo {
                row: "no-such-row".into(),
            },
            vec![],
        ),
        (V::ClearOtherScreen, BOARD.to_vec()),
        (
            V::ChooseRoute {
                route: Route::CreatePasskey,
            },
            NOT_DONE.to_vec(),
        ),
        (
            V::AnswerPhone {
                asked: PhoneQuestion::AccountInApp,
                yes: true,
            },
            NOT_DONE.to_vec(),
        ),
        (
            V::NotToday {
                why: NotPossibleReason::NoScreenLock,
                leave_pass: true,
            },
            [&["checking"][..], &NOT_DONE].concat(),
        ),
        (V::Finish { leave_pass: false }, vec!["registered"]),
        (V::Cancel, open.clone()),
        (V::LeaveUnfinished { leave_pass: true }, open.clone()),
        (V::Close, vec!["ended"]),
    ]
}

/// Actions with the states they fit; in every other state they are refused.
#[test]
fn an_action_that_does_not_fit_changes_nothing() {
    for (act, at) in [fits_before_the_board(), fits_on_the_board()].concat() {
        for (state, rig) in STATES {
            if at.contains(state) {
                let mut rig = rig();
                rig.visit(act.clone());
            } else {
                check(state, *rig, &act, TroubleCode::NotNow);
            }
        }
    }
}

/// A state, an action that wants something more there, and what is said.
type Missing = (&'static str, At, VisitAction, TroubleCode);

fn missing_before_the_board() -> Vec<Missing> {
    use TroubleCode as T;
    use VisitAction as V;
    let find = |text: &str, by| V::Find {
        text: text.into(),
        by,
    };
    vec![
        (
            "nothing typed",
            || Rig::new().finding(),
            find(" ", FindBy::Name),
            T::NothingTyped,
        ),
        (
            "no account",
            || Rig::new().finding(),
            find("a b/c", FindBy::Organisation),
            T::NotAnAccount,
        ),
        (
            "mail address",
            || Rig::new().finding(),
            find("a@gmail.com", FindBy::SignInName),
            T::UnknownDomain,
        ),
        (
            "nothing ticked",
            || Rig::new().checking("1"),
            V::ConfirmCheck,
            T::CheckMissing,
        ),
        (
            "phone not confirmed",
            ticked,
            V::ConfirmCheck,
            T::PhoneNotConfirmed,
        ),
        ("no voucher", vouched, V::ConfirmCheck, T::VoucherMissing),
    ]
}

fn missing_on_the_board() -> Vec<Missing> {
    use TroubleCode as T;
    use VisitAction as V;
    let renew = |same_person| V::RenewPass {
        same_person,
        reason: RenewReason::UsedUp,
    };
    let issue = V::IssuePass { replace: false };
    vec![
        (
            "at the first row",
            || Rig::new().board("1"),
            V::Back,
            T::NotNow,
        ),
        (
            "a pass of someone else",
            foreign,
            issue.clone(),
            T::PassExists,
        ),
        ("check too old", old_check, issue, T::CheckExpired),
        (
            "check too old for more",
            old_check_live,
            renew(true),
            T::CheckExpired,
        ),
        (
            "same person not said",
            || Rig::new().live("1"),
            renew(false),
            T::SamePersonNotConfirmed,
        ),
        (
            "renewed twice",
            renewed_twice,
            renew(true),
            T::RenewalsUsedUp,
        ),
    ]
}

#[test]
fn what_is_missing_is_said_by_name_n10() {
    for (state, at, act, wanted) in [missing_before_the_board(), missing_on_the_board()].concat() {
        check(state, at, &act, wanted);
    }
}

fn ticked() -> Rig {
    let mut rig = Rig::new().checking("1");
    rig.visit(VisitAction::Tick {
        check: "photo-id".into(),
        on: true,
    });
    rig
}

fn vouched() -> Rig {
    let mut rig = Rig::new().checking("1");
    rig.visit(VisitAction::Tick {
        check: "vouched".into(),
        on: true,
    });
    rig.visit(VisitAction::ConfirmPhone { on: true });
    rig.visit(VisitAction::Note(NoteAction::SetVoucher {
        name: " \u{7} ".into(),
    }));
    rig
}

pub(crate) fn foreign() -> Rig {
    let mut rig = Rig::new();
    rig.world
        .foreign_pass(&sample::user("1"), ServiceTime(sample::SERVICE - 600_000));
    rig.board("1")
}

fn old_check() -> Rig {
    let mut rig = Rig::new().board("1");
    pass_time(&mut rig, 45);
    rig
}

fn old_check_live() -> Rig {
    let mut rig = Rig::new().live("1");
    pass_time(&mut rig, 45);
    rig
}

/// Minutes in which somebody touches the screen now and then.
pub(crate) fn pass_time(rig: &mut Rig, minutes: u64) {
    for _ in 0..minutes {
        rig.wait_s(60);
        rig.want(OperatorAction::Touch);
    }
}

fn renewed_twice() -> Rig {
    let mut rig = Rig::new().live("1");
    for _ in 0..2 {
        rig.visit(VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Lost,
        });
        rig.wait_s(11);
    }
    rig
}
