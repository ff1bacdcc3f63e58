//! The form of the file: every section and key with what it means, and what holds where nothing is said.

use std::path::PathBuf;

use onboarding::{Lang, Words};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

use super::after_form::{Passwords, SignInTest};
use super::language;
use super::limits::Limits;
use super::notice::NoticeSection;
use super::telephone::TelephoneSection;
use super::way_to_check::Check;
use super::wifi::Wifi;

/// Everything a site decides.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `kiosk` (locked, full screen) or `desk` (a window on a laptop).
    #[serde(default = "desk")]
    pub mode: ModeName,
    /// Which cloud the station talks to.
    pub cloud: Cloud,
    /// Which directory, and which app registration in it.
    pub tenant: TenantSection,
    #[serde(default)]
    pub sign_in: SignIn,
    /// What the screens say of the site.
    pub site: SiteText,
    /// The two domains sign-in names are composed from.
    pub accounts: Accounts,
    #[serde(default)]
    pub language: Language,
    #[serde(default)]
    pub identity_check: IdentityCheckSection,
    #[serde(default)]
    pub pass: Pass,
    #[serde(default)]
    pub live_check: LiveCheck,
    #[serde(default)]
    pub test: SignInTest,
    #[serde(default)]
    pub passwords: Passwords,
    #[serde(default)]
    pub limits: Limits,
    /// How people are served who call; without it nobody is.
    pub telephone: Option<TelephoneSection>,
    /// What goes by mail to the person.
    pub notice: Option<NoticeSection>,
    #[serde(default)]
    pub visits: Visits,
    #[serde(default)]
    pub screen: Screen,
    /// The guests' Wi-Fi, offered as a code while the app is installed; without it nothing is shown.
    pub wifi: Option<Wifi>,
    #[serde(default)]
    pub print: Print,
    #[serde(default)]
    pub packs: PacksSection,
    #[serde(default)]
    pub network: Network,
}

/// Kiosk or desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ModeName {
    Kiosk,
    Desk,
}

/// Which cloud: a built-in one by name, or addresses of one's own.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cloud {
    /// `global` (also GCC), `usgov` (GCC High), `dod`, or `custom` with addresses of one's own.
    pub name: CloudName,
    /// Sign-in host, only with `custom`: https, or http for the literal 127.0.0.1.
    pub authority: Option<String>,
    /// Graph root with its version, only with `custom`.
    pub graph: Option<String>,
    /// A file with further root certificates, PEM or DER; they add to the platform's.
    pub ca_file: Option<PathBuf>,
}

/// The clouds built in, and `custom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CloudName {
    Global,
    Usgov,
    Dod,
    Custom,
}

/// Which directory, and which app registration in it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename = "Tenant", deny_unknown_fields)]
pub struct TenantSection {
    /// Directory (tenant) ID: a GUID; never `common` or `organizations`.
    pub id: String,
    /// Application (client) ID: a GUID.
    pub client_id: String,
}

/// How the operator signs in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SignIn {
    /// `localhost` or `127.0.0.1`, as registered for the app.
    pub redirect: Redirect,
    /// `memory` keeps a refresh token in memory only; `none` asks for none.
    pub refresh: Refresh,
    /// `login` asks for credentials every time, `select_account` lets the operator pick.
    pub prompt: PromptName,
    /// The browser as an argument vector; `{url}` stands for the address, else it comes last. Empty: the system's.
    pub browser: Vec<String>,
    /// Delegated Graph scopes to ask for, by their short names.
    pub scopes: Vec<String>,
    /// In `desk` mode only: remember the last operator's sign-in name in the system's credential store, so that the sign-in page need not ask. Never a password or token.
    pub remember_operator: bool,
    /// Seconds a sign-in may take: 30 to 900.
    pub limit_s: u32,
    /// Without a refresh token: minutes a token must still live for a visit to start, 0 to 90.
    pub token_minutes_min: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Redirect {
    #[serde(rename = "localhost")]
    Localhost,
    #[serde(rename = "127.0.0.1")]
    Loopback,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Refresh {
    Memory,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromptName {
    Login,
    SelectAccount,
}

/// What the screens say of the site.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteText {
    /// Telephone number shown on every screen: 1 to 40 characters.
    pub help_line: String,
    /// Whom the operators call, on their side of the screen: 1 to 40 characters. Without it, it sends them to the
    /// system administrator.
    pub operator_help_line: Option<String>,
    /// The desk's name in both languages: 1 to 40 characters each.
    pub name: Words,
    /// The page that tries passwordless sign-in: an https address.
    pub test_site: String,
    /// When the help line answers, for the closing card: 1 to 40 characters.
    pub help_hours: Option<Words>,
    /// Who answers besides, for the closing card: 1 to 40 characters.
    pub after_hours: Option<Words>,
    /// Where passwordless sign-in helps: at most 8 lines of up to 120 characters.
    #[serde(default)]
    #[schemars(transform = without_default)]
    pub helps: Vec<Words>,
    /// Where it is not used: at most 8 lines of up to 120 characters.
    #[serde(default)]
    #[schemars(transform = without_default)]
    pub not_used: Vec<Words>,
    #[serde(default)]
    pub stores: Stores,
}

/// Takes a default away that the schema shows only because the type can also be written.
fn without_default(schema: &mut Schema) {
    schema.remove("default");
}

/// Where the app is installed from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Stores {
    /// The App Store's page: an https address of at most 300 characters.
    pub ios: String,
    /// Google Play's page: an https address of at most 300 characters.
    pub android: String,
}

