//! Who calls Graph, with what right.

use axum::http::HeaderMap;

use crate::directory::User;
use crate::directory::roles::Role;
use crate::graph::error::Problem;
use crate::params::header_text;
use crate::state::{Inner, Tenant};

/// A delegated caller: a person through an app.
pub(crate) struct Caller {
    pub(crate) user_id: String,
    pub(crate) roles: Vec<Role>,
    scopes: Vec<String>,
}

impl Caller {
    /// The caller the bearer token means.
    pub(crate) fn of(tenant: &Tenant, state: &Inner, headers: &HeaderMap) -> Result<Self, Problem> {
        let bearer =
            header_text(headers, "authorization").and_then(|value| value.strip_prefix("Bearer "));
        let token = bearer.map(str::trim).filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| Problem::bad_token("Access token is empty."))?;
        let access = state.grants.access.get(token).ok_or_else(|| {
            Problem::bad_token(
                "IDX14100: JWT is not well formed or its signature cannot be validated.",
            )
        })?;
        let alive = access
            .signed_in
            .bound(&state.directory, &state.switches)
            .is_some();
        if tenant.now() >= access.expires || !alive {
            return Err(Problem::bad_token(
                "Lifetime validation failed, the token is expired.",
            ));
        }
        let user = state
            .directory
            .user(&access.signed_in.user_id)
            .ok_or_else(|| {
                Problem::bad_token("The identity of the calling user could not be established.")
            })?;
        Ok(Self {
            user_id: user.id.clone(),
            roles: user.roles.clone(),
            scopes: access.scopes.clone(),
        })
    }

    /// Passes when one of the scopes was granted.
    pub(crate) fn needs(&self, any_of: &[&str], otherwise: fn() -> Problem) -> Result<(), Problem> {
        let held = |scope: &&str| {
            self.scopes
                .iter()
                .any(|have| have.eq_ignore_ascii_case(scope))
        };
        if any_of.iter().any(held) {
            Ok(())
        } else {
            Err(otherwise())
        }
    }

    /// Whether that person is the caller.
    pub(crate) fn is(&self, user: &User) -> bool {
        self.user_id == user.id
    }
}
