//! A password that has to be changed before the sign-in goes on: it is due, or it has expired.

use axum::body::Body;
use axum::http::Response;
use jiff::Timestamp;

use crate::clock::after_seconds;
use crate::directory::User;
use crate::graph::reset::acceptable;
use crate::oauth::flags::DuePassword;
use crate::oauth::flow_step::FlowStep;
use crate::oauth::grants::{CompletedSignIn, FirstFactor, Progress};
use crate::oauth::pages::renewal::{self, Complaint};
use crate::oauth::refusals::row::{Aadsts, RefusalStage};
use crate::oauth::secret::password_refusal;
use crate::params::Params;
use crate::records::audits::Activity;
use crate::state::Inner;

const DAY_S: i64 = 86_400;

/// Whether the password has to be changed at the next sign-in with it.
///
/// Those of synchronised people do not expire in the cloud.
pub(crate) fn is_change_due(state: &Inner, user: &User, now: Timestamp) -> bool {
    let days = i64::from(state.flags.password_validity_days);
    let never = user
        .password_policies
        .as_ref()
        .is_some_and(|policies| policies.contains("DisablePasswordExpiration"));
    let expired = days > 0
        && !never
        && !user.synced
        && now >= after_seconds(user.password_changed, days.saturating_mul(DAY_S));
    user.password_change_due || expired
}

/// Whether a password that is due is asked for after phone sign-in too.
pub(crate) fn meets_phone_sign_in(state: &Inner, user: &User, now: Timestamp) -> bool {
    match state.flags.sign_in.must_change_meets_phone {
        DuePassword::None => false,
        DuePassword::SetByOthers => user.password_change_due,
        DuePassword::Expired => is_change_due(state, user, now),
    }
}

impl FlowStep<'_> {
    /// Asks for the password somebody has and a new one, twice.
    pub(crate) fn ask_new_password(
        &mut self,
        user: &User,
        complaint: Option<Complaint>,
    ) -> Response<Body> {
        self.comes_to(Progress::NewPassword {
            user_id: user.id.clone(),
        });
        renewal::new_password(&self.frame, &user.upn, complaint)
    }

    /// A step on that page.
    pub(crate) fn new_password_step(&mut self, user_id: &str, params: &Params) -> Response<Body> {
        let Some(user) = self.user(user_id) else {
            return self.account_page("", Some(50034));
        };
        let Some(new) = params.of("newpasswd") else {
            return self.ask_new_password(&user, None);
        };
        let current = params.of("currentpasswd").unwrap_or_default();
        // Guessing here counts like guessing on the page before.
        if let Some(number) = password_refusal(self.state, self.tenant.now(), &user, current) {
            let number = if number == 50126 { 120_000 } else { number };
            return self.complain(&user, number);
        }
        if params.of("confirmnewpasswd") != Some(new) {
            return self.ask_new_password(&user, Some(Complaint::Different));
        }
        if let Some(number) = self.new_password_refusal(&user, new) {
            return self.complain(&user, number);
        }
        self.set_new_password(&user, new)
    }

    fn complain(&mut self, user: &User, number: u32) -> Response<Body> {
        let complaint = Aadsts::of(number).map(Complaint::Numbered);
        self.ask_new_password(user, complaint)
    }

    fn new_password_refusal(&self, user: &User, new: &str) -> Option<u32> {
        if let Some(entry) = self.set_refusal(RefusalStage::NewPassword, &user.upn) {
            return Some(entry.number);
        }
        let local = user.upn.split('@').next().unwrap_or_default();
        let lower = new.to_lowercase();
        let names = [local, user.given_name.as_str(), user.surname.as_str()];
        let named = |name: &&str| name.len() > 3 && lower.contains(&name.to_lowercase());
        let fails = user.synced && (user.write_back_fails || self.state.flags.write_back_fails);
        if !acceptable(new) || new == user.password {
            Some(120_002)
        } else if names.iter().any(named) {
            Some(120_003)
        } else {
            fails.then_some(120_015)
        }
    }

    fn set_new_password(&mut self, user: &User, new: &str) -> Response<Body> {
        let now = self.tenant.now();
        if let Some(held) = self.state.directory.user_mut(&user.id) {
            new.clone_into(&mut held.password);
            held.password_changed = now;
            held.password_change_due = false;
        }
        self.state
            .grants
            .end_those(&user.id, |proof| *proof == FirstFactor::Password);
        let activity = Activity::ChangePassword;
        self.state
            .note(now, &user.id, activity, &user.id, String::new());
        match self.user(&user.id) {
            Some(user) => self.proven(CompletedSignIn::new(&user, FirstFactor::Password, now)),
            None => self.account_page("", Some(50034)),
        }
    }
}
