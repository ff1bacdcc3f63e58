//! Who calls Graph, with what right.

use axum::http::HeaderMap;

use crate::directory::roles::Role;
use crate::directory::{Directory, User};
use crate::graph::error::ODataError;
use crate::oauth::grants::Holder;
use crate::params::bearer;
use crate::state::{Inner, Tenant};

/// A kind of authentication method as the scopes divide them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// The whole list and paths by id alone: no scope for a single family reaches them.
    Any,
    Tap,
    MicrosoftAuthApp,
    Passkey,
    Password,
    Phone,
    Email,
    SoftwareOath,
    WindowsHello,
    PlatformCred,
}

impl Family {
    /// The family's part of a scope's name.
    fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Any => return None,
            Self::Tap => "TAP",
            Self::MicrosoftAuthApp => "MicrosoftAuthApp",
            Self::Passkey => "Passkey",
            Self::Password => "Password",
            Self::Phone => "Phone",
            Self::Email => "Email",
            Self::SoftwareOath => "SoftwareOATH",
            Self::WindowsHello => "WindowsHello",
            Self::PlatformCred => "PlatformCred",
        })
    }
}

/// What is done with a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MethodAccess {
    Read,
    Write,
}

/// Who calls: a person through an app, or an app alone.
pub(crate) struct Caller {
    /// Object id of the person or of the app's service principal.
    pub(crate) user_id: String,
    /// What the caller's roles reach. An app needs none beside its permission, so it has the widest.
    pub(crate) roles: Vec<Role>,
    scopes: Vec<String>,
    /// What is assigned to an app that calls alone.
    app: Option<Assigned>,
}

/// Roles of an app's service principal.
struct Assigned {
    roles: Vec<Role>,
    /// The administrative unit they are limited to, by name or id.
    over: Option<String>,
}

impl Caller {
    /// The caller the bearer token means.
    pub(crate) fn of(
        tenant: &Tenant,
        state: &Inner,
        headers: &HeaderMap,
    ) -> Result<Self, ODataError> {
        let token =
            bearer(headers).ok_or_else(|| ODataError::bad_token("Access token is empty."))?;
        let access = state.grants.access.get(token).ok_or_else(|| {
            ODataError::bad_token(
                "IDX14100: JWT is not well formed or its signature cannot be validated.",
            )
        })?;
        let over = || ODataError::bad_token("Lifetime validation failed, the token is expired.");
        if tenant.now() >= access.expires {
            return Err(over());
        }
        let unknown =
            || ODataError::bad_token("The identity of the calling user could not be established.");
        let scopes = access.scopes.clone();
        match &access.holder {
            Holder::Person(signed_in) => {
                let alive = signed_in.bound(&state.directory, &state.flags);
                alive.ok_or_else(over)?;
                let user = state.directory.user(&signed_in.user_id);
                let user = user.ok_or_else(unknown)?;
                let mut roles = state.directory.active_roles(user);
                if !state.flags.sign_in.roles_count_at_once {
                    roles.retain(|role| access.roles.contains(role));
                }
                Ok(Self {
                    user_id: user.id.clone(),
                    roles,
                    scopes,
                    app: None,
                })
            }
            Holder::App => {
                let mut clients = state.clients.iter();
                let client = clients.find(|client| client.id == access.client_id);
                let client = client.ok_or_else(unknown)?;
                Ok(Self {
                    user_id: client.principal_id(),
                    roles: vec![Role::GlobalAdministrator],
                    scopes,
                    app: Some(Assigned {
                        roles: client.roles.clone(),
                        over: client.roles_over.clone(),
                    }),
                })
            }
        }
    }

    /// Whether it is an app without a person.
    pub(crate) fn is_app(&self) -> bool {
        self.app.is_some()
    }

    /// The roles that count where an app's permission alone is not enough.
    pub(crate) fn assigned_roles(&self) -> &[Role] {
        self.app.as_ref().map_or(&self.roles, |app| &app.roles)
    }

