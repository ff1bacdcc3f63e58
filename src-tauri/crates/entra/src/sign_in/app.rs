//! Signing an app in by itself: nobody is asked, and what it may do was granted to it.

use std::sync::Arc;

use uuid::Uuid;

use super::discovery;
use crate::app_key::AppKey;
use crate::client::Client;
use crate::error::{SignInError, SignInErrorKind};
use crate::session::Session;
use crate::token::TokenEndpoint;

impl Client {
    /// Signs the app in with its certificate (`client_credentials`). The session renews itself by the same.
    ///
    /// # Errors
    /// [`SignInError`] with the kind of refusal.
    pub async fn sign_in_as_app(&self, key: AppKey) -> Result<Session, SignInError> {
        let id = Uuid::new_v4().to_string();
        let tenant = &self.0;
        let authority = discovery::read(tenant, &id).await?;
        let endpoint = TokenEndpoint {
            tenant,
            address: &authority.token_endpoint,
            client_request_id: &id,
        };
        match endpoint.as_app(&key).await {
            Ok(answer) => Ok(Session::of_app(
                Arc::clone(tenant),
                key,
                authority.token_endpoint,
                answer,
            )),
            Err(fault) => {
                let mut support = tenant.support(id);
                support.request_id.clone_from(&fault.request_id);
                support.status = fault.status;
                support.refusal = fault.kind.refusal();
                Err(SignInError {
                    kind: SignInErrorKind::from(&fault.kind),
                    support,
                    source: Some(Box::new(fault)),
                })
            }
        }
    }

    /// What time it is: as the service told it in its answers, else as this machine says. Unix milliseconds.
    pub fn now_unix_ms(&self) -> i64 {
        self.0.http.clock().now_unix_ms()
    }
}
