//! The configuration file: strict, every error with its key, its line and what is allowed.

mod after;
mod check;
mod form;
mod greeting;
mod into;
mod language;
mod limits;
mod line;
mod print;
mod site;
mod unreadable;
mod way_to_check;
mod wifi;
mod wrong;

pub use after::{Passwords, ProofName, RollSetup, SignInTest, TestSetup, WayName};
pub use form::{
    Accounts, Cloud, CloudName, Config, DoneName, IdentityCheckSection, Language, LiveCheck,
    ModeName, OldApp, PacksSection, Pass, PersonScreenName, Print, PromptName, Redirect, Refresh,
    ScopesName, Screen, SignIn, SiteText, SizeName, Stores, TenantSection, Visits,
};
pub use greeting::Greeting;
pub use into::{Setup, SetupProblem};
pub use limits::Limits;
pub use print::HandOutsTo;
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
