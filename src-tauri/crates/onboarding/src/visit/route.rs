//! Which walk-through leads this person to the end, and the change from one to another.

use super::detour::PhoneScreenReport;
use super::{Board, Context, Stage, Visit, illegal_in_state};
use crate::person::directory::{Method, MethodRead};
use crate::person::passkey_rules::PasskeyGate;
use crate::policy::DoneLight;
use crate::record::Event;
use crate::registration::identity::phone_sign_in;
use crate::trouble::Trouble;
use crate::walkthrough::pack::{Pack, Route};
use crate::walkthrough::phone_answers::{PhoneAnswers, PhoneQuestion};

/// What the routes are to lead to: no passkey where the policy keeps it out, unless the site takes nothing else.
pub(super) fn reachable(done: DoneLight, gate: PasskeyGate) -> DoneLight {
    match done {
        DoneLight::Either if gate.is_shut() => DoneLight::PhoneSignIn,
        DoneLight::Either | DoneLight::PhoneSignIn | DoneLight::Passkey => done,
    }
}

/// The routes that lead to what the site takes for done.
pub(super) fn offered(done: DoneLight) -> &'static [Route] {
    match done {
        DoneLight::Either => &Route::ALL,
        DoneLight::PhoneSignIn => &[Route::AddAccount, Route::EnablePhoneSignIn],
        DoneLight::Passkey => &[Route::AddAccount, Route::CreatePasskey],
    }
}

/// What the directory and the answers speak for. The directory cannot say which phone its entries are on, so nobody
/// is sent anywhere unasked, and what the person says of the account counts before it.
pub(super) fn suggested(baseline: &MethodRead, answers: PhoneAnswers, done: DoneLight) -> Route {
    let mut entries = baseline
        .methods
        .iter()
        .filter(|method| matches!(method, Method::Authenticator { .. }))
        .peekable();
    let listed = entries.peek().is_some();
    let there = answers.account_in_app.unwrap_or(listed);
    let ready = entries.any(phone_sign_in);
    let here = answers.account_in_app == Some(true);
    match (done, there, ready) {
        (DoneLight::PhoneSignIn, _, _) if here => Route::EnablePhoneSignIn,
        (DoneLight::Either | DoneLight::PhoneSignIn, true, false) => Route::EnablePhoneSignIn,
        (DoneLight::Either, true, true) | (DoneLight::Passkey, true, _) => Route::CreatePasskey,
        (DoneLight::Either | DoneLight::Passkey, false, _)
        | (DoneLight::PhoneSignIn, false, _)
        | (DoneLight::PhoneSignIn, true, true) => Route::AddAccount,
    }
}

/// Whether the answers speak against this walk-through: A adds an account, B needs one, C serves with and without.
fn ruled_out(route: Route, answers: PhoneAnswers) -> bool {
    match route {
        Route::AddAccount => answers.account_in_app == Some(true),
        Route::EnablePhoneSignIn => answers.account_in_app == Some(false),
        Route::CreatePasskey => false,
    }
}

/// What ends the live check on this route, within what the site takes for done.
pub(super) fn aimed(route: Route, wish: DoneLight) -> DoneLight {
    match (wish, route) {
        (DoneLight::Either, Route::EnablePhoneSignIn) => DoneLight::PhoneSignIn,
        (DoneLight::Either, Route::CreatePasskey) => DoneLight::Passkey,
        (DoneLight::Either, Route::AddAccount)
        | (DoneLight::PhoneSignIn | DoneLight::Passkey, _) => wish,
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
            return Err(illegal_in_state());
        };
        let gate = board.passkey_gate(&self.prefs, cx);
        let fits = offered(reachable(cx.policy.done, gate)).contains(&route);
        if !fits || board.evidence.registered.is_some() {
            return Err(illegal_in_state());
        }
        if route != self.route {
            board.row = board.entry(cx.packs.of(route), cx.pack);
            board.shows = PhoneScreenReport::Row;
            board.said_done = false;
            board.evidence.aim_anew();
            self.route = route;
            cx.record(Event::RouteChosen { route });
        }
        Ok(())
    }

    /// Takes an answer about the phone: off a route it rules out, past the installation or back to it.
    pub(super) fn answer_phone(
        &mut self,
        asked: PhoneQuestion,
        yes: bool,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let Stage::HandingOver(board) = &mut self.stage else {
            return Err(illegal_in_state());
        };
        if board.evidence.registered.is_some() {
            return Err(illegal_in_state());
        }
        board.answers.take(asked, yes);
        let done = reachable(cx.policy.done, board.passkey_gate(&self.prefs, cx));
        let suggested = suggested(&board.baseline, board.answers, done);
        if ruled_out(self.route, board.answers) {
            self.choose_route(suggested, cx)?;
        }
        let installed = match asked {
            PhoneQuestion::AppInstalled => Some(yes),
            PhoneQuestion::AccountInApp => yes.then_some(true),
        };
        if let (Stage::HandingOver(board), Some(installed)) = (&mut self.stage, installed) {
            board.begin(installed, cx.packs.of(self.route));
        }
        Ok(())
    }
}

impl Visit {
    /// The person says that the app is there. Which walk-through follows from that is for the operator to say.
    pub(super) fn person_has_app(&mut self, cx: &Context<'_>) -> Result<(), Trouble> {
        let pack = cx.packs.of(self.route);
        let Stage::HandingOver(board) = &mut self.stage else {
            return Err(illegal_in_state());
        };
        if board.evidence.registered.is_some() {
            return Err(illegal_in_state());
        }
        board.answers.take(PhoneQuestion::AppInstalled, true);
        board.begin(true, pack);
        Ok(())
    }
}

impl Board {
    /// Where this person gets on: after what is proven already, and past the installation if that is done.
    fn entry(&self, pack: &Pack, before: &Pack) -> usize {
        let last = pack.rows.len().saturating_sub(1);
        let proven = |light| self.evidence.lit.contains(&light);
        let lit = pack
            .rows
            .iter()
            .rposition(|row| row.light.is_some_and(proven));
        let installed = self.answers.app_installed == Some(true);
        let first = if installed || self.row >= before.first_needed() {
            pack.first_needed()
        } else if self.row >= before.opened() {
            pack.opened()
        } else {
            0
        };
        lit.map_or(first, |place| place + 1).min(last)
    }

    /// The installation is done, or is not after all. What is proven, or begun past it, keeps its place.
    fn begin(&mut self, installed: bool, pack: &Pack) {
        self.first_start_met = false;
        let first = pack.first_needed();
        let place = match installed {
            true => self.row.max(first),
            false if self.evidence.lit.is_empty() => 0,
            false => self.row,
        };
        if place != self.row {
            self.said_done = false;
            self.row = place;
            self.shows = PhoneScreenReport::Row;
        }
    }
}
