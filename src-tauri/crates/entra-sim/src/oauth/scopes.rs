//! Which of the scopes asked for are granted.

use crate::oauth::refusals::Refusal;

/// The outcome for one token answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Granted {
    /// Graph scopes by their short names.
    pub(crate) graph: Vec<String>,
    pub(crate) openid: bool,
    pub(crate) profile: bool,
    pub(crate) email: bool,
    pub(crate) offline: bool,
}

impl Granted {
    /// Grants what was asked for and, where there is a `bound`, consented to.
    ///
    /// Scopes come as short names or full addresses, and `.default` means everything consented.
    pub(crate) fn of(asked: &str, bound: Option<&str>) -> Self {
        let consented: Vec<&str> = bound
            .unwrap_or(asked)
            .split_whitespace()
            .map(short)
            .collect();
        let asked: Vec<&str> = asked.split_whitespace().map(short).collect();
        let everything = asked.contains(&".default");
        let wanted = |scope: &str| asked.iter().any(|asked| asked.eq_ignore_ascii_case(scope));
        let held = |scope: &str| {
            wanted(scope)
                && consented
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(scope))
        };
        let mut graph: Vec<String> = Vec::new();
        for scope in &consented {
            if is_of_resource(scope)
                && (everything || wanted(scope))
                && !graph.iter().any(|have| have == scope)
            {
                graph.push((*scope).to_owned());
            }
        }
        Self {
            graph,
            openid: held("openid"),
            profile: held("profile"),
            email: wanted("email"),
            offline: held("offline_access"),
        }
    }

    /// `scope` of the token answer: Entra leaves `offline_access` out.
    pub(crate) fn answered(&self) -> String {
        let mut all = self.graph.clone();
        if self.openid {
            all.push("openid".to_owned());
        }
        if self.profile {
            all.push("profile".to_owned());
        }
        if self.email {
            all.push("email".to_owned());
        }
        all.join(" ")
    }
}

/// The scopes asked for that nobody consented to, by their short names.
pub(crate) fn missing(asked: &str, consented: &str) -> Vec<String> {
    let held: Vec<&str> = consented.split_whitespace().map(short).collect();
    let mut missing: Vec<String> = Vec::new();
    for scope in asked
        .split_whitespace()
        .map(short)
        .filter(|scope| is_of_resource(scope))
    {
        let known = held.iter().any(|have| have.eq_ignore_ascii_case(scope))
            || missing.iter().any(|have| have.eq_ignore_ascii_case(scope));
        if !known {
            missing.push(scope.to_owned());
        }
    }
    missing
}

/// The same with those that are of no resource: a registration nobody consented to lacks even `openid`.
pub(crate) fn lacking_of_all(asked: &str, consented: &str) -> Vec<String> {
    let held = |scope: &str| {
        consented
            .split_whitespace()
            .any(|have| short(have).eq_ignore_ascii_case(scope))
    };
    let asked = asked.split_whitespace().map(short);
    asked
        .filter(|scope| *scope != ".default" && !held(scope))
        .map(str::to_owned)
        .collect()
}

/// Whether people may consent to a scope for themselves (Graph's permissions reference).
pub(crate) fn needs_administrator(scope: &str) -> bool {
    const OF_THE_PERSON: [&str; 14] = [
        "openid",
        "profile",
        "email",
        "offline_access",
        "User.Read",
        "User.ReadWrite",
        "User.ReadBasic.All",
        "People.Read",
        "Mail.Read",
        "Mail.ReadWrite",
        "Mail.Send",
        "Mail.Send.Shared",
        "Calendars.Read",
        "Contacts.Read",
    ];
    !OF_THE_PERSON
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scope))
}

/// Refuses scopes of other resources than Graph, and `.default` together with single ones.
pub(crate) fn checked(asked: &str) -> Result<(), Refusal> {
    let mut of_resource = Vec::new();
    for scope in asked.split_whitespace() {
        let resource = scope.rsplit_once('/').map(|(resource, _)| resource);
        if let Some(resource) = resource.filter(|resource| !is_graph(resource)) {
            let text = format!(
                "The resource principal named {resource} was not found in the tenant. This can happen if the application \
                 has not been installed by the administrator of the tenant or consented to by any user in the tenant."
            );
            return Err(Refusal::new("invalid_resource", 500_011, text));
        }
        if short(scope) == ".default" || is_of_resource(short(scope)) {
            of_resource.push(short(scope));
        }
    }
    if of_resource.len() > 1 && of_resource.contains(&".default") {
        let text = format!(
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter \
             'scope' is not valid. The scope {asked} is not valid. .default scope can't be combined with \
             resource-specific scopes."
        );
        return Err(Refusal::new("invalid_scope", 70011, text));
    }
    Ok(())
}

/// Graph as clients address it: its hosts in all clouds, its app id, or this tenant's own listeners.
fn is_graph(resource: &str) -> bool {
    const HOSTS: [&str; 7] = [
        "graph.microsoft.com",
        "graph.microsoft.us",
        "dod-graph.microsoft.us",
        "microsoftgraph.chinacloudapi.cn",
        "127.0.0.1",
        "localhost",
        "[::1]",
    ];
    let host = url::Url::parse(resource).ok();
    let host = host.as_ref().and_then(url::Url::host_str);
    resource == "00000003-0000-0000-c000-000000000000"
        || host.is_some_and(|host| HOSTS.contains(&host))
}

fn is_of_resource(short: &str) -> bool {
    !["openid", "profile", "offline_access", "email", ".default"].contains(&short)
}

/// The name after the resource's address, if there is one.
fn short(scope: &str) -> &str {
    scope.rsplit('/').next().unwrap_or(scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: &str, bound: Option<&str>, expected: &str) {
        assert_eq!(Granted::of(asked, bound).answered(), expected, "{asked}");
    }

    #[test]
    fn what_nobody_consented_to_is_named_once() {
        let asked = "openid https://graph.microsoft.com/Mail.Send mail.send User.Read .default";
        assert_eq!(missing(asked, "User.Read openid"), ["Mail.Send"]);
        assert!(needs_administrator("User.Read.All") && !needs_administrator("mail.send"));
    }

    #[test]
    fn other_resources_are_refused() {
        for good in [
            "openid User.Read",
            "https://graph.microsoft.com//.default openid",
            "http://127.0.0.1:4433/v1.0/.default",
            "00000003-0000-0000-c000-000000000000/User.Read",
        ] {
            assert!(checked(good).is_ok(), "{good}");
        }
        let number = |asked| checked(asked).unwrap_err().aadsts;
        assert_eq!(
            number("https://management.core.windows.net//.default"),
            500_011
        );
        assert_eq!(number(".default User.Read"), 70011);
    }

    #[test]
    fn scopes_are_the_intersection() {
        let consented = Some("User.Read User.Read.All openid profile offline_access");
        check(
            "openid profile User.Read",
            consented,
            "User.Read openid profile",
        );
        check(
            "https://graph.microsoft.com/User.Read.All",
            consented,
            "User.Read.All",
        );
        check(
            "https://127.0.0.1:4433/v1.0/user.read.all",
            consented,
            "User.Read.All",
        );
        check("Mail.Send User.Read", consented, "User.Read");
        check(
            "https://graph.microsoft.com/.default openid",
            consented,
            "User.Read User.Read.All openid",
        );
        check("openid anything", None, "anything openid");
        assert!(!Granted::of("User.Read", consented).offline);
        assert!(Granted::of("User.Read offline_access", consented).offline);
    }
}
