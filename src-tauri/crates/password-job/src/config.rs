//! The job's own configuration file. It is none of a station's: a station has no certificate.

use std::path::{Path, PathBuf};

use entra::{AppRegistration, Endpoints, Prompt, Proxy, RedirectHost};
use serde::Deserialize;
use url::Url;

use crate::plan::{DAY_MS, PersonId, Rules};

/// The file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Which cloud and directory.
    pub(crate) cloud: Cloud,
    /// What is changed, when and by what right.
    pub(crate) passwords: Passwords,
}

/// Which cloud and directory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cloud {
    /// `global`, `usgov`, `dod`, or `custom` with addresses.
    pub(crate) name: CloudName,
    /// Directory (tenant) ID.
    pub(crate) tenant: String,
    /// Sign-in host, only with `custom`.
    pub(crate) authority: Option<String>,
    /// Graph root with its version, only with `custom`.
    pub(crate) graph: Option<String>,
    /// A file with further root certificates.
    pub(crate) ca_file: Option<PathBuf>,
}

/// The clouds built in, and `custom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CloudName {
    Global,
    Usgov,
    Dod,
    Custom,
}

/// `[passwords]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Passwords {
    /// Object ID of the roll.
    pub(crate) group: String,
    /// Application (client) ID of the job's own registration.
    pub(crate) client_id: String,
    /// The certificate of that registration, in PEM.
    pub(crate) certificate: PathBuf,
    /// `store`, or a file in PEM that is its user's alone.
    pub(crate) key: String,
    #[serde(default = "every_days")]
    pub(crate) every_days: u32,
    #[serde(default = "max_age_days")]
    pub(crate) max_age_days: u32,
    #[serde(default = "notice_days")]
    pub(crate) notice_days: u32,
    /// Object IDs of people and groups.
    #[serde(default)]
    pub(crate) never: Vec<String>,
    #[serde(default = "length")]
    pub(crate) length: u32,
    #[serde(default)]
    pub(crate) never_expires: bool,
    #[serde(default)]
    pub(crate) revoke_sessions: bool,
    #[serde(default = "max_per_run")]
    pub(crate) max_per_run: u32,
    #[serde(default = "changes_per_second")]
    pub(crate) changes_per_second: u32,
    #[serde(default)]
    pub(crate) paused: bool,
    /// Where the counters read how the last run went.
    pub(crate) last_run: Option<PathBuf>,
}

/// Who may sign in for a run: these people and the members of that group, or everybody where neither is named.
#[derive(Clone, Debug, Default)]
pub(crate) struct Operators {
    pub(crate) listed: Vec<PersonId>,
    pub(crate) group: Option<PersonId>,
}

/// How a run gets in, whom it reaches and by which request.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    /// The app by itself: people of the cloud, by their profile.
    App,
    /// Somebody who signs in: people synchronised from on premises, by a reset.
    Operator(Proxy, Box<Operators>),
}

/// A file that is taken, with its paths made whole.
#[derive(Clone, Debug)]
pub struct JobSetup {
    pub(crate) way: Way,
    pub(crate) endpoints: Endpoints,
    pub(crate) app: AppRegistration,
    pub(crate) group: String,
    pub(crate) never: Vec<PersonId>,
    pub(crate) rules: Rules,
    pub(crate) passwords: Passwords,
    /// What is careful to look at, though nothing is wrong with it.
    pub warnings: Vec<String>,
}

/// Everything that is wrong with the file, a line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigErrors(pub Vec<String>);

impl JobSetup {
    /// Reads and checks the file. Nothing goes over the network.
    ///
    /// # Errors
    /// [`ConfigErrors`] with the keys they are about.
    pub fn read(file: &Path) -> Result<Self, ConfigErrors> {
        let read =
            host::config_file::read(file).map_err(|error| ConfigErrors(vec![error.to_string()]))?;
        let mut setup = Self::of_text(&read.text)?;
        setup.warnings.extend(read.exposed);
        Ok(setup)
    }

    /// The same of a text.
    ///
    /// # Errors
    /// As [`JobSetup::read`].
    pub fn of_text(text: &str) -> Result<Self, ConfigErrors> {
        let config: Config = toml::from_str(text)
            .map_err(|error| ConfigErrors(vec![error.to_string().trim().to_owned()]))?;
        config.setup()
    }

    /// Whether a text is meant as this file: it names its directory with the cloud, where a station has a part for it.
    pub fn is_meant_by(text: &str) -> bool {
        let table: toml::Table = toml::from_str(text).unwrap_or_default();
        let cloud = table.get("cloud");
        cloud.and_then(|cloud| cloud.get("tenant")).is_some() && !table.contains_key("tenant")
    }

    /// How old a password may get, in days, where the domain says so; a warning where `every_days` leaves no week.
    pub fn late_for(&self, validity_days: u32, notice_days: u32) -> Option<String> {
        late(self.passwords.every_days, validity_days, notice_days)
    }
}

/// A warning where changing a password at this age leaves no week for a run that fails.
pub fn late(every_days: u32, validity_days: u32, notice_days: u32) -> Option<String> {
    let latest = i64::from(validity_days) - i64::from(notice_days) - 7;
    (i64::from(every_days) > latest).then(|| {
        format!(
            "passwords.every_days = {every_days}: passwords are good for {validity_days} days and people are told {notice_days} days before, so more than {latest} leaves no week for a run that fails"
        )
    })
}

