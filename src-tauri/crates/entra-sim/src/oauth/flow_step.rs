//! One request of a sign-in: what its pages and steps share.

use axum::body::Body;
use axum::http::{HeaderMap, Response};

use crate::directory::{DOMAINS, User};
use crate::listen::Base;
use crate::oauth::access_decision;
use crate::oauth::authorize::{Back, to_client};
use crate::oauth::grants::{Asked, CompletedSignIn, Flow, Goal, Progress};
use crate::oauth::pages::entry;
use crate::oauth::pages::{PageFrame, PageLanguage};
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::{Aadsts, RefusalStage};
use crate::oauth::session;
use crate::state::{Inner, Tenant};

/// One request of a sign-in.
pub(crate) struct FlowStep<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) state: &'a mut Inner,
    pub(crate) frame: PageFrame,
    /// The browser's session, if it has one.
    pub(crate) browser: Option<String>,
}

impl<'a> FlowStep<'a> {
    /// A step that belongs to no flow yet.
    pub(crate) fn new(
        tenant: &'a Tenant,
        base: &Base,
        state: &'a mut Inner,
        language: PageLanguage,
        headers: &HeaderMap,
    ) -> Self {
        Self {
            tenant,
            state,
            frame: PageFrame {
                language,
                action: format!("{}/{}/login", base.0, tenant.id),
                flow_token: String::new(),
                client: String::new(),
            },
            browser: session::cookie_of(headers),
        }
    }

    /// Remembers a flow; the step is its first one.
    pub(crate) fn start(&mut self, flow: Flow) {
        let client_id = flow.goal.client_id().to_owned();
        let token = self.state.grants.begin(flow);
        self.belongs_to(token, &client_id);
    }

    /// Makes this a step of that flow.
    pub(crate) fn belongs_to(&mut self, flow_token: String, client_id: &str) {
        let client = self
            .state
            .clients
            .iter()
            .find(|client| client.id == client_id);
        self.frame.client = client.map_or_else(String::new, |client| client.name.clone());
        self.frame.flow_token = flow_token;
    }

    /// The flow, while it lasts.
    pub(crate) fn flow(&self) -> Option<&Flow> {
        self.state.grants.flows.get(&self.frame.flow_token)
    }

    /// Notes how far the flow has come.
    pub(crate) fn comes_to(&mut self, progress: Progress) {
        if let Some(flow) = self.state.grants.flows.get_mut(&self.frame.flow_token) {
            flow.progress = progress;
        }
    }

    /// Those signed in with this browser whose sign-in still counts.
    pub(crate) fn sessions(&self) -> Vec<CompletedSignIn> {
        let all = self
            .browser
            .as_ref()
            .and_then(|browser| self.state.grants.sessions.get(browser));
        all.into_iter()
            .flatten()
            .filter(|one| access_decision::still_counts(self.state, one, self.tenant.now()).is_ok())
            .cloned()
            .collect()
    }

    /// Whether a session is the one the hints mean, or no hint was given.
    pub(crate) fn is_hinted(
        &self,
        one: &CompletedSignIn,
        login: Option<&str>,
        domain: Option<&str>,
    ) -> bool {
        let Some(user) = self.user(&one.user_id) else {
            return false;
        };
        let own = |domain: &&str| {
            DOMAINS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(domain))
        };
        let at_domain = domain.filter(own).is_none_or(|domain| {
            user.upn
                .rsplit_once('@')
                .is_some_and(|(_, of_user)| of_user.eq_ignore_ascii_case(domain))
        });
        at_domain && login.is_none_or(|login| login.trim().eq_ignore_ascii_case(&user.upn))
    }

    /// The person with that id or sign-in name.
    pub(crate) fn user(&self, key: &str) -> Option<User> {
        self.state.directory.user(key).cloned()
    }

    /// The refusal a switch sets for somebody at a stage.
    pub(crate) fn set_refusal(&self, stage: RefusalStage, upn: &str) -> Option<&'static Aadsts> {
        let set = &self.state.flags.sign_in.sign_in_refusals;
        set.at(&[stage], Some(upn))
    }

    /// Asks for the account; nobody is named from then on.
    pub(crate) fn account_page(&mut self, typed: &str, complaint: Option<u32>) -> Response<Body> {
        self.comes_to(Progress::Account);
        entry::account(&self.frame, typed, complaint.and_then(Aadsts::of))
    }

    /// Offers the accounts of the browser's session.
    pub(crate) fn picker(&mut self, sessions: &[CompletedSignIn]) -> Response<Body> {
        let accounts: Vec<_> = sessions
            .iter()
            .filter_map(|one| self.user(&one.user_id))
            .map(|user| (user.id, user.upn, user.display_name))
            .collect();
        entry::picker(&self.frame, &accounts)
    }

    /// Ends the flow with a refusal at the client's redirect address.
    pub(crate) fn tell_client(&mut self, asked: &Asked, refusal: &Refusal) -> Response<Body> {
        self.state.grants.flows.remove(&self.frame.flow_token);
        let back = Back {
            redirect_uri: &asked.redirect_uri,
            mode: asked.mode,
            state: asked.state.as_deref(),
            language: self.frame.language,
        };
        to_client(self.tenant, &back, refusal)
    }

    /// What the flow is for, while it lasts.
    pub(crate) fn goal(&self) -> Option<Goal> {
        self.flow().map(|flow| flow.goal.clone())
    }
}
