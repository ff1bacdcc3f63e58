//! From the file to what the machines and the client take.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use onboarding::{
    CheckRule, Domains, DoneLight, Mode, PassRules, PhoneOs, Policy, QrPath, Scopes, Site,
    SiteFiles, StoreLink, TestSite,
};
use url::Url;

use super::after::{EXPIRY_SCOPE, LOG_SCOPE, RollSetup, TestSetup};
use super::change::{self, ChangeSetup};
use super::network::ACCESS_SCOPE;
use super::notice_setup::{MAIL_SCOPES, MailSetup};
use super::{
    CloudName, Config, DoneName, HandOutsTo, ModeName, PromptName, Redirect, Refresh, ScopesName,
    TelephoneSection,
};
use crate::packs::SitePacks;

/// What a configuration leads to.
#[derive(Debug)]
pub struct Setup {
    pub endpoints: entra::Endpoints,
    pub app: entra::AppRegistration,
    /// The way of its requests out of the network.
    pub proxy: entra::Proxy,
    /// What the proxy is told lies in the credential store: [`Setup::tell_the_proxy`].
    pub tells_the_proxy: bool,
    pub policy: Policy,
    pub site: Site,
    /// The packs in force, and what of the site's folder is not used.
    pub packs: SitePacks,
    /// The browser as an argument vector; none is the system's.
    pub browser: Option<Vec<String>>,
    /// Remember the last operator's sign-in name; never on a kiosk.
    pub remember_operator: bool,
    /// A second display gets its own window.
    pub person_window: bool,
    /// Where hand-outs go.
    pub hand_outs_to: HandOutsTo,
    /// How letters leave; none where nothing goes by mail.
    pub mail: Option<MailSetup>,
    /// Where the sign-in is tried at the station.
    pub test: Option<TestSetup>,
    /// Where people join those whose passwords are changed for them.
    pub roll: Option<RollSetup>,
    /// Where it is read when the job that changes passwords last ran.
    pub last_run: Option<PathBuf>,
    /// None where the counter changes no password itself.
    pub change: Option<ChangeSetup>,
}