impl Config {
    fn setup(self) -> Result<JobSetup, ConfigErrors> {
        let passwords = &self.passwords;
        let mut wrong = passwords.complaints();
        let group = person(&passwords.group).map(canonical);
        let never = passwords.never.iter().filter_map(|id| person(id));
        let never: Vec<PersonId> = never.collect();
        let endpoints = self.cloud.endpoints(&mut wrong);
        let app = AppRegistration {
            tenant: self.cloud.tenant.clone(),
            client_id: passwords.client_id.clone(),
            scopes: Vec::new(),
            redirect_host: RedirectHost::Localhost,
            refresh: false,
            prompt: Prompt::Login,
        };
        let (Some(endpoints), Some(group), true) = (endpoints, group, wrong.is_empty()) else {
            return Err(ConfigErrors(wrong));
        };
        // Addresses and ids are judged by who uses them.
        if let Err(error) = entra::Client::new(endpoints.clone(), app.clone()) {
            return Err(ConfigErrors(vec![format!("cloud: {error}")]));
        }
        let rules = passwords.rules();
        let (validity, notice) = (passwords.max_age_days, passwords.notice_days);
        let mut setup = JobSetup {
            way: Way::App,
            endpoints,
            app,
            group,
            never,
            rules,
            passwords: self.passwords,
            warnings: Vec::new(),
        };
        setup.warnings.extend(setup.late_for(validity, notice));
        Ok(setup)
    }
}

impl Passwords {
    pub(crate) fn rules(&self) -> Rules {
        Rules {
            every_ms: i64::from(self.every_days) * DAY_MS,
            max_age_ms: i64::from(self.max_age_days) * DAY_MS,
        }
    }

    /// Everything that is wrong with the values alone.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let ranges = [
            ("every_days", self.every_days, 1, 365),
            ("max_age_days", self.max_age_days, 2, 730),
            ("notice_days", self.notice_days, 0, 90),
            ("length", self.length, 16, 127),
            ("max_per_run", self.max_per_run, 1, 100_000),
            ("changes_per_second", self.changes_per_second, 1, 1000),
        ];
        let outside = ranges
            .iter()
            .filter(|(_, value, low, high)| !(low..=high).contains(&value));
        let named = outside.map(|(key, _, low, high)| format!("passwords.{key}: {low} to {high}"));
        let mut wrong: Vec<String> = named.collect();
        let key_file = self.key != "store" && !Path::new(&self.key).is_absolute();
        let last_run = self.last_run.as_deref();
        let never = self.never.iter().any(|id| person(id).is_none());
        let complaints = [
            (
                self.every_days >= self.max_age_days,
                "passwords.every_days: less than passwords.max_age_days",
            ),
            (
                !self.certificate.is_absolute(),
                "passwords.certificate: a whole path",
            ),
            (key_file, "passwords.key: \"store\" or a whole path"),
            (
                last_run.is_some_and(Path::is_relative),
                "passwords.last_run: a whole path",
            ),
            (
                person(&self.group).is_none(),
                "passwords.group: an object ID (GUID)",
            ),
            (never, "passwords.never: object IDs (GUIDs)"),
        ];
        let found = complaints.into_iter().filter(|(wrong, _)| *wrong);
        wrong.extend(found.map(|(_, text)| text.to_owned()));
        wrong
    }
}

impl Cloud {
    fn endpoints(&self, wrong: &mut Vec<String>) -> Option<Endpoints> {
        let of = |cloud: entra::KnownCloud| (cloud.authority(), cloud.graph());
        let (authority, graph) = match self.name {
            CloudName::Global => of(entra::KnownCloud::Global),
            CloudName::Usgov => of(entra::KnownCloud::UsGovernment),
            CloudName::Dod => of(entra::KnownCloud::UsDefense),
            CloudName::Custom => ("", ""),
        };
        let custom = self.name == CloudName::Custom;
        if custom != (self.authority.is_some() && self.graph.is_some())
            || (!custom && (self.authority.is_some() || self.graph.is_some()))
        {
            wrong.push(
                "cloud.authority, cloud.graph: both with name = \"custom\", and only then"
                    .to_owned(),
            );
            return None;
        }
        let address = |given: &Option<String>, known: &str| {
            given.as_deref().unwrap_or(known).parse::<Url>().ok()
        };
        let (authority, graph) = (
            address(&self.authority, authority),
            address(&self.graph, graph),
        );
        let extra_root_pem = match self.ca_file.as_ref().map(std::fs::read).transpose() {
            Ok(pem) => pem,
            Err(error) => {
                wrong.push(format!("cloud.ca_file: cannot be read: {error}"));
                None
            }
        };
        match (authority, graph) {
            (Some(authority), Some(graph)) => Some(Endpoints {
                authority,
                graph,
                extra_root_pem,
            }),
            (_, _) => {
                wrong.push("cloud.authority, cloud.graph: an address".to_owned());
                None
            }
        }
    }
}

/// An object id as a number; one object has one number, however it is spelt.
pub(crate) fn person(id: &str) -> Option<PersonId> {
    uuid::Uuid::try_parse(id).ok().map(|id| id.as_u128())
}

/// And as text again.
pub(crate) fn canonical(id: PersonId) -> String {
    uuid::Uuid::from_u128(id).hyphenated().to_string()
}

fn every_days() -> u32 {
    60
}

fn max_age_days() -> u32 {
    90
}

fn notice_days() -> u32 {
    14
}

fn length() -> u32 {
    64
}

pub(crate) fn max_per_run() -> u32 {
    500
}

pub(crate) fn changes_per_second() -> u32 {
    10
}
