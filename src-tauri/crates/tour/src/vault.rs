//! A credential store of the run's own: a session bus with GNOME's Secret Service behind it, as a help desk's laptop has
//! it once its user has signed in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use workplace::{During, Failure, Outcome, output};

use crate::beside::{Beside, wait_until};
use crate::bus;

/// For it to be there on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);
const SERVICE: &str = "org.freedesktop.secrets";
/// The password of the store, which is as good as none: the store is thrown away.
const PASSWORD: &[u8] = b"of this run";
/// Nothing is started over it: what is there is what was opened here.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;
/// The name that all entries of the app stand under.
const APP: &str = "madoguchi";

/// Ends with the run, and its entries with the folder it was opened in.
pub(crate) struct Vault {
    /// Of the bus it answers at.
    pub(crate) address: String,
    program: Runs,
    // Ended in this order: who needs the bus before it.
    _service: Beside,
    _bus: Beside,
}

/// How its programs are run: as whom, at home where.
type Runs = Box<dyn Fn(&str) -> Command>;

impl Vault {
    /// Opens it. Its entries lie below `home`.
    pub(crate) fn open(home: &Path, program: impl Fn(&str) -> Command + 'static) -> Outcome<Self> {
        let program = at_home(home.to_owned(), program);
        let rules = home.join("bus.conf");
        fs::write(&rules, BUS).during("the bus's rules")?;
        let mut bus = program("dbus-daemon");
        bus.arg("--config-file").arg(&rules);
        let (bus, address) = bus::serve(bus)?;
        let log = home.join("keyring.log");
        let mut command = program("gnome-keyring-daemon");
        command
            .args(["--foreground", "--unlock", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log).during("the store's messages")?);
        let mut service = Beside::start("gnome-keyring-daemon", &mut command)?;
        if let Some(mut input) = service.child().stdin.take() {
            input.write_all(PASSWORD).during("the store's password")?;
        }
        let vault = Self {
            address,
            program,
            _service: service,
            _bus: bus,
        };
        let there = || {
            vault.answers(
                "/org/freedesktop/DBus",
                "DBus.NameHasOwner",
                SERVICE,
                "true",
            )
        };
        let open = || {
            vault.answers(
                "/org/freedesktop/secrets",
                "Secret.Service.ReadAlias",
                "default",
                "/collection/",
            )
        };
        wait_until(LIMIT, || (there() && open()).then_some(())).ok_or_else(|| {
            let said = fs::read_to_string(&log).unwrap_or_default();
            Failure::new(format!("the Secret Service did not open: {said}"))
        })?;
        Ok(vault)
    }

    /// Whether the answer to a call has this in it.
    fn answers(&self, at: &str, method: &str, of: &str, wanted: &str) -> bool {
        let service = if method.starts_with("DBus.") {
            "org.freedesktop.DBus"
        } else {
            SERVICE
        };
        let mut command = (self.program)("dbus-send");
        command
            .arg(format!("--bus={}", self.address))
            .args(["--print-reply=literal", &format!("--dest={service}"), at])
            .arg(format!("org.freedesktop.{method}"))
            .arg(format!("string:{of}"));
        output(&mut command).is_ok_and(|said| said.contains(wanted))
    }

    /// The names of what the app keeps in it now.
    pub(crate) fn names(&self) -> Outcome<Vec<String>> {
        let mut command = (self.program)("secret-tool");
        command
            .args(["search", "--all", "service", APP])
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .stdin(Stdio::null());
        let found = command.output().during("secret-tool")?;
        let said = [found.stdout, found.stderr].concat();
        Ok(named(&String::from_utf8_lossy(&said)))
    }
}

fn at_home(home: PathBuf, program: impl Fn(&str) -> Command + 'static) -> Runs {
    Box::new(move |name| {
        let mut command = program(name);
        command.env("HOME", &home);
        for folder in ["XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(folder);
        }
        command
    })
}

fn named(said: &str) -> Vec<String> {
    let of = |line: &str| {
        line.strip_prefix("attribute.username = ")
            .map(str::to_owned)
    };
    said.lines().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::limited;

    #[test]
    fn what_is_kept_is_found_by_its_name() {
        let said = "[/1]\nlabel = x\nattribute.service = madoguchi\nattribute.username = one\n\
            [/2]\nattribute.username = two\n";
        assert_eq!(named(said), ["one", "two"]);
        assert!(named("").is_empty());
    }

    /// What the trials rest on: entries are seen while they are there, and no longer.
    #[test]
    fn a_store_of_its_own_shows_what_was_put_into_it() {
        let home = tempfile::tempdir().unwrap();
        let vault = Vault::open(home.path(), limited).unwrap();
        assert!(vault.names().unwrap().is_empty());
        let tell = |verb: &str, more: &[&str]| {
            let mut command = (vault.program)("secret-tool");
            command
                .arg(verb)
                .args(more)
                .args(["service", APP, "username", "planted"])
                .env("DBUS_SESSION_BUS_ADDRESS", &vault.address)
                .stdin(Stdio::piped())
                .stdout(Stdio::null());
            let mut told = command.spawn().unwrap();
            told.stdin.take().unwrap().write_all(b"value").unwrap();
            assert!(told.wait().unwrap().success());
        };
        tell("store", &["--label=planted"]);
        assert_eq!(vault.names().unwrap(), ["planted"]);
        tell("clear", &[]);
        assert!(vault.names().unwrap().is_empty());
    }
}
