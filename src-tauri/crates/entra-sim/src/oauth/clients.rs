//! App registrations.

/// Microsoft Authenticator's own client id.
pub(crate) const AUTHENTICATOR: &str = "4813382a-8fa7-425e-ab75-3b753aab3abb";
/// Where the simulated Authenticator takes its codes; nothing listens there.
pub(crate) const AUTHENTICATOR_REDIRECT: &str = "msauth://simulated-authenticator/code";
/// The path of the sign-in test site.
pub(crate) const TEST_SITE: &str = "/pwdless/";

/// A public client.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) redirects: Vec<String>,
    /// Whether scopes are bounded by the switch `consented_scopes`.
    pub(crate) uses_graph: bool,
}

impl Client {
    /// The station's registration.
    pub(crate) fn station(id: &str, more_redirects: &[String]) -> Self {
        let mut redirects = vec!["http://localhost".to_owned(), "http://127.0.0.1".to_owned()];
        redirects.extend_from_slice(more_redirects);
        Self {
            id: id.to_owned(),
            name: "Madoguchi",
            redirects,
            uses_graph: true,
        }
    }

    /// The simulated phone's app.
    pub(crate) fn authenticator() -> Self {
        Self {
            id: AUTHENTICATOR.to_owned(),
            name: "Microsoft Authenticator",
            redirects: vec![AUTHENTICATOR_REDIRECT.to_owned()],
            uses_graph: false,
        }
    }

    /// The sign-in test site.
    pub(crate) fn test_site(id: &str) -> Self {
        let redirects =
            ["http://localhost", "http://127.0.0.1"].map(|host| format!("{host}{TEST_SITE}"));
        Self {
            id: id.to_owned(),
            name: "パスワードレス試験サイト",
            redirects: redirects.to_vec(),
            uses_graph: false,
        }
    }
}
