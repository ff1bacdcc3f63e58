//! Password and pass: whether they are right, and the lock after too many wrong ones.

use axum::body::Body;
use axum::http::Response;
use jiff::Timestamp;

use crate::clock::after_seconds;
use crate::directory::User;
use crate::directory::methods::Usability;
use crate::oauth::flow_step::FlowStep;
use crate::oauth::grants::{CompletedSignIn, FirstFactor};
use crate::oauth::new_password::is_change_due;
use crate::oauth::pages::entry;
use crate::oauth::refusals::row::{Aadsts, RefusalStage};
use crate::oauth::sign_in::has_phone_sign_in;
use crate::state::Inner;

/// Wrong passwords in a row of one person.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WrongEntries {
    count: u32,
    locked_until: Option<Timestamp>,
}

impl FlowStep<'_> {
    /// Checks a typed password.
    pub(crate) fn check_password(&mut self, user: &User, typed: &str) -> Response<Body> {
        match password_refusal(self.state, self.tenant.now(), user, typed) {
            Some(number) => self.password_again(user, number),
            None if is_change_due(self.state, user, self.tenant.now()) => {
                self.note_refused(user, 50055);
                self.ask_new_password(user, None)
            }
            None => {
                let signed_in =
                    CompletedSignIn::new(user, FirstFactor::Password, self.tenant.now());
                self.proven(signed_in)
            }
        }
    }

    /// Checks a typed pass.
    pub(crate) fn check_pass(&mut self, user: &User, typed: &str) -> Response<Body> {
        let now = self.tenant.now();
        let known = user
            .tap()
            .filter(|tap| tap.value == typed.trim() && tap.settled(&self.state.flags, now));
        let Some(tap) = known else {
            return self.pass_again(user, 130_503);
        };
        let refusal = match self.pass_usability(user) {
            _ if !user.enabled => Some(50057),
            Some(Usability::OneTimeUsed | Usability::DisabledByPolicy) | None => Some(130_501),
            Some(Usability::Expired) => Some(130_502),
            Some(Usability::NotYetValid) => Some(130_507),
            Some(Usability::EnabledByPolicy) => self
                .set_refusal(RefusalStage::Secret, &user.upn)
                .map(|entry| entry.number),
        };
        if let Some(number) = refusal {
            return self.pass_again(user, number);
        }
        let proof = FirstFactor::Pass(tap.id.clone());
        let held = self.state.directory.user_mut(&user.id);
        if let Some(tap) = held.and_then(User::tap_mut) {
            tap.uses.push(now);
        }
        self.proven(CompletedSignIn::new(user, proof, now))
    }

    fn password_again(&mut self, user: &User, number: u32) -> Response<Body> {
        self.note_refused(user, number);
        let mut other = Vec::new();
        if has_phone_sign_in(user) && !self.is_phone_busy(user) {
            other.push(("use_app", entry::use_app(self.frame.language)));
        }
        if self.is_pass_asked_for(user) {
            other.push(("use_pass", entry::use_pass(self.frame.language)));
        }
        entry::password(&self.frame, &user.upn, &other, Aadsts::of(number))
    }

    fn pass_again(&mut self, user: &User, number: u32) -> Response<Body> {
        self.note_refused(user, number);
        let other = [("use_password", entry::use_password(self.frame.language))];
        entry::pass(&self.frame, &user.upn, &other, Aadsts::of(number))
    }

    /// Puts a refusal into the sign-in log.
    fn note_refused(&mut self, user: &User, number: u32) {
        let client_id = self
            .flow()
            .map_or_else(String::new, |flow| flow.goal.client_id().to_owned());
        let reason = Aadsts::of(number).map_or("", |entry| entry.english);
        let now = self.tenant.now();
        self.state
            .note_refused_sign_in(now, &user.id, &client_id, number, reason);
    }
}

/// Why a typed password does not sign in, by its number.
pub(crate) fn password_refusal(
    state: &mut Inner,
    now: Timestamp,
    user: &User,
    typed: &str,
) -> Option<u32> {
    let sign_in = &state.flags.sign_in;
    let (threshold, lock_s) = (sign_in.lockout_threshold, sign_in.lockout_s);
    let entries = &mut state.grants.wrong_entries;
    let wrong = entries.entry(user.id.clone()).or_default();
    // While the lock lasts the right password does not help either.
    if wrong.locked_until.is_some_and(|until| now < until) {
        return Some(50053);
    }
    if typed != user.password {
        wrong.count += 1;
        if threshold > 0 && wrong.count >= threshold {
            wrong.locked_until = Some(after_seconds(now, i64::from(lock_s)));
            return Some(50053);
        }
        return Some(50126);
    }
    *wrong = WrongEntries::default();
    if !user.enabled {
        return Some(50057);
    }
    let set = &state.flags.sign_in.sign_in_refusals;
    set.at(&[RefusalStage::Secret], Some(&user.upn))
        .map(|entry| entry.number)
}
