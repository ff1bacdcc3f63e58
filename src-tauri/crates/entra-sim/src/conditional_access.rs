//! Policies of Conditional Access, as far as they can be asked about beforehand. They rule no sign-in here.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::directory::User;

/// A policy to add.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAccessPolicy {
    pub(crate) display_name: String,
    #[serde(default)]
    pub(crate) state: PolicyState,
    /// The actions it is about; every resource, and with it every action, when empty.
    #[serde(default)]
    pub(crate) user_actions: Vec<UserAction>,
    /// Ids of people and groups it is for; everybody when empty.
    #[serde(default)]
    pub(crate) people: Vec<String>,
    /// Ids of people and groups it is not for.
    #[serde(default)]
    pub(crate) except_people: Vec<String>,
    /// Where it holds, as `192.0.2.0/24`; everywhere when empty.
    #[serde(default)]
    pub(crate) networks: Vec<Network>,
    /// Where it does not.
    #[serde(default)]
    pub(crate) except_networks: Vec<Network>,
    /// Systems it holds on (`android`, `iOS`, …); all when empty.
    #[serde(default)]
    pub(crate) platforms: Vec<String>,
    /// What it wants, in Graph's words: `block`, `mfa`, `compliantDevice`, …
    #[serde(default)]
    pub(crate) controls: Vec<String>,
    /// The strength it wants.
    pub(crate) strength: Option<Strength>,
}

/// A strength of authentication.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Strength {
    pub(crate) display_name: String,
    /// Combinations in Graph's words, such as `temporaryAccessPassOneTime`.
    pub(crate) allowed: Vec<String>,
}

/// Whether a policy is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PolicyState {
    #[default]
    Enabled,
    Disabled,
    EnabledForReportingButNotEnforced,
}

/// What somebody is about to do besides opening an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum UserAction {
    RegisterSecurityInformation,
    RegisterOrJoinDevices,
}

impl UserAction {
    /// The name it has in a policy.
    pub(crate) fn urn(self) -> &'static str {
        match self {
            Self::RegisterSecurityInformation => "urn:user:registersecurityinfo",
            Self::RegisterOrJoinDevices => "urn:user:registerdevice",
        }
    }
}

/// A range of addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Network {
    first: IpAddr,
    prefix: u32,
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text} is no range of addresses");
        let (first, prefix) = text.split_once('/').ok_or_else(wrong)?;
        let first: IpAddr = first.parse().map_err(|_| wrong())?;
        let prefix: u32 = prefix.parse().map_err(|_| wrong())?;
        let widest = if first.is_ipv4() { 32 } else { 128 };
        if prefix > widest {
            return Err(wrong());
        }
        Ok(Self { first, prefix })
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        format!("{}/{}", network.first, network.prefix)
    }
}

impl Network {
    fn holds(&self, address: IpAddr) -> bool {
        let (first, address, width) = match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => (
                u128::from(first.to_bits()),
                u128::from(address.to_bits()),
                32,
            ),
            (IpAddr::V6(first), IpAddr::V6(address)) => (first.to_bits(), address.to_bits(), 128),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => return false,
        };
        let differing = 128 - (first ^ address).leading_zeros();
        differing <= width - self.prefix
    }
}

/// A policy of the tenant's.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AccessPolicy {
    pub(crate) id: String,
    /// The id of its list of networks, and of those that are left out.
    pub(crate) locations: [String; 2],
    #[serde(skip)]
    pub(crate) created: Timestamp,
    #[serde(flatten)]
    pub(crate) said: NewAccessPolicy,
}

/// A sign-in that is asked about.
pub(crate) struct SupposedSignIn<'a> {
    pub(crate) user: &'a User,
    /// None for a sign-in to an app.
    pub(crate) action: Option<UserAction>,
    pub(crate) address: Option<IpAddr>,
    pub(crate) platform: Option<&'a str>,
}

impl AccessPolicy {
    /// Why the policy does not apply, in Graph's word; none where it does.
    pub(crate) fn passed_over(&self, sign_in: &SupposedSignIn<'_>) -> Option<&'static str> {
        let said = &self.said;
        let is_among = |ids: &[String]| {
            let user = sign_in.user;
            ids.iter()
                .any(|id| *id == user.id || user.groups.contains(id))
        };
        let (to, except) = (&said.people, &said.except_people);
        if said.state == PolicyState::Disabled {
            return Some("policyNotEnabled");
        }
        if is_among(except) || !(to.is_empty() || is_among(to)) {
            return Some("users");
        }
        match sign_in.action {
            _ if said.user_actions.is_empty() => {}
            Some(action) if said.user_actions.contains(&action) => {}
            Some(_) => return Some("userActions"),
            None => return Some("application"),
        }
        if !said.platforms.is_empty() {
            let Some(platform) = sign_in.platform else {
                return Some("notEnoughInformation");
            };
            if !said
                .platforms
                .iter()
                .any(|one| one.eq_ignore_ascii_case(platform))
            {
                return Some("devicePlatform");
            }
        }
        self.elsewhere(sign_in.address)
    }

    fn elsewhere(&self, address: Option<IpAddr>) -> Option<&'static str> {
        let (within, except) = (&self.said.networks, &self.said.except_networks);
        if within.is_empty() && except.is_empty() {
            return None;
        }
        let Some(address) = address else {
            return Some("notEnoughInformation");
        };
        let is_in = |networks: &[Network]| networks.iter().any(|one| one.holds(address));
        let holds = (within.is_empty() || is_in(within)) && !is_in(except);
        (!holds).then_some("location")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(network: &str, address: &str, expected: bool) {
        let network = Network::try_from(network.to_owned()).unwrap();
        assert_eq!(
            network.holds(address.parse().unwrap()),
            expected,
            "{network:?} {address}"
        );
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        check("192.0.2.0/24", "192.0.2.255", true);
        check("192.0.2.0/24", "192.0.3.0", false);
        check("192.0.2.7/32", "192.0.2.7", true);
        check("192.0.2.7/32", "192.0.2.6", false);
        check("0.0.0.0/0", "203.0.113.9", true);
        check("2001:db8::/32", "2001:db8:ffff::1", true);
        check("2001:db8::/32", "2001:db9::1", false);
        check("0.0.0.0/0", "2001:db8::1", false);
        for wrong in [
            "192.0.2.0",
            "192.0.2.0/33",
            "x/8",
            "2001:db8::/129",
            "192.0.2.0/",
        ] {
            assert!(Network::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
