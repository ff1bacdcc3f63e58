//! What is in Debian's packages, and how they are made of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use workplace::{During, Failure, Outcome, Place, cargo, output};

use super::control::{self, Control};
use super::release::{Programs, Release};
use super::tree::{ABOUT, READ, START, Tree};
use super::{copyright, parts, sbom};

/// The files that are packed as they stand in the source, by package.
const AS_THEY_ARE: &str = "packaging/linux";
/// Guides and schemas; pictures come with the guides that show them.
const PAPERS: [&str; 12] = [
    "admin-guide.md",
    "operator-guide.en.md",
    "operator-guide.ja.md",
    "operator-card.en.pdf",
    "operator-card.ja.pdf",
    "packs.md",
    "platforms.md",
    "security.md",
    "transitions.md",
    "config.schema.json",
    "pack.schema.json",
    "other-screens.schema.json",
];
/// The app's own page: its options are few, and the app is not built twice to ask for them.
const MANUAL: &str = "packaging/linux/madoguchi.1";
const SAMPLE: &str = "madoguchi.sample.toml";
/// Icons by their size in the theme.
const ICONS: [(&str, &str); 5] = [
    ("32x32.png", "32x32"),
    ("128x128.png", "128x128"),
    ("128x128@2x.png", "256x256"),
    ("icon.png", "512x512"),
    ("icon.svg", "scalable"),
];

/// Makes every package; gives their files.
pub(super) fn make(
    place: &Place,
    programs: &Programs,
    release: &Release,
    out: &Path,
) -> Outcome<Vec<PathBuf>> {
    fs::create_dir_all(out).during(&out.display().to_string())?;
    Ok(vec![
        station(place, programs, release, out)?,
        kiosk(place, release, out)?,
    ])
}

fn station(place: &Place, programs: &Programs, release: &Release, out: &Path) -> Outcome<PathBuf> {
    let name = "madoguchi";
    let tree = begun(place, name, release)?;
    // Where the account cannot read the file, the kernel closes the program's memory from its first moment.
    tree.copy(&programs.app, "usr/bin/madoguchi", 0o711)?;
    tree.copy(&programs.control, "usr/bin/madoguchictl", START)?;
    tree.room("etc/madoguchi")?;
    papers(place, &tree)?;
    manual(place, &tree)?;
    for (file, size) in ICONS {
        let end = file.rsplit('.').next().unwrap_or_default();
        let path = format!("usr/share/icons/hicolor/{size}/apps/madoguchi.{end}");
        tree.copy(&place.root.join("icons").join(file), &path, READ)?;
    }
    whose(place, &tree, release)?;
    let architecture = output(Command::new("dpkg").arg("--print-architecture"))?;
    let control = Control {
        package: name,
        version: &release.version,
        architecture: architecture.trim(),
        kib: tree.kib()?,
        depends: &libraries(place, programs)?,
        recommends: "ca-certificates, xdg-utils",
        suggests: "fonts-noto-cjk",
        synopsis: "counter for handing out passwordless sign-in",
        description: &[
            "For the counter of an organisation that uses Microsoft Entra ID. The operator finds the visitor, checks who it is and issues a Temporary Access Pass. The app leads through the steps on the visitor's phone, sees when the directory knows of the registration, and has the sign-in tried.",
            "With it comes madoguchictl, which checks a station's configuration and verifies and exports its record.",
        ],
    };
    packed(&tree, &control, release, out)
}

/// The session of a machine that does nothing else; whatever is to be started, an administrator enables.
fn kiosk(place: &Place, release: &Release, out: &Path) -> Outcome<PathBuf> {
    let name = "madoguchi-kiosk";
    let tree = begun(place, name, release)?;
    let ours = fs::read_to_string(place.root.join("LICENSE-MIT")).during("LICENSE-MIT")?;
    let file = copyright::dep5(&ours, &[]);
    tree.file(
        &format!("usr/share/doc/{name}/copyright"),
        file.as_bytes(),
        READ,
    )?;
    let depends = format!(
        "madoguchi (= {}), adduser, cage, chromium | firefox-esr, xdg-utils",
        release.version
    );
    let control = Control {
        package: name,
        version: &release.version,
        architecture: "all",
        kib: tree.kib()?,
        depends: &depends,
        recommends: "ca-certificates, fonts-noto-cjk",
        suggests: "",
        synopsis: "kiosk session for the passwordless sign-in counter",
        description: &[
            "An account without rights and a systemd service that opens Madoguchi alone on the first console, in the compositor cage, for a machine with one display. The service is not enabled or started by the package, and no update restarts it.",
        ],
    };
    packed(&tree, &control, release, out)
}