    /// Those of them that reach this person: a role over an administrative unit is for its members alone.
    pub(crate) fn roles_reaching(&self, directory: &Directory, user: &User) -> &[Role] {
        let over = self.app.as_ref().and_then(|app| app.over.as_deref());
        let within = over.is_none_or(|unit| {
            let mut units = directory.units_of(user);
            units.any(|held| held.id.eq_ignore_ascii_case(unit) || held.display_name == unit)
        });
        if within { self.assigned_roles() } else { &[] }
    }

    /// Whether one of the scopes was granted.
    pub(crate) fn holds(&self, any_of: &[&str]) -> bool {
        let held = |scope: &&str| {
            self.scopes
                .iter()
                .any(|have| have.eq_ignore_ascii_case(scope))
        };
        any_of.iter().any(held)
    }

    /// Passes when one of the scopes was granted.
    pub(crate) fn needs(
        &self,
        any_of: &[&str],
        otherwise: fn() -> ODataError,
    ) -> Result<(), ODataError> {
        if self.holds(any_of) {
            Ok(())
        } else {
            Err(otherwise())
        }
    }

    /// Whether a scope granted allows `access` to methods of that family, of oneself or of others.
    ///
    /// There is a scope for each family (`UserAuthMethod-TAP.Read.All`) and one above them all
    /// (`UserAuthenticationMethod.Read.All`); without `.All` they are for oneself.
    pub(crate) fn may_touch(&self, family: Family, access: MethodAccess, own: bool) -> bool {
        self.scopes.iter().any(|scope| {
            let rest = strip(scope, "UserAuthenticationMethod.").or_else(|| {
                let rest = strip(scope, "UserAuthMethod-")?;
                strip(rest, family.word()?)?.strip_prefix('.')
            });
            let Some(rest) = rest else {
                return false;
            };
            let of_all = strip(rest, "ReadWrite.All").is_some()
                || (access == MethodAccess::Read && strip(rest, "Read.All").is_some());
            let of_own = rest.eq_ignore_ascii_case("ReadWrite")
                || (access == MethodAccess::Read && rest.eq_ignore_ascii_case("Read"));
            of_all || (own && of_own)
        })
    }

    /// Whether that person is the caller.
    pub(crate) fn is(&self, user: &User) -> bool {
        self.user_id == user.id
    }
}

/// What follows `prefix`, in whatever case it is written.
fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scope: &str, family: Family, access: MethodAccess, own: bool, expected: bool) {
        let caller = Caller {
            user_id: String::new(),
            roles: Vec::new(),
            scopes: vec![scope.to_owned()],
            app: None,
        };
        assert_eq!(
            caller.may_touch(family, access, own),
            expected,
            "{scope} for {access:?} of {family:?}, own {own}"
        );
    }

    #[test]
    fn scopes_reach_as_far_as_published() {
        use Family::{Any, MicrosoftAuthApp, Tap};
        use MethodAccess::{Read, Write};
        check("UserAuthMethod-TAP.Read.All", Tap, Read, false, true);
        check("userauthmethod-tap.read.all", Tap, Read, false, true);
        check("UserAuthMethod-TAP.Read.All", Tap, Write, false, false);
        check("UserAuthMethod-TAP.ReadWrite.All", Tap, Read, false, true);
        check("UserAuthMethod-TAP.ReadWrite.All", Tap, Write, false, true);
        check("UserAuthMethod-TAP.Read", Tap, Read, false, false);
        check("UserAuthMethod-TAP.Read", Tap, Read, true, true);
        check(
            "UserAuthMethod-TAP.Read.All",
            MicrosoftAuthApp,
            Read,
            false,
            false,
        );
        check("UserAuthMethod-TAP.Read.All", Any, Read, false, false);
        check("UserAuthenticationMethod.Read.All", Any, Read, false, true);
        check("UserAuthenticationMethod.Read.All", Tap, Read, false, true);
        check(
            "UserAuthenticationMethod.Read.All",
            Tap,
            Write,
            false,
            false,
        );
        check(
            "UserAuthenticationMethod.ReadWrite.All",
            Tap,
            Write,
            false,
            true,
        );
        check("UserAuthenticationMethod.ReadWrite", Any, Read, true, true);
        check(
            "UserAuthenticationMethod.ReadWrite",
            Any,
            Read,
            false,
            false,
        );
        check("User.Read.All", Any, Read, true, false);
    }
}
