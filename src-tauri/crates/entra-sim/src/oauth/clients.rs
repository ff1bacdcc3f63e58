//! App registrations.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::directory::roles::Role;
use crate::oauth::refusals::set::SetRefusals;

/// Microsoft Authenticator's own client id.
pub(crate) const AUTHENTICATOR: &str = "4813382a-8fa7-425e-ab75-3b753aab3abb";
/// Where the simulated Authenticator takes its codes; nothing listens there.
pub(crate) const AUTHENTICATOR_REDIRECT: &str = "msauth://simulated-authenticator/code";
/// The path of the sign-in test site.
pub(crate) const TEST_SITE: &str = "/pwdless/";

/// Id, name, and whether it belongs to the family whose refresh tokens are shared (`foci`).
const MICROSOFT: [(&str, &str, bool); 3] = [
    (
        "14d82eec-204b-4c2f-b7e8-296a70dab67e",
        "Microsoft Graph Command Line Tools",
        false,
    ),
    (
        "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
        "Microsoft Azure CLI",
        true,
    ),
    (
        "1950a258-227b-4e31-a9cf-717495945fc2",
        "Microsoft Azure PowerShell",
        true,
    ),
];

/// An app registration to add, by profile or control call.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewClient {
    /// Client id, a GUID; made from the seed when absent.
    pub client_id: Option<String>,
    /// The name pages show.
    pub name: String,
    /// Redirect addresses.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Client secret; with it the client is confidential.
    pub secret: Option<String>,
    /// Certificates or public keys in PEM for client assertions; with one the client is confidential.
    #[serde(default)]
    pub certificates: Vec<String>,
    /// "Allow public client flows"; without it a client that has no credential gets no tokens.
    #[serde(default = "yes")]
    pub public_flows: bool,
    /// Refused where the path names no tenant.
    #[serde(default)]
    pub single_tenant: bool,
    /// False: switched off by the administrator.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Scopes an administrator consented to, separated by spaces; those of the switch when absent.
    pub consented_scopes: Option<String>,
    /// Sign-in names of those who may use it; everybody when absent.
    pub assigned: Option<Vec<String>>,
    /// Permissions of its own, separated by spaces, that an administrator consented to: without a person.
    pub application_permissions: Option<String>,
    /// Names of directory roles its service principal holds.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Name or id of an administrative unit, whose members alone those roles are for; the whole tenant when absent.
    pub roles_over: Option<String>,
    /// False: nobody consented for everybody, so each person is asked, for `openid` and `profile` too.
    #[serde(default = "yes")]
    pub tenant_wide_consent: bool,
    /// Claims its id tokens bear unasked: `auth_time`.
    #[serde(default)]
    pub optional_claims: Vec<String>,
    /// Refusals by policy that meet this client alone, written as in the switch `sign_in_refusals`.
    #[serde(default)]
    pub refusals: String,
}

impl std::fmt::Debug for NewClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewClient")
            .field("client_id", &self.client_id)
            .field("name", &self.name)
            .field("redirect_uris", &self.redirect_uris)
            .finish_non_exhaustive()
    }
}

fn words(text: Option<&str>) -> Vec<String> {
    let words = text.unwrap_or_default().split_whitespace();
    words.map(str::to_owned).collect()
}

fn yes() -> bool {
    true
}

/// How a client proves who it is.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Credential {
    /// Not at all; `allowed` is "Allow public client flows".
    Public { allowed: bool },
    Confidential {
        secret: Option<String>,
        /// In PEM.
        certificates: Vec<String>,
    },
}

/// An app registration.
#[derive(Clone)]
pub(crate) struct RegisteredClient {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) redirects: Vec<String>,
    /// Whether scopes are bounded by consent.
    pub(crate) uses_graph: bool,
    pub(crate) credential: Credential,
    pub(crate) single_tenant: bool,
    pub(crate) enabled: bool,
    /// Scopes an administrator consented to; those of the switch when absent.
    pub(crate) consented: Option<String>,
    /// Those who may use it; everybody when absent.
    pub(crate) assigned: Option<Vec<String>>,
    /// Permissions of its own.
    pub(crate) permissions: Vec<String>,
    /// Roles of its service principal.
    pub(crate) roles: Vec<Role>,
    /// The administrative unit those roles are limited to, by name or id.
    pub(crate) roles_over: Option<String>,
    /// Its refresh tokens are good for other clients of the family too.
    pub(crate) family: bool,
    /// Known only while the switch for Microsoft's own clients is on.
    pub(crate) microsoft: bool,
    /// An administrator consented for everybody.
    pub(crate) tenant_wide_consent: bool,
    /// Claims its id tokens bear unasked.
    pub(crate) optional_claims: Vec<String>,
    /// Refusals by policy that meet this client alone.
    pub(crate) refusals: SetRefusals,
}

