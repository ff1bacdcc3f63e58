//! `cargo xtask package --try`: two versions in a clean Debian, from the first installation to the purge.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use workplace::{During, Failure, Outcome, Place, packing, say, stream};

/// What happens within; its lines say what held.
const SCRIPT: &str = include_str!("trial.sh");
/// What ends its lines when everything held.
const END: &str = "all ok";

/// True when both versions, made from one source, behave as Debian's policy wants.
pub(super) fn run(place: &Place, old: &[PathBuf], new: &[PathBuf]) -> Outcome<bool> {
    packing::chroot()?;
    let folder = place.target.join("package").join("trial");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for (name, files) in [("old", old), ("new", new)] {
        let to = folder.join(name);
        fs::create_dir_all(&to)?;
        for file in files {
            let name = file.file_name().unwrap_or_default();
            fs::copy(file, to.join(name)).during(&file.display().to_string())?;
        }
    }
    fs::write(folder.join("trial.sh"), SCRIPT)?;
    let release = fs::read_to_string("/etc/os-release").during("/etc/os-release")?;
    let suite = codename(&release)?;
    say!("Installing both in a clean {suite} …");
    let ended = stream(&mut chroot(&folder, suite), told)?;
    if ended.lines.iter().any(|line| line == END) {
        return Ok(ended.ok);
    }
    // What the script did not say itself is the chroot's.
    for line in ended.lines.iter().rev().take(20).rev() {
        say!("  {line}");
    }
    Ok(false)
}

/// A throw-away Debian from where this machine's apt has its packages; as an ordinary user in a namespace of its own.
fn chroot(folder: &Path, suite: &str) -> Command {
    let mut command = Command::new("mmdebstrap");
    command
        .args(["--variant=minbase", "--format=null"])
        // It is thrown away, so nothing has to be on the disk for good.
        .args(["--include=adduser,util-linux", "--dpkgopt=force-unsafe-io"])
        .arg(format!(
            "--customize-hook=copy-in {} /srv",
            folder.display()
        ))
        .arg("--customize-hook=chroot \"$1\" sh /srv/trial/trial.sh")
        .args([suite, "-"]);
    command
}

fn told(line: &str) -> bool {
    ["ok: ", "failed: ", "E: "]
        .iter()
        .any(|start| line.starts_with(start))
}

fn codename(os_release: &str) -> Outcome<&str> {
    os_release
        .lines()
        .find_map(|line| line.strip_prefix("VERSION_CODENAME="))
        .ok_or_else(|| Failure::new("this system names no release of Debian or Ubuntu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_is_that_of_this_machine() {
        let text = "ID=debian\nVERSION_CODENAME=bookworm\n";
        assert_eq!(codename(text).unwrap(), "bookworm");
        assert!(codename("ID=arch\n").is_err());
    }
}
