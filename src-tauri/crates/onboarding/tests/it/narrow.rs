//! `scopes = "narrow"`: a right for each kind of method, one kind a read, and nothing proven by what a read cannot show.

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    DoneLight, InFront, Light, LightState, MethodQuery, OperatorScreen, RegisteredKind, Scopes,
    VisitAction, VisitScreen,
};

use crate::rig::Rig;

fn narrow(done: DoneLight, once: bool) -> Rig {
    let mut policy = sample::policy();
    (policy.scopes, policy.done, policy.pass.once) = (Scopes::Narrow, done, once);
    Rig::with(policy, Vec::new()).live("1")
}

fn lit_and_notes(rig: &mut Rig) -> (Vec<Light>, Vec<String>, Option<RegisteredKind>) {
    let OperatorScreen::Visit(InFront {
        screen: VisitScreen::Board {
            live, registered, ..
        },
        ..
    }) = rig.view().screen
    else {
        panic!("no board");
    };
    let lit = live.lights.iter();
    let lit = lit.filter(|light| light.state == LightState::Lit);
    let notes = live.notes.into_iter().map(|note| note.key).collect();
    (lit.map(|light| light.light).collect(), notes, registered)
}

#[test]
fn a_registration_is_proven_kind_by_kind() {
    let check = |done, kind, method, last: MethodQuery| {
        let mut rig = narrow(done, true);
        let user = sample::user("1");
        rig.visit(VisitAction::Reveal);
        // Reads of other kinds show no pass, which does not mean that it was used.
        rig.wait_s(300);
        let (lit, notes, _) = lit_and_notes(&mut rig);
        assert_eq!(lit, [Light::PassUsable], "{done:?}");
        assert_eq!(
            notes,
            ["live-note-narrow"],
            "the screen says that it is slower"
        );
        rig.world.use_pass(&user, rig.now);
        rig.wait_s(30);
        let (lit, ..) = lit_and_notes(&mut rig);
        assert!(lit.contains(&Light::PassEntered), "{done:?}");
        let before = rig.world.lists.len();
        rig.world.add(&user, method);
        rig.wait_s(30);
        let (_, notes, registered) = lit_and_notes(&mut rig);
        assert_eq!(registered, Some(kind), "{done:?}");
        assert!(notes.is_empty(), "nothing is waited for any more");
        let asked = &rig.world.lists[before..];
        assert!(
            !asked.contains(&MethodQuery::Passes),
            "it was used: {asked:?}"
        );
        assert_eq!(asked.last(), Some(&last));
        assert_eq!(asked[asked.len() - 2..], [last.clone(), last], "two agree");
        assert!(
            !rig.world.lists.contains(&MethodQuery::Everything),
            "{done:?}"
        );
    };
    let (phone, passkey) = (sample::authenticator("new", true), sample::passkey("new"));
    let by_phone = RegisteredKind::PhoneSignIn;
    for done in [DoneLight::PhoneSignIn, DoneLight::Either] {
        check(done, by_phone, phone.clone(), MethodQuery::Authenticators);
    }
    for done in [DoneLight::Passkey, DoneLight::Either] {
        let kind = RegisteredKind::Passkey;
        check(done, kind, passkey.clone(), MethodQuery::Passkeys);
    }
}

/// A pass that works again and again never says that it was used: the entry does.
#[test]
fn a_reusable_pass_does_not_hold_the_other_kinds_up() {
    let mut rig = narrow(DoneLight::PhoneSignIn, false);
    rig.visit(VisitAction::Reveal);
    rig.wait_s(60);
    rig.world
        .add(&sample::user("1"), sample::authenticator("new", true));
    rig.wait_s(60);
    let (lit, _, registered) = lit_and_notes(&mut rig);
    assert_eq!(registered, Some(RegisteredKind::PhoneSignIn));
    assert!(lit.contains(&Light::PassEntered));
}

/// Whether a pass may exist that nobody saw is asked of the list that shows passes.
#[test]
fn an_open_question_is_settled_by_the_list_of_passes() {
    let mut policy = sample::policy();
    policy.scopes = Scopes::Narrow;
    let mut rig = Rig::with(policy, Vec::new()).board("1");
    rig.world
        .faults
        .push_back((Kind::Issue, AnswerFault::LostAnswer));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(60);
    assert!(
        rig.world
            .lists
            .iter()
            .all(|list| *list == MethodQuery::Passes)
    );
    assert!(rig.world.lists.len() > 1, "it was looked for");
    assert!(rig.pass().may_issue, "and settled");
}
