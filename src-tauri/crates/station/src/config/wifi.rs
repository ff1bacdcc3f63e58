//! The guests' Wi-Fi (N6): what joins it, and the text its code carries.

use std::fmt;

use onboarding::{GuestWifi, QrPath};
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::wrong::Wrong;

/// The guests' Wi-Fi. The code is shown to everybody who installs the app, so a network of the staff's does not belong
/// here.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wifi {
    /// The network's name: 1 to 32 bytes.
    pub ssid: String,
    /// `wpa` (WPA, WPA2 and WPA3 with a password), `wep` or `open`.
    #[serde(default)]
    pub security: Security,
    /// The password: 8 to 63 characters with `wpa`, none with `open`.
    pub password: Option<WifiPassword>,
    /// The network does not announce its name.
    #[serde(default)]
    pub hidden: bool,
    /// Print the password below the code as well, for phones that cannot scan.
    #[serde(default)]
    pub show_password: bool,
}

/// How the network is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    #[default]
    Wpa,
    Wep,
    Open,
}

/// A password that no log shows.
#[derive(Clone, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub struct WifiPassword(String);

impl<'de> Deserialize<'de> for WifiPassword {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // The reader's own words would repeat what stands there.
        let text = String::deserialize(from);
        text.map(Self)
            .map_err(|_| Error::custom("a text in quotation marks is needed"))
    }
}

impl fmt::Debug for WifiPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WifiPassword")
    }
}

impl Wifi {
    pub(super) fn guest(&self, draw: &dyn Fn(&str) -> QrPath) -> GuestWifi {
        let password = self.password.as_ref().filter(|_| self.show_password);
        GuestWifi {
            ssid: self.ssid.clone(),
            password: password.map(|password| password.0.clone()),
            qr: draw(&self.address()),
        }
    }

    /// `WIFI:T:WPA;S:name;P:password;;`, as the cameras of iPhone and Android read it.
    fn address(&self) -> String {
        let kind = match self.security {
            Security::Wpa => "WPA",
            Security::Wep => "WEP",
            Security::Open => "nopass",
        };
        let mut address = format!("WIFI:T:{kind};S:{};", escaped(&self.ssid));
        if let Some(password) = &self.password {
            address.push_str(&format!("P:{};", escaped(&password.0)));
        }
        if self.hidden {
            address.push_str("H:true;");
        }
        address.push(';');
        address
    }
}

/// With a backslash before each character that means something in the address.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if matches!(letter, '\\' | ';' | ',' | ':' | '"') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

pub(super) fn check(wifi: &Wifi, wrong: &mut Wrong<'_>) {
    let plain = |text: &str| !text.chars().any(char::is_control);
    if wifi.ssid.is_empty() || wifi.ssid.len() > 32 || !plain(&wifi.ssid) {
        wrong.add("wifi.ssid", "a name of 1 to 32 bytes on one line is needed");
    }
    let length = |least: usize, most: usize| {
        wifi.password.as_ref().is_some_and(|password| {
            (least..=most).contains(&password.0.chars().count()) && plain(&password.0)
        })
    };
    // What was given is not repeated: it would stand in a log.
    match wifi.security {
        Security::Wpa if !length(8, 63) => {
            wrong.add("wifi.password", "8 to 63 characters are needed with wpa");
        }
        Security::Wep if !length(5, 26) => {
            wrong.add("wifi.password", "5 to 26 characters are needed with wep");
        }
        Security::Open if wifi.password.is_some() => {
            wrong.add(
                "wifi.password",
                "not allowed when wifi.security is \"open\"",
            );
        }
        Security::Wpa | Security::Wep | Security::Open => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Security, Wifi, WifiPassword};

    fn check(security: Security, ssid: &str, password: Option<&str>, hidden: bool, said: &str) {
        let wifi = Wifi {
            ssid: ssid.to_owned(),
            security,
            password: password.map(|password| WifiPassword(password.to_owned())),
            hidden,
            show_password: false,
        };
        assert_eq!(wifi.address(), said);
        let debug = format!("{wifi:?}");
        assert!(
            password.is_none_or(|password| !debug.contains(password)),
            "{debug}"
        );
    }

    #[test]
    fn n6_the_address_of_a_guest_network() {
        let wpa = Security::Wpa;
        check(
            wpa,
            "Guests",
            Some("welcome1"),
            false,
            "WIFI:T:WPA;S:Guests;P:welcome1;;",
        );
        check(
            Security::Open,
            "ゲスト",
            None,
            true,
            "WIFI:T:nopass;S:ゲスト;H:true;;",
        );
        check(
            Security::Wep,
            "a b",
            Some("12345"),
            false,
            "WIFI:T:WEP;S:a b;P:12345;;",
        );
        let said = r#"WIFI:T:WPA;S:a\;b\:c;P:\\x\,y\"zzz;;"#;
        check(wpa, "a;b:c", Some(r#"\x,y"zzz"#), false, said);
    }
}
