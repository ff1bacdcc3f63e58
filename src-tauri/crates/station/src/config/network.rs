//! The proxy of the station's own requests.

use std::net::IpAddr;

use onboarding::AccessPlaces;
use url::Url;

use super::wrong::Wrong;
use super::{Config, ModeName, ProxyCredentialsName};

const PROXY: &str = "network.proxy";
const EXCEPT: &str = "network.no_proxy";
const CREDENTIALS: &str = "network.proxy_credentials";
const EGRESS: &str = "network.egress";
const MOBILE: &str = "network.mobile_example";
const MOST: usize = 50;

/// The right to ask Conditional Access beforehand.
pub(super) const ACCESS_SCOPE: &str = "Policy.Read.ConditionalAccess";

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let network = &config.network;
    places(config, wrong);
    match &network.proxy {
        Some(text) => {
            if let Err(what) = address(text) {
                wrong.add(PROXY, what);
            }
        }
        None if !network.no_proxy.is_empty() => {
            wrong.add(EXCEPT, "only allowed beside network.proxy");
        }
        None => {}
    }
    if network.proxy.is_none() && config.tells_the_proxy() {
        wrong.add(CREDENTIALS, "only allowed beside network.proxy");
    }
    if network.no_proxy.len() > MOST {
        wrong.add(EXCEPT, format!("at most {MOST} entries are allowed"));
        return;
    }
    for (place, host) in network.no_proxy.iter().enumerate() {
        if !can_match(host) {
            wrong.add_member(
                EXCEPT,
                place,
                "one host each: a name, an address or a range like 10.0.0.0/8",
            );
        }
    }
}

/// From where Conditional Access is asked about.
fn places(config: &Config, wrong: &mut Wrong<'_>) {
    let network = &config.network;
    for (key, text) in [(EGRESS, &network.egress), (MOBILE, &network.mobile_example)] {
        if text.as_deref().is_some_and(|text| outside(text).is_none()) {
            wrong.add(
                key,
                "one address as the internet sees it is needed, like 203.0.113.9 or 2001:db8::9",
            );
        }
    }
    let place = |text: &Option<String>| text.as_deref().and_then(outside);
    match (place(&network.egress), place(&network.mobile_example)) {
        (None, Some(_)) if network.egress.is_none() => {
            wrong.add(MOBILE, "only allowed beside network.egress");
        }
        (Some(here), Some(mobile)) if here == mobile => {
            wrong.add(MOBILE, "another address than network.egress is needed");
        }
        (_, _) => {}
    }
}

/// An address that the directory can see: one that stays within a network says nothing of where somebody is.
fn outside(text: &str) -> Option<IpAddr> {
    let address: IpAddr = text.parse().ok()?;
    let is_outside = match address {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            // A provider's own, which many of its customers share behind one address (RFC 6598).
            let shared = first == 100 && second & 0b1100_0000 == 64;
            // Nothing below is anybody's, and nothing from the groups on.
            let is_ones = (1..224).contains(&first) && !v4.is_loopback();
            is_ones && !shared && !v4.is_private() && !v4.is_link_local()
        }
        // All that is given out; an IPv4 address in another spelling is not among it.
        IpAddr::V6(v6) => v6.segments()[0] & 0xe000 == 0x2000,
    };
    is_outside.then_some(address)
}

/// Whether an entry can ever be the host of an address: the client takes it for an IP address, for a range of them or
/// for the end of a name, and holds it against a host without port or brackets.
fn can_match(entry: &str) -> bool {
    if let Some((address, prefix)) = entry.split_once('/') {
        let longest = match address.parse() {
            Ok(IpAddr::V4(_)) => 32,
            Ok(IpAddr::V6(_)) => 128,
            Err(_) => return false,
        };
        let length: Option<u8> = prefix.parse().ok();
        return length.is_some_and(|length| length <= longest && length.to_string() == prefix);
    }
    entry.parse::<IpAddr>().is_ok() || is_name(entry.strip_prefix('.').unwrap_or(entry))
}

/// A domain name; one that ends in a number would be read as an address.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let label = |label: &str| (1..=63).contains(&label.len()) && label.chars().all(plain);
    let last = name.rsplit('.').next().unwrap_or_default();
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let hexadecimal = last.strip_prefix("0x").or(last.strip_prefix("0X"));
    let is_hexadecimal =
        hexadecimal.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_hexdigit()));
    name.len() <= 253 && name.split('.').all(label) && !digits(last) && !is_hexadecimal
}

/// A proxy with a host, a port and nothing else: a password would stand in the file for everybody who may read it, and
/// the port that a scheme stands for is no proxy's.
fn address(text: &str) -> Result<Url, &'static str> {
    const ALLOWED: &str = "allowed: http://host:port or https://host:port, and nothing else in it";
    let (scheme, rest) = text.split_once("://").ok_or(ALLOWED)?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = rest.rsplit_once(':').ok_or(ALLOWED)?;
    // What the reading of an address would pass over is not in it either.
    let plain = |c: char| c.is_ascii_graphic() && !"/\\?#@%".contains(c);
    let digits = port.chars().all(|c| c.is_ascii_digit());
    let number: u16 = port.parse().unwrap_or_default();
    if !matches!(scheme, "http" | "https") || !host.chars().all(plain) || !digits || number == 0 {
        return Err(ALLOWED);
    }
    let url = Url::parse(text).map_err(|_| ALLOWED)?;
    let is_same = url.has_host() && url.port_or_known_default() == Some(number);
    if is_same { Ok(url) } else { Err(ALLOWED) }
}

impl Config {
    /// From where Conditional Access is asked about a phone.
    pub(super) fn access(&self) -> Option<AccessPlaces> {
        let place = |text: &Option<String>| text.as_deref().and_then(outside);
        Some(AccessPlaces {
            here: place(&self.network.egress)?,
            mobile: place(&self.network.mobile_example),
        })
    }

    /// The proxy is told what lies in the credential store.
    pub(super) fn tells_the_proxy(&self) -> bool {
        match self.network.proxy_credentials {
            ProxyCredentialsName::Store => true,
            ProxyCredentialsName::None => false,
        }
    }

    /// What the client is told.
    pub(super) fn proxy(&self) -> entra::Proxy {
        match self.network.proxy.as_deref().map(address) {
            Some(Ok(address)) => entra::Proxy::At {
                address,
                except: self.network.no_proxy.clone(),
                // They come later, from whoever may read the store.
                credentials: None,
            },
            // A text that is no address was refused before.
            Some(Err(_)) => entra::Proxy::None,
            None => match self.mode {
                ModeName::Desk => entra::Proxy::OfTheEnvironment,
                ModeName::Kiosk => entra::Proxy::None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n22_an_address_within_a_network_or_in_another_spelling_is_not_seen_by_the_internet() {
        for inside in [
            "::ffff:10.0.0.1",
            "::ffff:203.0.113.9",
            "::203.0.113.9",
            "100.64.0.0",
            "100.127.255.255",
            "0.0.0.1",
            "10.0.0.1",
            "127.0.0.1",
            "169.254.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fd00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert_eq!(outside(inside), None, "{inside}");
        }
        for seen in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.32.0.0",
            "203.0.113.9",
            "223.255.255.255",
            "2001:db8::9",
            "3fff::1",
        ] {
            assert_eq!(outside(seen), seen.parse().ok(), "{seen}");
        }
    }
}