/// A package's folder with what stands in the source for it, and its changelog.
fn begun(place: &Place, name: &str, release: &Release) -> Outcome<Tree> {
    let tree = Tree::empty(place.target.join("package").join(name))?;
    tree.like(&place.root.join(AS_THEY_ARE).join(name))?;
    let markdown = fs::read_to_string(place.root.join("CHANGELOG.md")).during("CHANGELOG.md")?;
    let text = control::changelog(name, &release.version, &release.mail_date, &markdown);
    tree.zipped(&format!("usr/share/doc/{name}/changelog"), &text)?;
    Ok(tree)
}

fn papers(place: &Place, tree: &Tree) -> Outcome<()> {
    let docs = place.root.join("docs");
    let to = |name: &str| format!("usr/share/doc/madoguchi/{name}");
    let mut pictures = BTreeSet::new();
    for name in PAPERS {
        tree.copy(&docs.join(name), &to(name), READ)?;
        if name.ends_with(".md") {
            let text = fs::read_to_string(docs.join(name))?;
            pictures.extend(shown(&text).into_iter().map(str::to_owned));
        }
    }
    for picture in pictures {
        tree.copy(&docs.join(&picture), &to(&picture), READ)?;
    }
    tree.copy(&docs.join(SAMPLE), &to("examples/madoguchi.toml"), READ)
}

/// Manual pages and completions; those of `madoguchictl` are written by itself.
fn manual(place: &Place, tree: &Tree) -> Outcome<()> {
    let folder = place.target.join("package").join("manual");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    output(
        cargo(place)
            .args(["run", "--quiet", "--locked", "--package", "cli"])
            .args(["--no-default-features", "--features", "manual"])
            .args(["--", "manual"])
            .arg(&folder),
    )?;
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".1") {
            let text = fs::read_to_string(&path)?;
            tree.zipped(&format!("usr/share/man/man1/{name}"), &text)?;
        } else {
            tree.copy(&path, &completion(&name)?, READ)?;
        }
    }
    let own = fs::read_to_string(place.root.join(MANUAL)).during(MANUAL)?;
    tree.zipped("usr/share/man/man1/madoguchi.1", &own)
}

/// Where a shell looks for the completions of a program, from the name their writer gave them.
fn completion(written: &str) -> Outcome<String> {
    let name = "madoguchictl";
    match written.strip_prefix(name) {
        Some(".bash") => Ok(format!("usr/share/bash-completion/completions/{name}")),
        Some(".fish") => Ok(format!("usr/share/fish/vendor_completions.d/{written}")),
        _ if written == format!("_{name}") => {
            Ok(format!("usr/share/zsh/vendor-completions/{written}"))
        }
        _ => Err(Failure::new(format!("no shell looks for {written}"))),
    }
}

/// The pictures a guide shows.
fn shown(markdown: &str) -> Vec<&str> {
    let addresses = markdown.split("](").skip(1);
    addresses
        .filter_map(|rest| rest.split(')').next())
        .filter(|address| address.starts_with("images/"))
        .collect()
}

/// Licences, notices and the list of parts.
fn whose(place: &Place, tree: &Tree, release: &Release) -> Outcome<()> {
    let parts = parts::all(place)?;
    let told = parts
        .iter()
        .map(|part| Ok((part.clone(), parts::texts(part)?)))
        .collect::<Outcome<Vec<_>>>()?;
    let ours = fs::read_to_string(place.root.join("LICENSE-MIT")).during("LICENSE-MIT")?;
    let to = |name: &str| format!("usr/share/doc/madoguchi/{name}");
    let file = copyright::dep5(&ours, &told);
    tree.file(&to("copyright"), file.as_bytes(), READ)?;
    tree.zipped(&to("THIRD-PARTY-NOTICES"), &copyright::notices(&told))?;
    let list = sbom::cyclonedx(&release.version, &release.timestamp, &parts);
    let list = serde_json::to_string_pretty(&list)? + "\n";
    tree.file(&to("madoguchi.cdx.json"), list.as_bytes(), READ)
}

/// The packages whose libraries the programs are linked to.
fn libraries(place: &Place, programs: &Programs) -> Outcome<String> {
    // The tool wants the folder of a source package.
    let folder = place.target.join("package").join("shlibdeps");
    fs::create_dir_all(folder.join("debian"))?;
    fs::write(
        folder.join("debian/control"),
        "Source: madoguchi\n\nPackage: madoguchi\nArchitecture: any\n",
    )?;
    let said = output(
        Command::new("dpkg-shlibdeps")
            .arg("-O")
            .args([&programs.app, &programs.control])
            .current_dir(&folder),
    )?;
    control::depends(&said)
}

