//! Finds what is missing on this machine and installs it, one clear sentence each.

use std::fs;
use std::io::{BufRead, IsTerminal};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::failure::{During, Failure, Outcome};
use crate::place::Place;
use crate::run::{cargo, npm, on_path, on_terminal, output, stream};
use crate::say;

/// A system package, and what it is for.
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) purpose: &'static str,
}

const PACKAGES: [Package; 13] = [
    Package {
        name: "build-essential",
        purpose: "compiles the parts written in C",
    },
    Package {
        name: "pkg-config",
        purpose: "finds the system's libraries",
    },
    Package {
        name: "libwebkit2gtk-4.1-dev",
        purpose: "draws the app's window",
    },
    Package {
        name: "bubblewrap",
        purpose: "shuts the pages' processes in, where this machine allows it",
    },
    Package {
        name: "xdg-dbus-proxy",
        purpose: "lets those processes onto the session bus, as far as they need it",
    },
    Package {
        name: "webkit2gtk-driver",
        purpose: "lets the tour work in the real window",
    },
    Package {
        name: "xvfb",
        purpose: "gives the tour a display where there is none",
    },
    Package {
        name: "openbox",
        purpose: "manages the windows on that display",
    },
    Package {
        name: "dbus",
        purpose: "gives the app a session bus of its own",
    },
    Package {
        name: "gnome-keyring",
        purpose: "keeps the app's keys on that bus",
    },
    Package {
        name: "libsecret-tools",
        purpose: "sees which keys are kept there",
    },
    Package {
        name: "python3-aiosmtpd",
        purpose: "is the mail server of the tests",
    },
    Package {
        name: "poppler-utils",
        purpose: "reads the hand-outs the tour prints",
    },
];

/// What the tour of a kiosk needs besides: two displays that no machine without a screen has.
const KIOSK_PACKAGES: [Package; 4] = [
    Package {
        name: "xserver-xorg-core",
        purpose: "opens two displays for the tour of a kiosk",
    },
    Package {
        name: "xserver-xorg-video-dummy",
        purpose: "draws them nowhere",
    },
    Package {
        name: "x11-xserver-utils",
        purpose: "plugs the second one in and out",
    },
    Package {
        name: "x11-apps",
        purpose: "takes pictures of both",
    },
];

/// What working an app needs that no WebDriver sees: a hand, an eye, and Japanese letters that no page brings along.
const HAND_PACKAGES: [Package; 9] = [
    Package {
        name: "xdotool",
        purpose: "moves mouse and keyboard",
    },
    Package {
        name: "xclip",
        purpose: "looks at what can be pasted after a visit",
    },
    Package {
        name: "wmctrl",
        purpose: "has the window manager close windows",
    },
    Package {
        name: "x11-apps",
        purpose: "takes pictures of a whole display",
    },
    Package {
        name: "fonts-vlgothic",
        purpose: "draws Japanese outside of pages",
    },
    Package {
        name: "ibus",
        purpose: "types as an input method does",
    },
    Package {
        name: "ibus-gtk3",
        purpose: "lets it into the app's windows",
    },
    Package {
        name: "python3-gi",
        purpose: "runs the tests' engine of that input method",
    },
    Package {
        name: "gir1.2-ibus-1.0",
        purpose: "lets that engine speak with ibus",
    },
];

/// What reading the pictures of a contact sheet needs besides.
const READING_PACKAGES: [Package; 2] = [
    Package {
        name: "tesseract-ocr",
        purpose: "reads the labels on the drawn phones",
    },
    Package {
        name: "tesseract-ocr-jpn",
        purpose: "knows Japanese",
    },
];

/// What listening to a screen as a screen reader does needs besides.
const EAR_PACKAGES: [Package; 3] = [
    Package {
        name: "at-spi2-core",
        purpose: "opens the bus for screen readers",
    },
    Package {
        name: "python3-gi",
        purpose: "reads what goes over it",
    },
    Package {
        name: "gir1.2-atspi-2.0",
        purpose: "knows its words",
    },
];

/// What a window on a display of its own needs besides.
const DISPLAY_PACKAGES: [Package; 1] = [Package {
    name: "xauth",
    purpose: "lets the app onto a display of its own",
}];

const NODE_MAJOR: u32 = 20;
const TAURI_DRIVER: &str = "2.1.0";
const CARGO_DENY: &str = "0.20.2";