impl RegisteredClient {
    /// The station's registration.
    pub(crate) fn station(id: &str, more_redirects: &[String]) -> Self {
        let mut redirects = vec!["http://localhost".to_owned(), "http://127.0.0.1".to_owned()];
        redirects.extend_from_slice(more_redirects);
        Self {
            uses_graph: true,
            ..Self::public(id, "Madoguchi", redirects)
        }
    }

    /// The simulated phone's app.
    pub(crate) fn authenticator() -> Self {
        let redirects = vec![AUTHENTICATOR_REDIRECT.to_owned()];
        Self::public(AUTHENTICATOR, "Microsoft Authenticator", redirects)
    }

    /// The sign-in test site.
    pub(crate) fn test_site(id: &str) -> Self {
        let redirects =
            ["http://localhost", "http://127.0.0.1"].map(|host| format!("{host}{TEST_SITE}"));
        Self::public(id, "パスワードレス試験サイト", redirects.to_vec())
    }

    /// The registration a station signs people in with to try their phones: it has no right on Graph.
    pub(crate) fn sign_in_test(id: &str) -> Self {
        let redirects = ["http://localhost", "http://127.0.0.1"].map(str::to_owned);
        Self {
            uses_graph: true,
            single_tenant: true,
            consented: Some(String::new()),
            optional_claims: ["auth_time", "acrs"].map(str::to_owned).to_vec(),
            ..Self::public(id, "サインインの試験", redirects.to_vec())
        }
    }

    /// Microsoft's well-known public clients.
    pub(crate) fn microsoft() -> impl Iterator<Item = Self> {
        let native = [
            "http://localhost",
            "https://login.microsoftonline.com/common/oauth2/nativeclient",
        ];
        MICROSOFT.into_iter().map(move |(id, name, family)| Self {
            uses_graph: true,
            family,
            microsoft: true,
            ..Self::public(id, name, native.map(str::to_owned).to_vec())
        })
    }

    /// A further client, or why it is refused.
    pub(crate) fn further(new: NewClient, id: String) -> Result<Self, String> {
        if uuid::Uuid::parse_str(&id).is_err() {
            return Err(format!("{id} is not a GUID"));
        }
        for address in &new.redirect_uris {
            if url::Url::parse(address).is_err() {
                return Err(format!("{address} is not an address"));
            }
        }
        for pem in &new.certificates {
            if jsonwebtoken::DecodingKey::from_rsa_pem(pem.as_bytes()).is_err() {
                return Err("a certificate is no RSA certificate or public key in PEM".to_owned());
            }
        }
        let roles = new.roles.iter().map(|name| {
            Role::named(name).ok_or_else(|| format!("{name} is no directory role of this tenant"))
        });
        let roles = roles.collect::<Result<_, String>>()?;
        let refusals = SetRefusals::try_from(new.refusals)?;
        let credential = if new.secret.is_none() && new.certificates.is_empty() {
            Credential::Public {
                allowed: new.public_flows,
            }
        } else {
            Credential::Confidential {
                secret: new.secret,
                certificates: new.certificates,
            }
        };
        Ok(Self {
            uses_graph: true,
            credential,
            single_tenant: new.single_tenant,
            enabled: new.enabled,
            consented: new.consented_scopes,
            assigned: new.assigned,
            permissions: words(new.application_permissions.as_deref()),
            roles,
            roles_over: new.roles_over,
            tenant_wide_consent: new.tenant_wide_consent,
            optional_claims: new.optional_claims,
            refusals,
            ..Self::public(&id, &new.name, new.redirect_uris)
        })
    }

    /// The object id of its service principal, the same for the same client id.
    pub(crate) fn principal_id(&self) -> String {
        guid_of(&format!("service principal {}", self.id.to_lowercase()))
    }

    /// The client id of the registration for sign-in tests, the same for the same station: nothing is drawn for it.
    pub(crate) fn sign_in_test_id(station: &str) -> String {
        guid_of(&format!("sign-in test {}", station.to_lowercase()))
    }

    /// Whether it proves who it is.
    pub(crate) fn is_confidential(&self) -> bool {
        matches!(self.credential, Credential::Confidential { .. })
    }

    fn public(id: &str, name: &str, redirects: Vec<String>) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            redirects,
            uses_graph: false,
            credential: Credential::Public { allowed: true },
            single_tenant: false,
            enabled: true,
            consented: None,
            assigned: None,
            permissions: Vec::new(),
            roles: Vec::new(),
            roles_over: None,
            family: false,
            microsoft: false,
            tenant_wide_consent: true,
            optional_claims: Vec::new(),
            refusals: SetRefusals::default(),
        }
    }
}

/// A GUID that is the same for the same text.
fn guid_of(text: &str) -> String {
    let digest = Sha256::digest(text);
    let bits = digest.first_chunk::<16>().copied().unwrap_or_default();
    uuid::Builder::from_random_bytes(bits)
        .into_uuid()
        .to_string()
}