fn packed(tree: &Tree, control: &Control, release: &Release, out: &Path) -> Outcome<PathBuf> {
    tree.file(&format!("{ABOUT}/control"), control.text().as_bytes(), READ)?;
    tree.finish()?;
    let file = out.join(format!(
        "{}_{}_{}.deb",
        control.package, control.version, control.architecture
    ));
    output(
        Command::new("dpkg-deb")
            .env("SOURCE_DATE_EPOCH", &release.epoch)
            // Where xz may split its work, the bytes depend on the machine.
            .env("DPKG_DEB_THREADS_MAX", "1")
            .args(["--root-owner-group", "-Zxz"])
            .arg(format!("-z{}", release.effort))
            .arg("--build")
            .args([&tree.folder, &file]),
    )?;
    Ok(file)
}

/// True when Debian's checks find no error; warnings are shown.
pub(super) fn examine(place: &Place, files: &[PathBuf]) -> Outcome<bool> {
    let entry = place
        .root
        .join(AS_THEY_ARE)
        .join("madoguchi/usr/share/applications/madoguchi.desktop");
    let entry = workplace::stream(Command::new("desktop-file-validate").arg(entry), |_| true)?;
    let mut lintian = Command::new("lintian");
    lintian.args(["--fail-on", "error"]).args(files);
    let ended = workplace::stream(&mut lintian, |line| {
        line.starts_with("E:") || line.starts_with("W:")
    })?;
    if !ended.ok && !ended.lines.iter().any(|line| line.starts_with("E:")) {
        return Err(Failure::new(format!(
            "lintian failed: {}",
            ended.lines.join("\n")
        )));
    }
    Ok(entry.ok && ended.ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apps_page_has_every_option_of_the_app() {
        let root = Place::find().unwrap().root;
        let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        let source = read("src-tauri/src/launch.rs");
        let arguments = source.split("struct Args {").nth(1).unwrap();
        let arguments = arguments.split("\n}").next().unwrap();
        let fields = arguments
            .lines()
            .filter(|line| !line.contains('#') && !line.contains("//"));
        let options: Vec<String> = fields
            .filter_map(|line| line.trim().split_once(':'))
            .map(|(name, _)| format!("\\-\\-{}", name.replace('_', "\\-")))
            .collect();
        assert!(options.len() >= 2, "{options:?}");
        let page = read(MANUAL);
        for option in options {
            assert!(page.contains(&format!(".TP\n\\fB{option}\\fR")), "{option}");
        }
    }

    #[test]
    fn what_is_in_etc_of_a_package_is_kept_at_updates() {
        let root = Place::find().unwrap().root.join(AS_THEY_ARE);
        for package in ["madoguchi", "madoguchi-kiosk"] {
            let folder = root.join(package);
            let list = fs::read_to_string(folder.join("DEBIAN/conffiles")).unwrap_or_default();
            let listed: Vec<String> = list.lines().map(str::to_owned).collect();
            let is_in = |path: &str| folder.join(path.trim_start_matches('/')).is_file();
            assert!(
                listed.iter().all(|path| is_in(path)),
                "{package}: {listed:?}"
            );
            let above = tempfile::tempdir().unwrap();
            let tree = Tree::empty(above.path().join("tree")).unwrap();
            tree.like(&folder).unwrap();
            let files = tree.files().unwrap().into_iter();
            let settings: Vec<String> = files
                .filter(|path| path.starts_with("etc/"))
                .map(|path| format!("/{path}"))
                .collect();
            assert_eq!(settings, listed, "{package}");
        }
    }

    #[test]
    fn no_script_of_a_package_ends_a_visit() {
        let root = Place::find().unwrap().root.join(AS_THEY_ARE);
        for path in [
            "madoguchi/DEBIAN/postrm",
            "madoguchi-kiosk/DEBIAN/postinst",
            "madoguchi-kiosk/DEBIAN/postrm",
        ] {
            let script = fs::read_to_string(root.join(path)).unwrap();
            let commands = script
                .lines()
                .filter(|line| !line.trim_start().starts_with('#'));
            for word in ["systemctl", "invoke-rc.d", "deb-systemd-invoke", "kill"] {
                assert!(
                    commands.clone().all(|line| !line.contains(word)),
                    "{path}: {word}"
                );
            }
        }
    }

    #[test]
    fn shells_find_their_completions() {
        assert_eq!(
            completion("_madoguchictl").unwrap(),
            "usr/share/zsh/vendor-completions/_madoguchictl"
        );
        assert!(completion("madoguchictl.fish").unwrap().contains("/fish/"));
        assert!(
            completion("madoguchictl.bash")
                .unwrap()
                .ends_with("completions/madoguchictl")
        );
        assert!(completion("madoguchictl.elv").is_err());
    }

    #[test]
    fn a_guide_brings_the_pictures_it_shows() {
        let text = "![a](images/a.png) [b](packs.md) and ![c](images/c.png)";
        assert_eq!(shown(text), ["images/a.png", "images/c.png"]);
    }
}
