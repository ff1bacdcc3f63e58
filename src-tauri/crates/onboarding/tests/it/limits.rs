//! What the session lets the operator do, and the little that the person can.

use desk_world::sample;
use onboarding::{MayIssue, OperatorAction, PersonAction, TroubleCode, VisitAction, VisitId};

use crate::refusals::{At, STATES, refused};
use crate::rig::Rig;

#[test]
fn the_desk_refuses_what_does_not_fit_its_session() {
    use OperatorAction as A;
    use TroubleCode as T;
    let other = |visit| A::Visit {
        visit: VisitId(visit),
        act: VisitAction::Next,
    };
    let cases: &[(&str, At, A, T)] = &[
        ("signed out", Rig::new, A::StartVisit, T::NotNow),
        ("signed out", Rig::new, A::CancelSignIn, T::NotNow),
        ("signed out", Rig::new, A::SignOut, T::NotNow),
        ("signed out", Rig::new, A::Lock, T::NotNow),
        ("signed out", Rig::new, other(1), T::VisitGone),
        ("signed in", || Rig::new().signed_in(), A::SignIn, T::NotNow),
        (
            "with a visit",
            || Rig::new().finding(),
            A::SignOut,
            T::NotNow,
        ),
        (
            "with a visit",
            || Rig::new().finding(),
            A::StartVisit,
            T::VisitsFull,
        ),
        (
            "with a visit",
            || Rig::new().finding(),
            other(2),
            T::VisitGone,
        ),
        (
            "short token",
            || token(44 * 60, false),
            A::StartVisit,
            T::TokenTooShort,
        ),
    ];
    for (state, at, action, wanted) in cases {
        refused(state, at(), action, *wanted);
    }
    token(46 * 60, false).want(A::StartVisit);
    token(60, true).want(A::StartVisit);
    // A role that probably cannot issue is said, not refused: Graph has the last word.
    let mut rig = Rig::new();
    rig.world.operator.may_issue = MayIssue::CannotTell;
    rig.signed_in().want(A::StartVisit);
}

fn token(seconds: u64, renewable: bool) -> Rig {
    let mut rig = Rig::new();
    rig.world.operator.renewable = renewable;
    rig.world.operator.token_until = onboarding::Mono(sample::MONO).after_s(seconds);
    rig.signed_in()
}

#[test]
fn the_person_can_do_little_and_only_in_their_own_visit_n15() {
    use PersonAction as P;
    let mut rig = Rig::new().live("1");
    let mut refuse = |place, action: P, wanted| {
        let before = rig.panes();
        let result = rig.desk.person_act(place, &action, rig.now);
        assert_eq!(
            result.map_err(|trouble| trouble.code),
            Err(wanted),
            "{action:?}"
        );
        assert_eq!(rig.panes(), before);
    };
    refuse(Some(VisitId(1)), P::Reveal, TroubleCode::NotAllowedHere);
    refuse(Some(VisitId(1)), P::Back, TroubleCode::NotNow);
    refuse(Some(VisitId(2)), P::Next, TroubleCode::NotNow);
    refuse(Some(VisitId(9)), P::Next, TroubleCode::VisitGone);
    refuse(
        Some(VisitId(0)),
        P::SetLanguage {
            lang: onboarding::Lang::En,
        },
        TroubleCode::VisitGone,
    );
}

/// Every wish that moves the walk is refused where there is no walk.
#[test]
fn the_person_moves_nothing_before_and_after_the_walk() {
    use PersonAction as P;
    let wishes = [
        P::Next,
        P::Back,
        P::OtherScreen,
        P::ChooseScreen {
            screen: "app-there".into(),
        },
        P::NoneOfThese,
        P::BackToRow,
        P::Reveal,
        P::Done,
    ];
    for (state, rig) in STATES {
        if !["finding", "found", "checking", "ended"].contains(state) {
            continue;
        }
        let mut rig = rig();
        for wish in &wishes {
            let before = rig.panes();
            let refused = rig.person(wish.clone()).map_err(|trouble| trouble.code);
            assert_eq!(refused, Err(TroubleCode::NotNow), "{state}: {wish:?}");
            assert_eq!(rig.panes(), before, "{state}: {wish:?}");
        }
    }
}