/// Installs everything that building, testing, the demo and the tour need.
pub fn everything(place: &Place) -> Outcome<()> {
    system_packages(&PACKAGES)?;
    node()?;
    node_packages(place)?;
    page(place)?;
    tool(place, "tauri-driver", TAURI_DRIVER, "the tour needs it")
}

/// Installs what only the tour of a kiosk needs.
pub fn two_displays() -> Outcome<()> {
    system_packages(&KIOSK_PACKAGES)
}

/// Names what of it is missing, for a tour that is not to install anything.
pub fn two_displays_are_there() -> Outcome<()> {
    let there = |package: &Package| {
        if on_path("dpkg-query") {
            is_installed(package.name)
        } else {
            on_path("Xorg")
        }
    };
    let missing: Vec<&Package> = KIOSK_PACKAGES.iter().filter(|one| !there(one)).collect();
    named(&missing)
}

fn named(missing: &[&Package]) -> Outcome<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = missing
        .iter()
        .map(|package| format!("  {} – {}", package.name, package.purpose))
        .collect();
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    Err(Failure::new(format!(
        "these system packages are missing:\n{}\ninstall them with this command, then start again:\n  sudo apt-get install --yes {}",
        lines.join("\n"),
        names.join(" ")
    )))
}

/// Installs what only working an app without WebDriver needs.
pub fn hands_and_eyes() -> Outcome<()> {
    system_packages(&HAND_PACKAGES)
}

/// Installs what only reading the contact sheet needs.
pub fn reader() -> Outcome<()> {
    system_packages(&READING_PACKAGES)
}

/// Installs what only listening as a screen reader needs.
pub fn ear() -> Outcome<()> {
    system_packages(&EAR_PACKAGES)
}

/// Installs what only `xvfb-run` needs.
pub fn own_display() -> Outcome<()> {
    system_packages(&DISPLAY_PACKAGES)
}

/// Installs what only `cargo xtask deny` needs.
pub fn cargo_deny(place: &Place) -> Outcome<()> {
    tool(place, "cargo-deny", CARGO_DENY, "it checks the crates")
}

pub(crate) fn system_packages(wanted: &[Package]) -> Outcome<()> {
    if !on_path("dpkg-query") {
        return without_dpkg();
    }
    let missing: Vec<&Package> = wanted
        .iter()
        .filter(|package| !is_installed(package.name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    say!("These system packages are missing:");
    for package in &missing {
        say!("  {} – {}", package.name, package.purpose);
    }
    install(&missing.iter().map(|p| p.name).collect::<Vec<_>>())
}

/// On a system without Debian's packages only the programs themselves can be looked for.
fn without_dpkg() -> Outcome<()> {
    let programs = [
        "cc",
        "pkg-config",
        "WebKitWebDriver",
        "Xvfb",
        "openbox",
        "pdftotext",
        "dbus-daemon",
        "dbus-send",
        "gnome-keyring-daemon",
        "secret-tool",
    ];
    let missing: Vec<&str> = programs
        .into_iter()
        .filter(|program| !on_path(program))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "this set-up installs packages on Debian and Ubuntu only; install what brings {} here, and WebKitGTK 4.1 with its headers",
        missing.join(", ")
    )))
}

fn is_installed(package: &str) -> bool {
    output(Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]))
        .is_ok_and(|status| status == "installed")
}

fn install(packages: &[&str]) -> Outcome<()> {
    let list = packages.join(" ");
    let sudo = !is_root();
    if sudo && !agreed()? {
        return Err(Failure::new(format!(
            "install them with this command, then start again:\n  sudo apt-get update && sudo apt-get install --yes {list}"
        )));
    }
    say!("Installing them with apt-get …");
    // The list of packages may be old or empty; a failed update alone is no reason to stop.
    drop(stream(&mut apt(sudo, &["update"]), |_| false));
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    let ended = stream(&mut apt(sudo, &arguments), |line| line.starts_with("E:"))?;
    if ended.ok {
        return Ok(());
    }
    Err(Failure::new(format!("apt-get could not install {list}")))
}