/// The two domains sign-in names are composed from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// What follows the @ for people of the organisation.
    pub organisation_domain: String,
    /// What follows the @ for business partners.
    pub partner_domain: String,
}

/// The languages screens start in; `pseudo` is for looking at the layout.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Language {
    /// The operator's side: `ja`, `en` or `pseudo`.
    #[serde(deserialize_with = "language::operator")]
    #[schemars(with = "language::OperatorStart", transform = without_default)]
    pub operator: Lang,
    /// The person's side: the same, or `ja_easy` for easy Japanese with readings.
    #[serde(deserialize_with = "language::person")]
    #[schemars(with = "language::PersonStart", transform = without_default)]
    pub person: Lang,
}

/// How identity is checked before a pass.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename = "IdentityCheck", deny_unknown_fields, default)]
pub struct IdentityCheckSection {
    /// How many of the checks must be made: 1 to 10, and no more than are listed.
    pub required: u8,
    /// How long a check is good: 5 to 240 minutes.
    pub valid_minutes: u32,
    /// How many further passes one check covers: 0 to 5.
    pub renewals: u8,
    /// The ways to check that are offered.
    pub checks: Vec<Check>,
}

/// What a pass is asked for and how it is shown.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pass {
    /// 10 to 43200, and within the tenant's own bounds.
    pub lifetime_minutes: u32,
    /// Whether the pass works once only; a tenant that forces it wins.
    pub once: bool,
    /// Seconds a fresh pass may still be refused: 0 to 120.
    pub settle_s: u32,
    /// Seconds the pass stays in sight: 10 to 600.
    pub reveal_s: u32,
    /// The person may uncover the pass from the person's own screen.
    pub reveal_by_person: bool,
}

/// What the live check waits for, within which budget.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LiveCheck {
    /// `either`, `phone_sign_in` or `passkey`.
    pub done: DoneName,
    /// `wide`: one right and one read for all methods of a person. `narrow`: in place of UserAuthenticationMethod.Read.All a right for each kind, one kind a read; everything is seen later.
    pub scopes: ScopesName,
    /// This station's share of Graph's quota on authentication methods: 2 to 100 per ten seconds.
    pub requests_per_10_s: u32,
    /// Versions of Authenticator that are known to be vulnerable or too old: the operator is told, nobody is held up.
    pub old_apps: Vec<OldApp>,
}

/// A range of Authenticator's versions, compared number by number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OldApp {
    /// The first version meant: numbers with points between.
    pub from: String,
    /// The first one that is good again.
    pub before: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoneName {
    Either,
    PhoneSignIn,
    Passkey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ScopesName {
    Wide,
    Narrow,
}

/// How many visits may be open side by side.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Visits {
    /// 1 to 20; 1 in a kiosk. Without it 1, and 5 where callers are served, for they are put aside until the call back.
    pub max: Option<u8>,
}

/// The hand-out a person takes home: its size, and where it goes.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Print {
    /// The printing program as an argument vector, without a shell; `{file}` stands for the PDF, else it comes last. Empty: the PDF is saved, and a kiosk hands out no paper.
    pub command: Vec<String>,
    /// The size offered first: `A4` (a page) or `A5` (a slip).
    pub size: SizeName,
    /// The folder a PDF is saved in, as a whole path; without it, the operator's folder for documents. Not in a kiosk.
    pub folder: Option<PathBuf>,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum SizeName {
    #[default]
    A4,
    A5,
}

