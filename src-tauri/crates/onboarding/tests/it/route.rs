//! Which walk-through is suggested, and what another one keeps (S13, S17, N3).

use desk_world::sample;
use onboarding::{
    DoneLight, InFront, Method, OperatorScreen, PassStage, RegisteredKind, Route, TroubleCode,
    VisitAction, VisitScreen,
};

use crate::rig::Rig;

fn routes(rig: &mut Rig) -> (Route, Route, Vec<Route>) {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen:
                VisitScreen::Board {
                    route,
                    route_suggested,
                    routes,
                    ..
                },
            ..
        }) => (route, route_suggested, routes),
        _ => panic!("no board"),
    }
}

fn row(rig: &mut Rig) -> String {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { row, .. },
            ..
        }) => row,
        _ => panic!("no board"),
    }
}

fn check(baseline: Vec<Method>, done: DoneLight, suggested: Route, offered: &[Route]) {
    let mut policy = sample::policy();
    policy.done = done;
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.methods.insert(sample::user("1"), baseline);
    let mut rig = rig.board("1");
    assert_eq!(
        routes(&mut rig),
        (Route::AddAccount, suggested, offered.to_vec())
    );
    for route in Route::ALL {
        let chosen = rig.try_visit(VisitAction::ChooseRoute { route });
        assert_eq!(chosen.is_ok(), offered.contains(&route), "{route:?}");
    }
}

#[test]
fn the_directory_suggests_a_route_and_sends_nobody_there_unasked_n3() {
    use DoneLight::{Either, Passkey, PhoneSignIn};
    use Route::{AddAccount, CreatePasskey, EnablePhoneSignIn};
    let push = || vec![Method::Password, sample::authenticator("a", false)];
    let ready = || vec![sample::authenticator("a", true)];
    let (all, a_b, a_c) = (
        Route::ALL,
        [AddAccount, EnablePhoneSignIn],
        [AddAccount, CreatePasskey],
    );
    check(vec![Method::Password], Either, AddAccount, &all);
    check(push(), Either, EnablePhoneSignIn, &all);
    check(ready(), Either, CreatePasskey, &all);
    check(push(), PhoneSignIn, EnablePhoneSignIn, &a_b);
    check(ready(), PhoneSignIn, AddAccount, &a_b);
    check(vec![], Passkey, AddAccount, &a_c);
    check(push(), Passkey, CreatePasskey, &a_c);
}

#[test]
fn another_route_keeps_the_pass_the_check_and_what_is_proven_n3() {
    let mut rig = Rig::new().live("1");
    let user = sample::user("1");
    let asked = rig.world.passes.len();
    rig.visit(VisitAction::Next);
    let route = Route::EnablePhoneSignIn;
    rig.visit(VisitAction::ChooseRoute { route });
    assert_eq!((row(&mut rig), rig.stage()), ("b1".into(), PassStage::Live));
    rig.world.use_pass(&user, rig.now);
    rig.wait_s(60);
    assert_eq!(row(&mut rig), "b4", "the pass was entered at b3");
    let route = Route::CreatePasskey;
    rig.visit(VisitAction::ChooseRoute { route });
    assert_eq!(row(&mut rig), "c6", "and at c5");
    assert_eq!(
        (rig.stage(), rig.world.passes.len()),
        (PassStage::Entered, asked)
    );
}

/// What counts on a route: `wanted` is what the check says after the directory shows `after`.
fn counts(route: Route, before: Vec<Method>, after: Vec<Method>, wanted: Option<RegisteredKind>) {
    let user = sample::user("1");
    let mut rig = Rig::new();
    rig.world.methods.insert(user.clone(), before);
    let mut rig = rig.shown("1");
    rig.visit(VisitAction::ChooseRoute { route });
    rig.world.use_pass(&user, rig.now);
    rig.world.methods.insert(user, after);
    rig.wait_s(60);
    let registered = match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { registered, .. },
            ..
        }) => registered,
        _ => panic!("no board"),
    };
    assert_eq!(registered, wanted, "{route:?}");
    let again = rig.try_visit(VisitAction::ChooseRoute {
        route: Route::AddAccount,
    });
    let refused = again.err().map(|trouble| trouble.code);
    assert_eq!(refused, wanted.map(|_| TroubleCode::NotNow));
}

#[test]
fn each_route_ends_with_its_own_light_n1() {
    use Route::{CreatePasskey, EnablePhoneSignIn};
    let push = || vec![sample::authenticator("a", false)];
    let upgraded = || vec![sample::authenticator("a", true)];
    let with_key = || vec![sample::authenticator("a", false), sample::passkey("p")];
    let phone = Some(RegisteredKind::PhoneSignIn);
    let key = Some(RegisteredKind::Passkey);
    counts(EnablePhoneSignIn, push(), upgraded(), phone);
    counts(EnablePhoneSignIn, push(), with_key(), None);
    counts(CreatePasskey, push(), with_key(), key);
    counts(CreatePasskey, push(), upgraded(), None);
}