fn apt(sudo: bool, arguments: &[&str]) -> Command {
    let mut command = if sudo {
        let mut command = Command::new("sudo");
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    } else {
        Command::new("apt-get")
    };
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(arguments);
    command
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// The user's yes on a terminal; without one, or without sudo, the answer is no.
fn agreed() -> Outcome<bool> {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if !terminal || !on_path("sudo") {
        return Ok(false);
    }
    say!("Install them now with sudo? [y/N]");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    let yes = matches!(
        answer.trim().to_ascii_lowercase().as_str(),
        "y" | "yes" | "はい"
    );
    // The password is asked for here, where the terminal is still ours.
    if yes && !on_terminal(Command::new("sudo").arg("--validate"))? {
        return Ok(false);
    }
    Ok(yes)
}

fn node() -> Outcome<()> {
    let found = output(Command::new("node").arg("--version")).ok();
    match found.as_deref().map(major) {
        Some(Some(major)) if major >= NODE_MAJOR && on_path("npm") => Ok(()),
        Some(_) => Err(Failure::new(format!(
            "Node.js {NODE_MAJOR} or newer with npm is needed to build the screens; this machine has {}",
            found.unwrap_or_default().trim()
        ))),
        None => Err(Failure::new(format!(
            "Node.js {NODE_MAJOR} or newer with npm is needed to build the screens, and none is installed"
        ))),
    }
}

fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// `npm ci`, when the lock file is not the one the installed packages came from.
fn node_packages(place: &Place) -> Outcome<()> {
    let lock = fs::read(place.ui().join("package-lock.json")).during("ui/package-lock.json")?;
    let stamp = place.ui().join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say!("The screens' npm packages are missing or old: npm ci …");
    let ended = stream(&mut npm(place, &["ci", "--no-progress"]), |line| {
        line.contains("npm error")
    })?;
    if !ended.ok {
        return Err(Failure::new("npm ci failed in ui/"));
    }
    Ok(fs::write(stamp, lock)?)
}

/// `npm run build`, when a source of the page is newer than the built page.
fn page(place: &Place) -> Outcome<()> {
    let ui = place.ui();
    let built = fs::metadata(ui.join("dist/index.html"))
        .and_then(|meta| meta.modified())
        .ok();
    let sources = newest(&ui, &["node_modules", "dist", "coverage"])?;
    if built.is_some_and(|built| sources <= built) {
        return Ok(());
    }
    say!("The screens are not built yet: npm run build …");
    let ended = stream(&mut npm(place, &["run", "build"]), |line| {
        line.contains("rror")
    })?;
    if ended.ok {
        return Ok(());
    }
    for line in ended.lines {
        say!("  {line}");
    }
    Err(Failure::new("npm run build failed in ui/"))
}

/// When the youngest file below the folder was changed.
fn newest(folder: &Path, skip: &[&str]) -> Outcome<SystemTime> {
    let mut youngest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if skip.iter().any(|skipped| name == *skipped) {
            continue;
        }
        let meta = entry.metadata()?;
        let changed = if meta.is_dir() {
            newest(&entry.path(), skip)?
        } else {
            meta.modified()?
        };
        youngest = youngest.max(changed);
    }
    Ok(youngest)
}

/// A program of crates.io, below the target folder so that the user's own stays as it is.
fn tool(place: &Place, name: &str, version: &str, purpose: &str) -> Outcome<()> {
    if place.tool(name).is_file() {
        return Ok(());
    }
    say!("{name} {version} is missing, {purpose}: cargo install …");
    let mut command = cargo(place);
    // Built in a folder of its own that cargo removes again.
    command
        .env_remove("CARGO_TARGET_DIR")
        .args(["install", name, "--locked", "--quiet"])
        .args(["--version", version, "--root"])
        .arg(place.target.join("tools"));
    let ended = stream(&mut command, |line| line.starts_with("error"))?;
    if ended.ok {
        return Ok(());
    }
    Err(Failure::new(format!(
        "cargo could not install {name} {version}"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("18"), Some(18));
        assert_eq!(major("unknown"), None);
    }

    #[test]
    fn what_a_kiosk_lacks_is_named_with_the_command_that_installs_it() {
        named(&[]).unwrap();
        let all: Vec<&Package> = KIOSK_PACKAGES.iter().collect();
        let said = named(&all).unwrap_err().to_string();
        for package in &KIOSK_PACKAGES {
            assert!(said.contains(&format!("  {} – ", package.name)), "{said}");
        }
        assert!(said.ends_with(
            "apt-get install --yes xserver-xorg-core xserver-xorg-video-dummy x11-xserver-utils x11-apps"
        ));
    }

    #[test]
    fn the_newest_source_counts_and_skipped_folders_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, at: u64| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let file = fs::File::create(path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(at))
                .unwrap();
        };
        file("src/a.ts", 10);
        file("locales/ja/screens.ftl", 30);
        file("dist/index.html", 90);
        let newest = newest(folder.path(), &["dist"]).unwrap();
        assert_eq!(
            newest,
            SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(30)
        );
    }
}
