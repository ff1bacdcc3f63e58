//! What is in Debian's packages, and how they are made of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use workplace::{During, Failure, Outcome, Place, output};

use super::control::{self, Control};
use super::release::{Programs, Release};
use super::tree::{ABOUT, READ, START, Tree};
use super::{copyright, parts, sbom};

/// The files that are packed as they stand in the source, by package.
const AS_THEY_ARE: &str = "packaging/linux";
/// Guides and schemas; pictures come with the guides that show them.
const PAPERS: [&str; 11] = [
    "admin-guide.md",
    "operator-guide.en.md",
    "operator-guide.ja.md",
    "operator-card.en.pdf",
    "operator-card.ja.pdf",
    "packs.md",
    "security.md",
    "transitions.md",
    "config.schema.json",
    "pack.schema.json",
    "other-screens.schema.json",
];
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
    Ok(vec![station(place, programs, release, out)?])
}

fn station(place: &Place, programs: &Programs, release: &Release, out: &Path) -> Outcome<PathBuf> {
    let name = "madoguchi";
    let tree = begun(place, name, release)?;
    // Where the account cannot read the file, the kernel closes the program's memory from its first moment.
    tree.copy(&programs.app, "usr/bin/madoguchi", 0o711)?;
    tree.copy(&programs.control, "usr/bin/madoguchictl", START)?;
    tree.room("etc/madoguchi")?;
    papers(place, &tree)?;
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
            .args(["--root-owner-group", "-Zxz", "--build"])
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
    fn a_guide_brings_the_pictures_it_shows() {
        let text = "![a](images/a.png) [b](packs.md) and ![c](images/c.png)";
        assert_eq!(shown(text), ["images/a.png", "images/c.png"]);
    }
}
