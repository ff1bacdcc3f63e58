//! The sign-in itself: account, then pass, password or phone, then back to the client.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use crate::clock::after_seconds;
use crate::directory::User;
use crate::directory::methods::{Method, Usability};
use crate::listen::Base;
use crate::oauth::authorize::on_page;
use crate::oauth::flow_step::FlowStep;
use crate::oauth::grants::{CompletedSignIn, FirstFactor, Flow, Goal, Progress};
use crate::oauth::pages::{self, PageLanguage, entry};
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::RefusalStage;
use crate::params::Params;
use crate::state::Tenant;

/// How long a sign-in's pages stay good; Entra does not say.
const FLOW_LIFE_S: i64 = 3_600;

/// `/login`: every step of the pages.
pub(crate) async fn login(
    State(tenant): State<Arc<Tenant>>,
    Path(_): Path<String>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let language = PageLanguage::of(&params, &headers);
    let flow_token = params.trimmed("flowToken").to_owned();
    let mut state = tenant.lock();
    let Some(flow) = state.grants.flows.get(&flow_token).cloned() else {
        let text =
            "The sign-in session is not known or has ended. Start again from the application.";
        let refusal = Refusal::new("invalid_request", 90_014, text);
        return on_page(&tenant, language, &refusal);
    };
    if tenant.now() >= after_seconds(flow.started, FLOW_LIFE_S) {
        state.grants.flows.remove(&flow_token);
        return on_page(&tenant, language, &Refusal::numbered(50089));
    }
    let mut step = FlowStep::new(&tenant, &base, &mut state, language, &headers);
    step.belongs_to(flow_token, flow.goal.client_id());
    take(step, flow, &params)
}

fn take(mut step: FlowStep<'_>, flow: Flow, params: &Params) -> Response<Body> {
    let action = params.of("action").unwrap_or_default();
    match action {
        "cancel" => return step.cancelled(),
        "other" => return step.account_page("", None),
        _ => {}
    }
    if action == "account" || action.starts_with("account:") {
        return step.go_on_with_session(action.strip_prefix("account:"));
    }
    match flow.progress {
        Progress::Account => step.account_typed(params),
        Progress::Named { user_id } => step.secret_typed(&user_id, action, params),
        Progress::Approval {
            user_id,
            number,
            first,
        } => step.approval_step(&user_id, number, first, action, params),
        Progress::NewPassword { user_id } => step.new_password_step(&user_id, params),
        Progress::SecondFactor(first) => step.code_step(first, action, params),
        Progress::Consent(signed_in) => step.consent_step(signed_in, action, params),
        Progress::StaySignedIn(signed_in) => step.stay_step(signed_in, action),
        Progress::PasskeyOffer(signed_in) => step.passkey_step(signed_in, action),
        Progress::ConfirmDevice(signed_in) => step.confirm_step(signed_in, action),
    }
}

