//! Python programs of others in a throw-away environment below the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use workplace::{During, Failure, Outcome, Place, on_path, output, say, stream};

/// An environment with exactly what a requirements file pins.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The environment of that name, made anew when the requirements are no longer those it was made of.
    ///
    /// # Errors
    /// When there is no Python 3.11 with `venv`, or a package cannot be had or is not the pinned one.
    pub(crate) fn of(place: &Place, name: &str, requirements: &Path) -> Outcome<Self> {
        let wanted = fs::read_to_string(requirements).during("the requirements")?;
        let folder = place.target.join("python").join(name);
        let stamp = folder.join("made-of.txt");
        if fs::read_to_string(&stamp).is_ok_and(|made_of| made_of == wanted) {
            return Ok(Self { folder });
        }
        check_python()?;
        say!("Installing the pinned packages of {name} …");
        if folder.exists() {
            fs::remove_dir_all(&folder).during("the old environment")?;
        }
        output(
            Command::new("python3")
                .args(["-m", "venv"])
                .arg(&folder)
                .current_dir(&place.root),
        )?;
        let environment = Self { folder };
        let mut install = environment.module("pip");
        install
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .args(["--require-hashes", "--no-deps", "--requirement"])
            .arg(requirements);
        if !stream(&mut install, |line| !line.trim().is_empty())?.ok {
            return Err(Failure::new(format!(
                "the packages of {name} could not be installed"
            )));
        }
        fs::write(stamp, wanted).during("the environment's stamp")?;
        Ok(environment)
    }

    /// A command that runs a module of the environment.
    pub(crate) fn module(&self, name: &str) -> Command {
        let mut command = self.program();
        command.args(["-m", name]);
        command
    }

    /// The environment's Python; it keeps no compiled files beside the source.
    pub(crate) fn program(&self) -> Command {
        let mut command = Command::new(self.folder.join("bin/python"));
        command
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYTHONUNBUFFERED", "1");
        command
    }
}

fn check_python() -> Outcome<()> {
    let why = "this needs Python 3.11 or later with its venv module; on Debian and Ubuntu: apt-get install python3-venv";
    let check = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))";
    let fits = on_path("python3") && output(Command::new("python3").args(["-c", check])).is_ok();
    if fits { Ok(()) } else { Err(Failure::new(why)) }
}
