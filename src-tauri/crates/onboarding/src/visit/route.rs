//! Which walk-through leads this person to the end, and the change from one to another.

use super::elsewhere::Shows;
use super::{Board, Context, Stage, Visit, not_now};
use crate::directory::{Method, MethodRead};
use crate::live::phone_sign_in;
use crate::pack::{Pack, Route};
use crate::policy::{DoneLight, Policy};
use crate::trouble::Trouble;

/// The routes that lead to what the site takes for done.
pub(super) fn offered(done: DoneLight) -> &'static [Route] {
    match done {
        DoneLight::Either => &Route::ALL,
        DoneLight::PhoneSignIn => &[Route::AddAccount, Route::EnablePhoneSignIn],
        DoneLight::Passkey => &[Route::AddAccount, Route::CreatePasskey],
    }
}

/// What the directory speaks for. It cannot say which phone its entries are on, so nobody is sent there unasked.
pub(super) fn suggested(baseline: &MethodRead, done: DoneLight) -> Route {
    let mut entries = baseline
        .methods
        .iter()
        .filter(|method| matches!(method, Method::Authenticator { .. }))
        .peekable();
    let there = entries.peek().is_some();
    let ready = entries.any(phone_sign_in);
    match (done, there, ready) {
        (DoneLight::Either | DoneLight::PhoneSignIn, true, false) => Route::EnablePhoneSignIn,
        (DoneLight::Either, true, true) | (DoneLight::Passkey, true, _) => Route::CreatePasskey,
        (DoneLight::Either | DoneLight::Passkey, false, _)
        | (DoneLight::PhoneSignIn, false, _)
        | (DoneLight::PhoneSignIn, true, true) => Route::AddAccount,
    }
}

/// What ends the live check on this route, within what the site takes for done.
fn done(route: Route, wish: DoneLight) -> DoneLight {
    match (wish, route) {
        (DoneLight::Either, Route::EnablePhoneSignIn) => DoneLight::PhoneSignIn,
        (DoneLight::Either, Route::CreatePasskey) => DoneLight::Passkey,
        (DoneLight::Either, Route::AddAccount)
        | (DoneLight::PhoneSignIn | DoneLight::Passkey, _) => wish,
    }
}

/// The site's policy, with what ends the live check on this route.
pub(super) fn aimed(route: Route, policy: &Policy) -> Policy {
    Policy {
        done: done(route, policy.done),
        ..policy.clone()
    }
}

impl Visit {
    /// Goes on along another walk-through; the check, the pass and what is proven stay.
    pub(super) fn choose_route(
        &mut self,
        route: Route,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let Stage::HandingOver(board) = &mut self.stage else {
            return Err(not_now());
        };
        let fits = offered(cx.policy.done).contains(&route);
        if !fits || board.live.registered.is_some() {
            return Err(not_now());
        }
        if route != self.route {
            board.row = board.entry(cx.packs.of(route));
            board.shows = Shows::Row;
            self.route = route;
        }
        Ok(())
    }
}

impl Board {
    /// Where this person gets on: after what is proven already, and past the installation if that is done.
    fn entry(&self, pack: &Pack) -> usize {
        let last = pack.rows.len().saturating_sub(1);
        let proven = |light| self.live.lit.contains(&light);
        let lit = pack
            .rows
            .iter()
            .rposition(|row| row.light.is_some_and(proven));
        let started = usize::from(self.row > 0);
        lit.map_or(started, |place| place + 1).min(last)
    }
}
