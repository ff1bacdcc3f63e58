//! The proxy of the station's own requests.

use url::Url;

use super::wrong::Wrong;
use super::{Config, ModeName};

const PROXY: &str = "network.proxy";
const EXCEPT: &str = "network.no_proxy";
const MOST: usize = 50;

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let network = &config.network;
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
    if network.no_proxy.len() > MOST {
        wrong.add(EXCEPT, format!("at most {MOST} entries are allowed"));
        return;
    }
    for (place, host) in network.no_proxy.iter().enumerate() {
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:/[]".contains(c);
        if host.is_empty() || host.len() > 253 || !host.chars().all(plain) {
            wrong.add_member(
                EXCEPT,
                place,
                "one host each: a name, an address or a range like 10.0.0.0/8",
            );
        }
    }
}

/// A proxy with a host and nothing else: a password would stand in the file for everybody who may read it.
fn address(text: &str) -> Result<Url, &'static str> {
    const ALLOWED: &str = "allowed: http://host:port or https://host:port, and nothing else in it";
    let url = Url::parse(text).map_err(|_| ALLOWED)?;
    let bare = url.username().is_empty()
        && url.password().is_none()
        && !text.contains('@')
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.port_or_known_default() != Some(0);
    let known = matches!(url.scheme(), "http" | "https") && url.has_host();
    if bare && known { Ok(url) } else { Err(ALLOWED) }
}

impl Config {
    /// What the client is told.
    pub(super) fn proxy(&self) -> entra::Proxy {
        match self.network.proxy.as_deref().map(address) {
            Some(Ok(address)) => entra::Proxy::At {
                address,
                except: self.network.no_proxy.clone(),
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
