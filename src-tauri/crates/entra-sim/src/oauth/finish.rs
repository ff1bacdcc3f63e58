//! From a proof to its end: what is lacking, consent, "stay signed in?", and the answer.

use axum::body::Body;
use axum::http::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::flags::RedirectFault;
use crate::oauth::access_decision::{Lack, lack, may_consent_for_all};
use crate::oauth::clients::AUTHENTICATOR;
use crate::oauth::flags::{PasskeyOffer, RefusalTo};
use crate::oauth::flow_step::FlowStep;
use crate::oauth::grants::{Asked, CompletedSignIn, Goal, Progress};
use crate::oauth::pages::{after, device};
use crate::oauth::redirect;
use crate::oauth::refusals::Refusal;
use crate::params::Params;
use crate::state::{random_guid, random_token};

/// `client_info`: who signed in, for clients that keep several accounts.
pub(crate) fn client_info(user_id: &str, tenant_id: &str) -> String {
    URL_SAFE_NO_PAD.encode(json!({"uid": user_id, "utid": tenant_id}).to_string())
}

impl FlowStep<'_> {
    /// Goes on with somebody who has proven who they are.
    pub(crate) fn proven(&mut self, signed_in: CompletedSignIn) -> Response<Body> {
        let Some(flow) = self.flow().cloned() else {
            return self.account_page("", None);
        };
        let upn = self.upn(&signed_in);
        match lack(self.state, &flow, &signed_in) {
            Some(Lack::Refused(refusal)) => self.refused(&flow.goal, &upn, &refusal),
            Some(Lack::SecondFactor) => self.ask_second(signed_in),
            Some(Lack::PhoneSignIn) => match self.user(&signed_in.user_id) {
                Some(user) => self.ask_phone(&user, None),
                None => self.account_page("", Some(50034)),
            },
            Some(Lack::Consent(scopes)) => {
                let user = self.user(&signed_in.user_id);
                let for_all = user.is_some_and(|user| may_consent_for_all(&user));
                self.comes_to(Progress::Consent(signed_in));
                after::consent(&self.frame, &upn, &scopes, for_all)
            }
            Some(Lack::AdministratorsConsent)
                if self.state.flags.sign_in.policy_refusal_to == RefusalTo::Client =>
            {
                self.refused(&flow.goal, &upn, &Refusal::numbered(90094))
            }
            Some(Lack::AdministratorsConsent) => {
                self.comes_to(Progress::Account);
                after::admin_consent(&self.frame, &upn)
            }
            None => match flow.goal {
                Goal::Code(_) => self.stay_or_deliver(signed_in),
                Goal::Device { .. } => {
                    self.comes_to(Progress::ConfirmDevice(signed_in));
                    device::confirm(&self.frame, &upn)
                }
            },
        }
    }

    /// A step on the consent page.
    pub(crate) fn consent_step(
        &mut self,
        signed_in: CompletedSignIn,
        action: &str,
        params: &Params,
    ) -> Response<Body> {
        let Some(flow) = self.flow().cloned() else {
            return self.account_page("", None);
        };
        if action != "accept" {
            return self.proven(signed_in);
        }
        let scopes = crate::oauth::scopes::lacking_of_all(flow.goal.scope(), "");
        let user = self.user(&signed_in.user_id);
        let administers = user.is_some_and(|user| may_consent_for_all(&user));
        let client_id = flow.goal.client_id().to_owned();
        if administers && params.of("AdminConsent").is_some() {
            self.consent_for_all(&client_id, &scopes);
        }
        let key = (client_id, signed_in.user_id.clone());
        self.state
            .grants
            .consents
            .entry(key)
            .or_default()
            .extend(scopes);
        if let Some(flow) = self.state.grants.flows.get_mut(&self.frame.flow_token) {
            flow.consented = true;
        }
        self.proven(signed_in)
    }

    /// A step on "Stay signed in?".
    pub(crate) fn stay_step(&mut self, signed_in: CompletedSignIn, action: &str) -> Response<Body> {
        if let Some(flow) = self.state.grants.flows.get_mut(&self.frame.flow_token) {
            flow.stay = Some(action == "yes");
        }
        self.stay_or_deliver(signed_in)
    }

    /// A step on the offer of a passkey.
    pub(crate) fn passkey_step(
        &mut self,
        signed_in: CompletedSignIn,
        action: &str,
    ) -> Response<Body> {
        let skippable = self.state.flags.sign_in.passkey_offer != PasskeyOffer::Enforced;
        match action {
            "skip" if skippable => {
                if let Some(flow) = self.state.grants.flows.get_mut(&self.frame.flow_token) {
                    flow.skipped_passkey = true;
                }
                self.stay_or_deliver(signed_in)
            }
            "next" => after::passkey_setup(&self.frame, &self.upn(&signed_in)),
            _ => after::passkey_offer(&self.frame, &self.upn(&signed_in), skippable),
        }
    }

    /// Sends a code to the client for a completed sign-in.
    pub(crate) fn deliver_code(
        &mut self,
        asked: Asked,
        signed_in: CompletedSignIn,
    ) -> Response<Body> {
        let mut fields = Vec::new();
        let user_id = signed_in.user_id.clone();
        let now = self.tenant.now();
        let code = self.state.grants.issue_code(asked.clone(), signed_in, now);
        fields.push(("code", code));
        if asked.wants_client_info {
            fields.push(("client_info", client_info(&user_id, &self.tenant.id)));
        }
        let stated = asked.state.clone().map(|state| ("state", state));
        match self.state.flags.redirect_fault {
            RedirectFault::None => fields.extend(stated),
            RedirectFault::WrongState => fields.push(("state", random_token())),
            RedirectFault::NoState => {}
            RedirectFault::WrongIssuer => {
                fields.extend(stated);
                fields.push(("iss", "https://elsewhere.invalid/v2.0".to_owned()));
            }
        }
        fields.push(("session_state", random_guid()));
        let language = self.frame.language;
        redirect::answer(&asked.redirect_uri, asked.mode, &fields, language)
    }

    /// Ends the flow and signs the browser in.
    pub(crate) fn end(
        &mut self,
        signed_in: CompletedSignIn,
        answer: impl FnOnce(&mut Self) -> Response<Body>,
    ) -> Response<Body> {
        let flow = self.state.grants.flows.remove(&self.frame.flow_token);
        let stay = flow.as_ref().and_then(|flow| flow.stay).unwrap_or(false);
        if let Some(flow) = flow {
            let CompletedSignIn { user_id, proof, .. } = &signed_in;
            self.state.note_sign_in(&signed_in, flow.goal.client_id());
            self.state
                .grants
                .last_proofs
                .insert(user_id.clone(), proof.clone());
        }
        let response = answer(self);
        self.remember(signed_in, stay, response)
    }

    fn stay_or_deliver(&mut self, signed_in: CompletedSignIn) -> Response<Body> {
        let Some(flow) = self.flow().cloned() else {
            return self.account_page("", None);
        };
        let known = self
            .sessions()
            .iter()
            .any(|one| one.user_id == signed_in.user_id && one.at == signed_in.at);
        // An app on the phone has no browser session to keep.
        let in_browser = flow.goal.client_id() != AUTHENTICATOR;
        let flags = &self.state.flags.sign_in;
        let asks = flags.kmsi_page && !known && in_browser;
        let offers = flags.passkey_offer != PasskeyOffer::Never && !known && in_browser;
        match flow.goal {
            Goal::Code(_) if offers && signed_in.is_strong() && !flow.skipped_passkey => {
                self.comes_to(Progress::PasskeyOffer(signed_in.clone()));
                self.passkey_step(signed_in, "")
            }
            Goal::Code(_) if asks && flow.stay.is_none() => {
                let upn = self.upn(&signed_in);
                self.comes_to(Progress::StaySignedIn(signed_in));
                after::stay_signed_in(&self.frame, &upn)
            }
            Goal::Code(asked) => self.end(signed_in.clone(), |step| {
                step.deliver_code(asked, signed_in)
            }),
            Goal::Device { device_code, .. } => self.approve_device(&device_code, signed_in),
        }
    }

    fn refused(&mut self, goal: &Goal, upn: &str, refusal: &Refusal) -> Response<Body> {
        match (goal, self.state.flags.sign_in.policy_refusal_to) {
            (Goal::Code(asked), RefusalTo::Client) => {
                let refusal = Refusal {
                    error: "access_denied",
                    ..refusal.clone()
                };
                self.tell_client(asked, &refusal)
            }
            (Goal::Code(_), RefusalTo::Page) => {
                self.comes_to(Progress::Account);
                after::blocked(&self.frame, upn, refusal)
            }
            (Goal::Device { device_code, .. }, _) => {
                self.refuse_device(device_code, refusal);
                self.comes_to(Progress::Account);
                after::blocked(&self.frame, upn, refusal)
            }
        }
    }

    fn consent_for_all(&mut self, client_id: &str, scopes: &[String]) {
        let all = scopes.join(" ");
        let clients = &mut self.state.clients;
        let mut client = clients.iter_mut().find(|client| client.id == client_id);
        if let Some(client) = &mut client {
            client.tenant_wide_consent = true;
        }
        match client.and_then(|client| client.consented.as_mut()) {
            Some(consented) => *consented = format!("{consented} {all}"),
            None => {
                let consented = &mut self.state.flags.consented_scopes;
                *consented = format!("{consented} {all}");
            }
        }
    }

    fn upn(&self, signed_in: &CompletedSignIn) -> String {
        let user = self.state.directory.user(&signed_in.user_id);
        user.map(|user| user.upn.clone()).unwrap_or_default()
    }
}
