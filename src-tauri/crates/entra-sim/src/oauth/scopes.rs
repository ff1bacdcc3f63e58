//! Which of the scopes asked for are granted.

/// The outcome for one token answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Granted {
    /// Graph scopes by their short names.
    pub(crate) graph: Vec<String>,
    pub(crate) openid: bool,
    pub(crate) profile: bool,
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
            let of_openid =
                ["openid", "profile", "offline_access", "email", ".default"].contains(scope);
            if !of_openid
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
        all.join(" ")
    }
}

/// The name after the resource's address, if there is one.
fn short(scope: &str) -> &str {
    if scope.contains("://") {
        scope.rsplit('/').next().unwrap_or(scope)
    } else {
        scope
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: &str, bound: Option<&str>, expected: &str) {
        assert_eq!(Granted::of(asked, bound).answered(), expected, "{asked}");
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