/// The configuration is well-formed but does not work on this machine.
#[derive(Debug, thiserror::Error)]
pub enum SetupProblem {
    #[error("cloud.ca_file: {path} {why}")]
    CaFile { path: String, why: String },
    #[error("{0}")]
    Address(String),
    #[error("{key}: {told}")]
    Client { key: &'static str, told: String },
    #[error("the walk-through built in cannot be used: {0}")]
    Pack(#[from] onboarding::PackError),
}

/// How rights on methods of every kind begin.
const WIDE_SCOPES: &str = "UserAuthenticationMethod.";
/// The right that issues passes reads them, too.
const NARROW_SCOPES: [&str; 3] = [
    "UserAuthMethod-TAP.ReadWrite.All",
    "UserAuthMethod-MicrosoftAuthApp.Read.All",
    "UserAuthMethod-Passkey.Read.All",
];

const CA_FILE_MAX: u64 = 1024 * 1024;

/// Rights without which everything else works. One to remove a kind of method is a site's own wish: without it that kind
/// is only named.
fn optional_scopes() -> Vec<String> {
    change::OPTIONAL_SCOPES
        .into_iter()
        .chain(entra::MethodFamily::ALL.map(entra::MethodFamily::right))
        .chain([LOG_SCOPE, EXPIRY_SCOPE, ACCESS_SCOPE])
        .chain(MAIL_SCOPES)
        .map(str::to_owned)
        .collect()
}

impl Setup {
    /// Takes what the proxy is told; false where that cannot be told to any.
    pub fn tell_the_proxy(&mut self, user: &str, password: &str) -> bool {
        let Some(credentials) = entra::ProxyCredentials::new(user, password) else {
            return false;
        };
        self.proxy = self.proxy.clone().told(credentials);
        true
    }

    /// Whether the mail server is told what lies in the credential store: [`Setup::tell_the_relay`].
    #[must_use]
    pub fn tells_the_relay(&self) -> bool {
        match &self.mail {
            Some(MailSetup::Relay {
                told_from_store, ..
            }) => *told_from_store,
            Some(MailSetup::OwnMailbox | MailSetup::SharedMailbox(_)) | None => false,
        }
    }

    /// Takes what the mail server is told.
    pub fn tell_the_relay(&mut self, user: &str, password: &str) {
        if let Some(MailSetup::Relay { relay, .. }) = &mut self.mail {
            relay.credentials = Some(mail::RelayCredentials {
                user: user.to_owned().into(),
                password: password.to_owned().into(),
            });
        }
    }

    /// Makes the clients that a start makes, without a request: the last step that can fail for what is configured.
    ///
    /// # Errors
    /// What a start would fail with, beside the keys it comes from.
    pub fn tried(&self) -> Result<(), SetupProblem> {
        let uptime: entra::Uptime = Arc::new(|| Duration::ZERO);
        if let Some(MailSetup::Relay { relay, .. }) = &self.mail {
            let flaw = mail::Relay::new((**relay).clone()).err();
            let problem = flaw.map(|flaw| SetupProblem::Client {
                key: "notice.relay",
                told: flaw.to_string(),
            });
            problem.map_or(Ok(()), Err)?;
        }
        let apps = self.test.iter().map(|test| &test.app).chain([&self.app]);
        for app in apps {
            let (endpoints, uptime) = (self.endpoints.clone(), Arc::clone(&uptime));
            entra::Client::with_clock(&self.proxy, endpoints, app.clone(), uptime).map_err(
                |error| SetupProblem::Client {
                    key: key(&error),
                    told: with_causes(&error),
                },
            )?;
        }
        Ok(())
    }
}

impl Config {
    /// Turns the configuration into what the machines and the client take. `draw` draws a QR code.
    pub fn setup(&self, draw: &dyn Fn(&str) -> QrPath) -> Result<Setup, SetupProblem> {
        let (authority, graph) = self.addresses()?;
        let built_in = self.cloud.name != CloudName::Custom;
        let known = entra::KnownCloud::any_is_at;
        let training = !(built_in || (known(&authority) && known(&graph)));
        let extra_root_pem = self.extra_root()?;
        let roots = extra_root_pem.as_deref().map(entra::read_roots);
        let roots = roots.and_then(Result::ok).unwrap_or_default();
        let endpoints = entra::Endpoints {
            authority,
            graph,
            extra_root_pem,
        };
        let app = entra::AppRegistration {
            tenant: self.tenant.id.clone(),
            client_id: self.tenant.client_id.clone(),
            scopes: self.scopes(),
            redirect_host: match self.sign_in.redirect {
                Redirect::Localhost => entra::RedirectHost::Localhost,
                Redirect::Loopback => entra::RedirectHost::Loopback,
            },
            refresh: self.sign_in.refresh == Refresh::Memory,
            prompt: match self.sign_in.prompt {
                PromptName::Login => entra::Prompt::Login,
                PromptName::SelectAccount => entra::Prompt::SelectAccount,
            },
        };
        let browser = (!self.sign_in.browser.is_empty()).then(|| self.sign_in.browser.clone());
        let person_window = self.screen.person == super::PersonScreenName::Auto;
        let packs = SitePacks::load(self.packs.dir.as_deref())?;
        let said = self.passwords.says.files().into_iter();
        let files = packs.files.0.iter().cloned().chain(said).collect();
        let site = self.site(training, SiteFiles(Arc::new(files)), draw);
        let policy = self.policy();
        let remember_operator = self.sign_in.remember_operator && self.mode == ModeName::Desk;
        Ok(Setup {
            endpoints,
            app,
            proxy: self.proxy(),
            tells_the_proxy: self.tells_the_proxy(),
            policy,
            site,
            packs,
            browser,
            remember_operator,
            person_window,
            hand_outs_to: self.hand_outs_to(),
            mail: self.mail_setup(roots),
            test: self.test_setup(),
            roll: self.roll_setup(),
            last_run: self.last_run().map(Path::to_owned),
            change: self.change_setup(),
        })
    }

    /// What the sign-in asks for. Taking passwords out of use and the log want rights of their own. With narrow scopes the rights for each kind take the place of the wide one.
    fn scopes(&self) -> Vec<String> {
        let asked = self.sign_in.scopes.iter();
        let narrow = self.live_check.scopes == ScopesName::Narrow;
        let kept = asked.filter(|scope| !(narrow && scope.starts_with(WIDE_SCOPES)));
        let mut scopes: Vec<String> = kept.cloned().collect();
        let by_kind = NARROW_SCOPES.iter().filter(|_| narrow);
        let passwords = self.password_scopes();
        let log = [LOG_SCOPE];
        let log = log.iter().filter(|_| self.test.sign_in_log);
        let expiry = [EXPIRY_SCOPE];
        let expiry = expiry.iter().filter(|_| self.passwords.never_expires);
        let access = [ACCESS_SCOPE];
        let access = access.iter().filter(|_| self.network.egress.is_some());
        let mail = self.mail_scope();
        let further = by_kind.chain(&passwords).chain(log).chain(expiry);
        for further in further.chain(access).chain(&mail) {
            if !scopes
                .iter()
                .any(|scope| scope.eq_ignore_ascii_case(further))
            {
                scopes.push((*further).to_owned());
            }
        }
        scopes
    }

    fn addresses(&self) -> Result<(Url, Url), SetupProblem> {
        let cloud = &self.cloud;
        let of = |cloud: entra::KnownCloud| (cloud.authority(), cloud.graph());
        let (authority, graph) = match cloud.name {
            CloudName::Global => of(entra::KnownCloud::Global),
            CloudName::Usgov => of(entra::KnownCloud::UsGovernment),
            CloudName::Dod => of(entra::KnownCloud::UsDefense),
            CloudName::Custom => (
                cloud.authority.as_deref().unwrap_or_default(),
                cloud.graph.as_deref().unwrap_or_default(),
            ),
        };
        let parse = |text: &str| super::check::address(text).map_err(SetupProblem::Address);
        let (mut authority, graph) = (parse(authority)?, parse(graph)?);
        if authority
            .path()
            .trim_matches('/')
            .eq_ignore_ascii_case(&self.tenant.id)
        {
            authority.set_path("/");
        }
        Ok((authority, graph))
    }

    fn extra_root(&self) -> Result<Option<Vec<u8>>, SetupProblem> {
        let Some(path) = &self.cloud.ca_file else {
            return Ok(None);
        };
        let problem = |why| SetupProblem::CaFile {
            path: path.display().to_string(),
            why,
        };
        let roots = roots_of(path).map_err(problem)?;
        Ok(Some(roots))
    }

    /// How many visits may be open side by side. Somebody who calls is put aside until the call back, so one alone is
    /// not what a site wants that says nothing.
    pub(super) fn visits_max(&self) -> u8 {
        const WITH_CALLERS: u8 = 5;
        let at_a_desk = self.mode == ModeName::Desk;
        let callers = at_a_desk && self.telephone.is_some();
        self.visits
            .max
            .unwrap_or(if callers { WITH_CALLERS } else { 1 })
    }

    fn policy(&self) -> Policy {
        let check = |check: &super::Check| CheckRule {
            id: check.id.clone(),
            words: check.words(),
            notes: check.notes(),
        };
        Policy {
            mode: match self.mode {
                ModeName::Kiosk => Mode::Kiosk,
                ModeName::Desk => Mode::Desk,
            },
            visits_max: self.visits_max(),
            domains: Domains {
                organisation: self.accounts.organisation_domain.clone(),
                partner: self.accounts.partner_domain.clone(),
            },
            tenant_id: self.tenant.id.clone(),
            checks: self.identity_check.checks.iter().map(check).collect(),
            checks_required: self.identity_check.required,
            check_valid_minutes: self.identity_check.valid_minutes,
            renewals_max: self.identity_check.renewals,
            passes_per_hour: self.limits.passes_per_hour,
            limits: self.limits.local(),
            four_eyes: self.limits.four_eyes_rules(),
            telephone: self.telephone.as_ref().map(TelephoneSection::rules),
            notice: self.notice_rules(),
            pass: PassRules {
                lifetime_minutes: self.pass.lifetime_minutes,
                once: self.pass.once,
                settle_s: self.pass.settle_s,
                reveal_s: self.pass.reveal_s,
                reveal_by_person: self.pass.reveal_by_person,
            },
            test_at_station: self.test.client_id.is_some(),
            proof_sources: self.proof_sources(),
            access: self.access(),
            passwords: self.password_rules(),
            done: match self.live_check.done {
                DoneName::Either => DoneLight::Either,
                DoneName::PhoneSignIn => DoneLight::PhoneSignIn,
                DoneName::Passkey => DoneLight::Passkey,
            },
            scopes: match self.live_check.scopes {
                ScopesName::Wide => Scopes::Wide,
                ScopesName::Narrow => Scopes::Narrow,
            },
            optional_scopes: optional_scopes(),
            old_apps: self.old_apps(),
            methods_per_10_s: self.live_check.requests_per_10_s,
            idle_lock_s: self.screen.idle_lock_s,
            max_unattended_s: self.screen.max_unattended_s,
            sign_in_limit_s: self.sign_in.limit_s,
            token_minutes_min: self.sign_in.token_minutes_min,
        }
    }

    fn old_apps(&self) -> Vec<onboarding::OldApp> {
        let old = self.live_check.old_apps.iter();
        let old = old.map(|old| onboarding::OldApp {
            from: old.from.clone(),
            before: old.before.clone(),
        });
        old.collect()
    }

    fn site(&self, training: bool, files: SiteFiles, draw: &dyn Fn(&str) -> QrPath) -> Site {
        let store = |os, url: &str| StoreLink {
            os,
            url: url.to_owned(),
            qr: draw(url),
        };
        Site {
            help_line: self.site.help_line.clone(),
            operator_help_line: self.site.operator_help_line.clone().unwrap_or_default(),
            organisation: self.site.name.clone(),
            stores: vec![
                store(PhoneOs::Ios, &self.site.stores.ios),
                store(PhoneOs::Android, &self.site.stores.android),
            ],
            paper: self.paper(),
            wifi: self.wifi.as_ref().map(|wifi| wifi.guest(draw)),
            helps: self.site.helps.clone(),
            not_used: self.site.not_used.clone(),
            test_site: Some(TestSite {
                url: self.site.test_site.clone(),
                qr: draw(&self.site.test_site),
            }),
            help_hours: self.site.help_hours.clone(),
            after_hours: self.site.after_hours.clone(),
            training,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            operator_lang: self.language.operator,
            person_lang: self.language.person,
            files,
        }
    }
}

/// Where in the file that stands which the client does not take.
fn key(error: &entra::SetupError) -> &'static str {
    use entra::SetupError::{
        Authority, ClientIdNotGuid, ExtraRoot, Graph, Proxy, Scopes, TenantNotGuid, Tls,
    };
    match error {
        Authority(_) => "cloud.authority",
        Graph(_) => "cloud.graph",
        TenantNotGuid => "tenant.id",
        ClientIdNotGuid => "tenant.client_id",
        Scopes => "sign_in.scopes",
        Proxy => "network.proxy",
        ExtraRoot(_) | Tls(_) => "cloud.ca_file",
    }
}

/// The error and what lies under it; where the sentence itself tells its cause, once.
fn with_causes(error: &entra::SetupError) -> String {
    let first: &dyn std::error::Error = error;
    let all = std::iter::successors(Some(first), |&error| error.source());
    all.fold(String::new(), |told, error| {
        let cause = error.to_string();
        match told.is_empty() {
            true => cause,
            false if told.contains(&cause) => told,
            false => format!("{told}: {cause}"),
        }
    })
}

/// A file of roots that the client will take. What is no ordinary file is not opened: a pipe that nobody writes to would
/// keep everything waiting.
fn roots_of(path: &Path) -> Result<Vec<u8>, String> {
    let unread = |error: std::io::Error| format!("cannot be read: {error}");
    let kind = std::fs::metadata(path).map_err(unread)?;
    if kind.is_dir() {
        return Err("is a folder; allowed: a file".to_owned());
    }
    if !kind.is_file() {
        return Err("is not a file; allowed: a file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(unread)?;
    let mut roots = Vec::new();
    file.take(CA_FILE_MAX + 1)
        .read_to_end(&mut roots)
        .map_err(unread)?;
    if roots.len() as u64 > CA_FILE_MAX {
        return Err(format!(
            "is too large; allowed: at most {CA_FILE_MAX} bytes"
        ));
    }
    entra::check_roots(&roots).map_err(|flaw| flaw.to_string())?;
    Ok(roots)
}