impl FlowStep<'_> {
    /// Goes on from a typed or hinted account to what it can sign in with.
    pub(crate) fn account_given(&mut self, typed: &str) -> Response<Body> {
        let typed = typed.trim();
        if let Some(entry) = self.set_refusal(RefusalStage::Account, typed) {
            return self.account_page(typed, Some(entry.number));
        }
        let Some(user) = self.user(typed) else {
            return self.account_page(typed, Some(50034));
        };
        self.comes_to(Progress::Named {
            user_id: user.id.clone(),
        });
        let usable = self.pass_usability(&user) == Some(Usability::EnabledByPolicy);
        // A usable pass outranks everything else; a spent one is still asked for where nothing better exists.
        if self.is_pass_asked_for(&user) && (usable || !has_phone_sign_in(&user)) {
            let other = [("use_password", entry::use_password(self.frame.language))];
            entry::pass(&self.frame, &user.upn, &other, None)
        } else if self.is_phone_busy(&user) {
            entry::password(&self.frame, &user.upn, &[], None)
        } else if has_phone_sign_in(&user) && self.asks_password_again(&user) {
            let other = [("use_app", entry::use_app(self.frame.language))];
            entry::password(&self.frame, &user.upn, &other, None)
        } else if has_phone_sign_in(&user) {
            self.ask_phone(&user, None)
        } else {
            entry::password(&self.frame, &user.upn, &[], None)
        }
    }

    /// Whether the pages know of a pass: of one that expired for a while only.
    pub(crate) fn is_pass_asked_for(&self, user: &User) -> bool {
        let prompted_s = i64::from(self.state.flags.sign_in.tap_prompted_s);
        let now = self.tenant.now();
        user.tap()
            .is_some_and(|tap| now < after_seconds(tap.end(), prompted_s))
    }

    /// Whether the page asks for the password though the phone would do: always, or because the last sign-in
    /// used it (S35).
    fn asks_password_again(&self, user: &User) -> bool {
        let flags = &self.state.flags;
        if flags.sign_in.password_first {
            return true;
        }
        flags.password_asked_again
            && self.state.grants.last_proofs.get(&user.id) == Some(&FirstFactor::Password)
    }

    fn account_typed(&mut self, params: &Params) -> Response<Body> {
        match params.of("loginfmt") {
            Some(account) => self.account_given(account),
            None => self.account_page("", None),
        }
    }

    fn secret_typed(&mut self, user_id: &str, action: &str, params: &Params) -> Response<Body> {
        let Some(user) = self.user(user_id) else {
            return self.account_page("", Some(50034));
        };
        match action {
            "use_password" => return entry::password(&self.frame, &user.upn, &[], None),
            "use_pass" => return entry::pass(&self.frame, &user.upn, &[], None),
            "use_app" => return self.ask_phone(&user, None),
            _ => {}
        }
        match (
            params.of("passwd"),
            params.of("accesspass"),
            params.of("loginfmt"),
        ) {
            (Some(password), _, _) => self.check_password(&user, password),
            (None, Some(pass), _) => self.check_pass(&user, pass),
            (None, None, Some(account)) => self.account_given(account),
            (None, None, None) => self.account_given(&user.upn),
        }
    }

    /// Ends the sign-in because the person wants so.
    fn cancelled(&mut self) -> Response<Body> {
        let language = self.frame.language;
        match self.goal() {
            Some(Goal::Code(asked)) => {
                self.state.grants.flows.remove(&self.frame.flow_token);
                pages::cancelled(&asked, language)
            }
            Some(Goal::Device { device_code, .. }) => self.decline_device(&device_code),
            None => self.account_page("", None),
        }
    }

    fn go_on_with_session(&mut self, id: Option<&str>) -> Response<Body> {
        let sessions = self.sessions();
        let chosen = match id {
            Some(id) => sessions.into_iter().find(|one| one.user_id == id),
            None => sessions.into_iter().next(),
        };
        match chosen {
            Some(signed_in) => self.proven(signed_in),
            None => self.account_page("", None),
        }
    }

    /// What the policy says of somebody's pass.
    pub(crate) fn pass_usability(&self, user: &User) -> Option<Usability> {
        let in_scope = self.state.directory.in_tap_scope(user);
        let now = self.tenant.now();
        Some(user.tap()?.usability(&self.state.flags, in_scope, now))
    }

    /// Notes who has signed in with this browser and answers with `response`.
    pub(crate) fn remember(
        &mut self,
        signed_in: CompletedSignIn,
        stay: bool,
        mut response: Response<Body>,
    ) -> Response<Body> {
        let grants = &mut self.state.grants;
        let name = super::session::join(grants, self.browser.as_deref(), signed_in);
        super::session::set(&mut response, &name, stay);
        response
    }
}

/// Whether somebody's Authenticator is registered for phone sign-in.
pub(crate) fn has_phone_sign_in(user: &User) -> bool {
    user.methods.iter().any(|method| match method {
        Method::Authenticator(entry) => entry.phone_sign_in.is_some(),
        Method::Password { .. } | Method::Phone { .. } | Method::Fido2(_) => false,
    })
}