/// The site's own walk-throughs and reading languages.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename = "Packs", deny_unknown_fields, default)]
pub struct PacksSection {
    /// The folder they lie in: an absolute path, read when the station starts.
    pub dir: Option<PathBuf>,
}

/// How the station's own requests leave the network. The browser for the sign-in has settings of its own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Network {
    /// The proxy as http:// or https://, a host and a port, without a user. Without it, `desk` mode takes what the environment or the system says, and a kiosk uses none.
    pub proxy: Option<String>,
    /// What the proxy is told where it wants to know who asks: `none`, or `store` for the name and password that `madoguchictl proxy store` put into the system's credential store for the station's user.
    pub proxy_credentials: ProxyCredentialsName,
    /// Hosts that are reached without the proxy: at most 50 names (with all below them), addresses or ranges like 10.0.0.0/8.
    pub no_proxy: Vec<String>,
    /// The address that phones on the site's own network have outside. With it Conditional Access is asked whether it will let a phone register, which takes Policy.Read.ConditionalAccess; without it nothing is asked.
    pub egress: Option<String>,
    /// Any address that stands for mobile data, so that a policy on places can be told; only beside `egress`.
    pub mobile_example: Option<String>,
}

/// What a proxy is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProxyCredentialsName {
    #[default]
    None,
    Store,
}

/// Screens.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
    /// Seconds without a touch of the operator's side until it locks: 60 to 7200.
    pub idle_lock_s: u32,
    /// The most seconds a person who is in the middle of it goes on alone from then on: 0 to 7200.
    pub max_unattended_s: u32,
    /// `auto` gives a second display its own window; `beside` keeps both panes in one.
    pub person: PersonScreenName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PersonScreenName {
    Auto,
    Beside,
}

pub(super) fn desk() -> ModeName {
    ModeName::Desk
}

impl Default for SignIn {
    fn default() -> Self {
        let scopes = [
            "UserAuthMethod-TAP.ReadWrite.All",
            "UserAuthenticationMethod.Read.All",
            "User.Read.All",
            "Policy.Read.AuthenticationMethod",
        ];
        Self {
            redirect: Redirect::Localhost,
            refresh: Refresh::Memory,
            prompt: PromptName::Login,
            browser: Vec::new(),
            scopes: scopes.map(str::to_owned).to_vec(),
            remember_operator: false,
            limit_s: 300,
            token_minutes_min: 45,
        }
    }
}

impl Default for Stores {
    fn default() -> Self {
        Self {
            ios: "https://apps.apple.com/app/microsoft-authenticator/id983156458".to_owned(),
            android: "https://play.google.com/store/apps/details?id=com.azure.authenticator"
                .to_owned(),
        }
    }
}

impl Default for Language {
    fn default() -> Self {
        Self {
            operator: Lang::Ja,
            person: Lang::Ja,
        }
    }
}

impl Default for IdentityCheckSection {
    fn default() -> Self {
        Self {
            required: 1,
            valid_minutes: 45,
            renewals: 2,
            checks: vec![
                Check::built_in("staff-card", false),
                Check::built_in("photo-id", false),
                Check::built_in("vouching", true),
                Check::built_in("call-back", false),
            ],
        }
    }
}

impl Default for Pass {
    fn default() -> Self {
        Self {
            lifetime_minutes: 30,
            once: true,
            settle_s: 10,
            reveal_s: 90,
            reveal_by_person: false,
        }
    }
}

impl Default for LiveCheck {
    fn default() -> Self {
        let old = |from: &str, before: &str| OldApp {
            from: from.to_owned(),
            before: before.to_owned(),
        };
        Self {
            done: DoneName::Either,
            scopes: ScopesName::Wide,
            requests_per_10_s: 5,
            // CVE-2026-80097 (Android) and CVE-2026-41615 (iPhone); the two count differently.
            old_apps: vec![old("6.1000", "6.2606.4246"), old("6.0", "6.8.47")],
        }
    }
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            idle_lock_s: 600,
            max_unattended_s: 900,
            person: PersonScreenName::Auto,
        }
    }
}
