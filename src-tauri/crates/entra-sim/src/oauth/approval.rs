//! The phone: number matching as the only proof or as the second one, and the code its app shows.

use axum::body::Body;
use axum::http::Response;
use jiff::Timestamp;
use rand::RngExt;
use sha2::{Digest, Sha256};

use crate::directory::User;
use crate::directory::methods::{Authenticator, Method};
use crate::oauth::flow_step::FlowStep;
use crate::oauth::grants::{Approval, CompletedSignIn, FirstFactor, Progress};
use crate::oauth::new_password::meets_phone_sign_in;
use crate::oauth::pages::{self, entry};
use crate::oauth::refusals::row::Aadsts;
use crate::oauth::sign_in::has_phone_sign_in;
use crate::params::Params;

/// How long one code lasts, and how far off it may be entered.
const CODE_S: i64 = 30;

/// The code somebody's app shows at an instant. It is made from the object id: a stand-in, no secret.
pub(crate) fn code_at(user_id: &str, now: Timestamp) -> String {
    code(user_id, now.as_second().div_euclid(CODE_S))
}

fn code(user_id: &str, step: i64) -> String {
    let digest = Sha256::digest(format!("{user_id}|{step}"));
    let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    format!("{:06}", number % 1_000_000)
}

impl FlowStep<'_> {
    /// Shows a number to type on the phone; after a password it is the second proof.
    pub(crate) fn ask_phone(
        &mut self,
        user: &User,
        first: Option<CompletedSignIn>,
    ) -> Response<Body> {
        if first.is_none() && !has_phone_sign_in(user) {
            return self.account_page("", None);
        }
        let number = self.state.rng.random_range(10..100);
        let asked = self.tenant.now();
        let approvals = &mut self.state.grants.approvals;
        approvals.retain(|approval| approval.user_id != user.id);
        approvals.push(Approval {
            flow: self.frame.flow_token.clone(),
            user_id: user.id.clone(),
            number,
            approved: None,
            denied: false,
            entry: None,
            asked,
        });
        let page = self.approval_page(user, number, first.as_ref());
        self.comes_to(Progress::Approval {
            user_id: user.id.clone(),
            number,
            first,
        });
        page
    }

    /// Whether a request of another sign-in waits unanswered, and the app is not offered because of it.
    pub(crate) fn is_phone_busy(&self, user: &User) -> bool {
        let flags = &self.state.flags.sign_in;
        let (now, life_s) = (self.tenant.now(), flags.phone_request_life_s);
        let waiting = |one: &Approval| {
            one.user_id == user.id && one.flow != self.frame.flow_token && one.waits(now, life_s)
        };
        flags.pending_request_hides_app && self.state.grants.approvals.iter().any(waiting)
    }

    /// Asks for the second proof in the way the person has.
    pub(crate) fn ask_second(&mut self, first: CompletedSignIn) -> Response<Body> {
        match self.user(&first.user_id) {
            Some(user) if has_app(&user) => self.ask_phone(&user, Some(first)),
            Some(user) => self.code_page(&user, first, None),
            None => self.account_page("", Some(50034)),
        }
    }

    /// A step while the phone is being asked.
    pub(crate) fn approval_step(
        &mut self,
        user_id: &str,
        number: u8,
        first: Option<CompletedSignIn>,
        action: &str,
        params: &Params,
    ) -> Response<Body> {
        let Some(user) = self.user(user_id) else {
            return self.account_page("", Some(50034));
        };
        if params.of("poll").is_some() {
            return self.answered_yet(&user, number, first.as_ref());
        }
        match (action, first) {
            ("use_code", Some(first)) => self.code_page(&user, first, None),
            ("use_password", None) => {
                let user_id = user.id.clone();
                self.comes_to(Progress::Named { user_id });
                entry::password(&self.frame, &user.upn, &[], None)
            }
            ("use_pass", None) => {
                let user_id = user.id.clone();
                self.comes_to(Progress::Named { user_id });
                entry::pass(&self.frame, &user.upn, &[], None)
            }
            ("use_app", None) => self.ask_phone(&user, None),
            (_, None) if params.of("passwd").is_some() => {
                self.check_password(&user, params.of("passwd").unwrap_or_default())
            }
            (_, first) => self.waiting(&user, number, first),
        }
    }

    /// A step while the app's code is asked for.
    pub(crate) fn code_step(
        &mut self,
        first: CompletedSignIn,
        action: &str,
        params: &Params,
    ) -> Response<Body> {
        let Some(user) = self.user(&first.user_id) else {
            return self.account_page("", Some(50034));
        };
        if action == "use_app" && has_app(&user) {
            return self.ask_phone(&user, Some(first));
        }
        let step = self.tenant.now().as_second().div_euclid(CODE_S);
        let typed = params.trimmed("otc").replace(' ', "");
        if (step - 1..=step + 1).any(|step| code(&user.id, step) == typed) {
            return self.proven(first.confirmed());
        }
        self.code_page(&user, first, Some(500_121))
    }

    fn waiting(
        &mut self,
        user: &User,
        number: u8,
        first: Option<CompletedSignIn>,
    ) -> Response<Body> {
        let flow = self.frame.flow_token.clone();
        let (now, life_s) = (
            self.tenant.now(),
            self.state.flags.sign_in.phone_request_life_s,
        );
        let approvals = &mut self.state.grants.approvals;
        // One that nobody answered in time is as good as none.
        approvals.retain(|one| one.approved.is_some() || one.waits(now, life_s));
        let answer = approvals.iter().find(|approval| approval.flow == flow);
        let denied = answer.is_some_and(|approval| approval.denied);
        let entry = answer.and_then(|approval| approval.entry.clone());
        let entry = entry.or_else(|| latest_entry(user));
        match (answer.map(|approval| approval.approved), first) {
            (Some(None), first) => self.approval_page(user, number, first.as_ref()),
            (Some(Some(true)), first) => {
                approvals.retain(|approval| approval.flow != flow);
                match first {
                    Some(first) => self.proven(first.confirmed().answered_by(entry)),
                    None if meets_phone_sign_in(self.state, user, now) => {
                        self.ask_new_password(user, None)
                    }
                    None => {
                        let one = CompletedSignIn::new(user, FirstFactor::Phone, now);
                        self.proven(one.answered_by(entry))
                    }
                }
            }
            (Some(Some(false)) | None, Some(first)) => {
                approvals.retain(|approval| approval.flow != flow);
                self.code_page(user, first, Some(500_121))
            }
            // The answer stays, so that loading the page again asks the phone for nothing.
            (Some(Some(false)), None) if denied => entry::denied(&self.frame, &user.upn),
            (Some(Some(false)) | None, None) => self.account_given(&user.upn),
        }
    }

    /// The same page while the phone is being asked, else one that only says so: nothing goes on by this.
    fn answered_yet(
        &self,
        user: &User,
        number: u8,
        first: Option<&CompletedSignIn>,
    ) -> Response<Body> {
        let life_s = self.state.flags.sign_in.phone_request_life_s;
        let (now, flow) = (self.tenant.now(), &self.frame.flow_token);
        let mut approvals = self.state.grants.approvals.iter();
        if approvals.any(|one| one.flow == *flow && one.waits(now, life_s)) {
            return self.approval_page(user, number, first);
        }
        let language = self.frame.language;
        let answered = language.pick("応答がありました。", "It was answered.");
        pages::notice(language, &self.frame.client, answered)
    }

    fn approval_page(
        &self,
        user: &User,
        number: u8,
        first: Option<&CompletedSignIn>,
    ) -> Response<Body> {
        let language = self.frame.language;
        let other = match first {
            Some(_) => entry::use_code(language),
            None => ("use_password", entry::use_password(language)),
        };
        entry::approval(&self.frame, &user.upn, number, other)
    }

    fn code_page(
        &mut self,
        user: &User,
        first: CompletedSignIn,
        complaint: Option<u32>,
    ) -> Response<Body> {
        self.comes_to(Progress::SecondFactor(first));
        let mut other = Vec::new();
        if has_app(user) {
            other.push(("use_app", entry::use_app(self.frame.language)));
        }
        entry::code(
            &self.frame,
            &user.upn,
            &other,
            complaint.and_then(Aadsts::of),
        )
    }
}

/// The entry that answers where nobody says which: the last one set up for phone sign-in, else the last one.
fn latest_entry(user: &User) -> Option<String> {
    let since = |entry: &&Authenticator| entry.phone_sign_in.as_ref().map(|phone| phone.created);
    let latest = user.authenticators().max_by_key(since)?;
    Some(latest.id.clone())
}

fn has_app(user: &User) -> bool {
    user.methods.iter().any(|method| match method {
        Method::Authenticator(_) => true,
        Method::Password { .. } | Method::Phone { .. } | Method::Fido2(_) => false,
    })
}
