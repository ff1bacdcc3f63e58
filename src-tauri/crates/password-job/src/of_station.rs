//! A run for which somebody signs in at a station, with what the station's own file says.

use std::path::PathBuf;

use entra::{AppRegistration, Endpoints, Proxy};

use crate::config::{
    ConfigErrors, JobSetup, Operators, Passwords, Way, canonical, changes_per_second, late,
    max_per_run, person,
};

/// What a station's configuration says of it.
#[derive(Clone, Debug)]
pub struct OfStation {
    /// Where the authority and Graph are.
    pub endpoints: Endpoints,
    /// The station's registration, with the rights its operators are asked for.
    pub app: AppRegistration,
    /// The way of requests out of the network.
    pub proxy: Proxy,
    /// Object ID of the roll.
    pub group: String,
    /// Object IDs of people, groups and administrative units whose passwords are never changed.
    pub never: Vec<String>,
    /// Object IDs of those who may sign in for it. Without these and the group everybody may.
    pub operators: Vec<String>,
    /// Object ID of a group whose members may, too.
    pub operator_group: Option<String>,
    /// Characters of a value.
    pub length: usize,
    /// Every session of somebody ends after a change.
    pub revoke_sessions: bool,
    /// Age at which a password is changed.
    pub every_days: u32,
    /// How old the policy on premises lets it get, which no cloud tells.
    pub max_age_days: u32,
    /// How many days before that people are told.
    pub notice_days: u32,
}

impl JobSetup {
    /// A run over the synchronised people of a roll, by resets, as whoever signs in.
    ///
    /// # Errors
    /// [`ConfigErrors`] with what cannot be.
    pub fn of_station(station: OfStation) -> Result<Self, ConfigErrors> {
        let passwords = Passwords {
            group: station.group,
            client_id: station.app.client_id.clone(),
            // There is none, and nobody looks for one.
            certificate: PathBuf::from("/"),
            key: "store".to_owned(),
            every_days: station.every_days,
            max_age_days: station.max_age_days,
            notice_days: station.notice_days,
            never: station.never,
            length: u32::try_from(station.length).unwrap_or(u32::MAX),
            never_expires: false,
            revoke_sessions: station.revoke_sessions,
            max_per_run: max_per_run(),
            changes_per_second: changes_per_second(),
            paused: false,
            last_run: None,
        };
        let wrong = passwords.complaints();
        let Some(group) = person(&passwords.group).filter(|_| wrong.is_empty()) else {
            return Err(ConfigErrors(wrong));
        };
        let never = passwords.never.iter().filter_map(|id| person(id)).collect();
        let operators = Operators {
            listed: station
                .operators
                .iter()
                .filter_map(|id| person(id))
                .collect(),
            group: station.operator_group.as_deref().and_then(person),
        };
        let (validity, notice) = (passwords.max_age_days, passwords.notice_days);
        let late = late(passwords.every_days, validity, notice);
        Ok(Self {
            way: Way::Operator(station.proxy, Box::new(operators)),
            endpoints: station.endpoints,
            app: station.app,
            group: canonical(group),
            never,
            rules: passwords.rules(),
            passwords,
            warnings: late.into_iter().collect(),
        })
    }
}
