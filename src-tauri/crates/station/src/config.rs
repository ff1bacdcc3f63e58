//! The configuration file: strict, every error with its key, its line and what is allowed.

mod after;
mod after_form;
mod change;
mod check;
mod form;
mod four_eyes;
mod greeting;
mod into;
mod language;
mod limits;
mod line;
mod named;
mod network;
mod notice;
mod notice_check;
mod notice_setup;
mod print;
mod says;
mod scopes;
mod site;
mod telephone;
mod telephone_check;
mod unreadable;
mod way_to_check;
mod wifi;
mod wrong;

pub use after::{RollSetup, TestSetup};
pub use after_form::{Passwords, ProofName, SignInTest, WayName};
pub use change::{ChangeSetup, ChangeWay, PasswordAges};
pub use form::{
    Accounts, Cloud, CloudName, Config, DoneName, IdentityCheckSection, Language, LiveCheck,
    ModeName, OldApp, PacksSection, Pass, PersonScreenName, Print, PromptName,
    ProxyCredentialsName, Redirect, Refresh, ScopesName, Screen, SignIn, SiteText, SizeName,
    Stores, TenantSection, Visits,
};
pub use greeting::Greeting;
pub use into::{Setup, SetupProblem};
pub use limits::{FourEyesName, Limits};
pub use named::{Judge, Named};
pub use notice::{
    EncryptionName, MailWayName, NoticeSection, RelayCredentialsName, RelaySection, SecurityName,
};
pub use notice_setup::MailSetup;
pub use print::HandOutsTo;
pub use says::Says;
pub use telephone::{CallerNeedsName, CallerWayName, TelephoneSection};
pub use way_to_check::Check;
pub use wifi::{Security, Wifi, WifiPassword};
pub use wrong::ConfigError;

impl Config {
    /// Reads and checks a configuration text.
    ///
    /// # Errors
    /// Everything that is wrong with the values; or the first thing that keeps the text from being read.
    pub fn parse(text: &str) -> Result<Self, Vec<ConfigError>> {
        let config: Self =
            toml::from_str(text).map_err(|error| vec![unreadable::error(text, &error)])?;
        let problems = check::check(&config, text);
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(problems)
        }
    }

    /// The same for a file of which `exposed` tells who else may change it, and `judge` the same of what it names. On a
    /// kiosk that is refused; on a desk it comes back as sentences that are only to be said.
    ///
    /// # Errors
    /// As [`Config::parse`], and that the file or what it names is exposed.
    pub fn of_file(
        text: &str,
        exposed: Option<&str>,
        judge: Judge<'_>,
    ) -> Result<(Self, Vec<String>), Vec<ConfigError>> {
        let config = Self::parse(text)?;
        let itself = exposed.map(|exposed| ConfigError {
            key: None,
            line: None,
            what: match config.mode {
                ModeName::Kiosk => {
                    format!("{exposed}; a kiosk takes no configuration that others may write")
                }
                ModeName::Desk => exposed.to_owned(),
            },
        });
        let mut found: Vec<ConfigError> = itself.into_iter().collect();
        found.extend(config.exposed(text, judge));
        match config.mode {
            ModeName::Kiosk if !found.is_empty() => Err(found),
            ModeName::Kiosk | ModeName::Desk => {
                Ok((config, found.iter().map(ToString::to_string).collect()))
            }
        }
    }

    /// The mode alone, of a text of which nothing else needs to be right; none where it cannot be told.
    #[must_use]
    pub fn mode_of(text: &str) -> Option<ModeName> {
        /// The one key.
        #[derive(serde::Deserialize)]
        struct Only {
            #[serde(default = "form::desk")]
            mode: ModeName,
        }
        toml::from_str::<Only>(text).ok().map(|only| only.mode)
    }

    /// The JSON schema of the file.
    #[must_use]
    pub fn schema() -> serde_json::Value {
        sorted(schemars::schema_for!(Config).to_value())
    }
}

/// The same value with every object's keys in order, whatever order the JSON library keeps them in.
fn sorted(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<_> = map.into_iter().collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(
                pairs
                    .into_iter()
                    .map(|(key, value)| (key, sorted(value)))
                    .collect(),
            )
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// A file with so many checks, every one of them wrong twice.
    fn checks(count: usize) -> String {
        const SAMPLE: &str = include_str!("../../../../docs/madoguchi.sample.toml");
        let (before, rest) = SAMPLE.split_once("[[identity_check.checks]]").unwrap();
        let after = &rest[rest.find("[pass]").unwrap()..];
        let check = "[[identity_check.checks]]\nid = \"A\"\n";
        format!("{before}{}{after}", check.repeat(count))
    }

    /// The shortest of some tries, so that a busy machine does not count.
    fn shortest(text: &str) -> Duration {
        let once = || {
            let started = Instant::now();
            assert!(Config::parse(text).is_err());
            started.elapsed()
        };
        (0..5).map(|_| once()).min().unwrap()
    }

    /// T8: twice the length takes about twice the time; by squares it would be sixteen times as long here.
    #[test]
    fn t8_checking_is_linear_in_the_length_of_the_file() {
        let (short, long) = (checks(1_000), checks(4_000));
        let errors = Config::parse(&long).unwrap_err();
        assert_eq!(errors.len(), 2 * 4_000 - 1, "each is told");
        let ratio = shortest(&long).as_secs_f64() / shortest(&short).as_secs_f64();
        assert!(
            ratio < 8.0,
            "four times the length took {ratio:.1} times as long"
        );
    }

    #[test]
    fn the_mode_is_known_before_all_is_read() {
        let mode = |text: &str| Config::mode_of(text);
        assert_eq!(
            mode("mode = \"kiosk\"\n[unknown]\nkey = 1\n"),
            Some(ModeName::Kiosk)
        );
        assert_eq!(mode("mode = \"desk\""), Some(ModeName::Desk));
        assert_eq!(mode(""), Some(ModeName::Desk));
        assert_eq!(mode("mode = \"other\""), None);
        assert_eq!(mode("mode = ["), None);
    }
}
