//! What becomes of the PDF: the site's program prints it, or it is saved.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use onboarding::{HandOut, HandOutDone, Paper, PhoneOs};
use station::HandOutError;
use tauri::{AppHandle, Manager, Runtime};

/// How long the printing program may take the file over.
const COMMAND_LIMIT: Duration = Duration::from_secs(60);

/// Takes everybody else's right to read it, as far as the system has such a thing.
pub(super) fn keep_private(file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))?;
    }
    #[cfg(not(unix))]
    std::fs::metadata(file)?;
    Ok(())
}

/// Hands the file to the site's program and waits until it ends.
pub(super) async fn send(command: &[String], pdf: &Path) -> Result<HandOutDone, HandOutError> {
    let program = command.first().cloned().unwrap_or_default();
    let refused = || HandOutError::NotPrinted {
        program: program.clone(),
    };
    let child = tokio::process::Command::new(&program)
        .args(arguments(command, &pdf.to_string_lossy()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = child.map_err(|error| {
        tracing::error!(%error, "the printing program does not start");
        refused()
    })?;
    match tokio::time::timeout(COMMAND_LIMIT, child.wait()).await {
        Ok(Ok(status)) if status.success() => Ok(HandOutDone::Printed),
        Ok(Ok(status)) => {
            tracing::error!(%status, "the printing program failed");
            Err(refused())
        }
        Ok(Err(_)) | Err(_) => Err(refused()),
    }
}

/// Puts the file into the folder under a name that says what it is, in the place of the last of its kind.
pub(super) fn save<R: Runtime>(
    app: &AppHandle<R>,
    folder: Option<&Path>,
    hand_out: &HandOut,
    pdf: &Path,
) -> Result<HandOutDone, HandOutError> {
    let own = || app.path().document_dir().or_else(|_| app.path().home_dir());
    let folder = folder.map_or_else(own, |folder| Ok(folder.to_owned()));
    let folder: PathBuf = folder.map_err(|_| HandOutError::NotSaved {
        folder: String::new(),
    })?;
    let file = folder.join(name(hand_out));
    keep(pdf, &folder, &file).map_err(|error| {
        tracing::error!(%error, "the PDF could not be saved");
        HandOutError::NotSaved {
            folder: folder.display().to_string(),
        }
    })?;
    Ok(HandOutDone::Saved {
        file: file.display().to_string(),
    })
}

/// Whole or not at all, and readable by its user only.
fn keep(pdf: &Path, folder: &Path, file: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    std::io::copy(&mut std::fs::File::open(pdf)?, &mut new)?;
    new.persist(file)?;
    Ok(())
}

/// What follows the program: `{file}` becomes the path, which comes last where it has no place.
fn arguments(command: &[String], file: &str) -> Vec<String> {
    const FILE: &str = "{file}";
    let words = command.iter().skip(1);
    let mut arguments: Vec<String> = words.map(|word| word.replace(FILE, file)).collect();
    if !command.iter().any(|word| word.contains(FILE)) {
        arguments.push(file.to_owned());
    }
    arguments
}

fn name(hand_out: &HandOut) -> String {
    let paper = match hand_out.paper {
        Paper::A4 => "a4",
        Paper::A5 => "a5",
    };
    let lang = hand_out.lang.code().replace('_', "-");
    if hand_out.card.is_some() {
        return format!("madoguchi-card-{lang}-{paper}.pdf");
    }
    let os = match hand_out.phone_os {
        PhoneOs::Ios => "iphone",
        PhoneOs::Android => "android",
    };
    format!("madoguchi-{}-{os}-{lang}-{paper}.pdf", hand_out.pack)
}

/// No PDF, with the reason in the log.
pub(super) fn not_made(error: &dyn std::fmt::Display) -> HandOutError {
    tracing::error!(%error, "no PDF");
    HandOutError::NotMade
}

#[cfg(test)]
mod tests {
    use super::{HandOutDone, HandOutError, Path, arguments, keep, send};

    #[test]
    fn the_file_stands_where_it_is_wanted_and_last_otherwise() {
        let check = |command: &[&str], said: &[&str]| {
            let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(arguments(&command, "/x/y z.pdf"), said);
        };
        check(&["lp", "{file}"], &["/x/y z.pdf"]);
        check(&["lp", "-d", "desk"], &["-d", "desk", "/x/y z.pdf"]);
        check(&["p", "--in={file}", "-q"], &["--in=/x/y z.pdf", "-q"]);
        check(&["p; rm", "$(x) {file}"], &["$(x) /x/y z.pdf"]);
    }

    async fn sent(command: &[&str], pdf: &Path) -> Result<HandOutDone, HandOutError> {
        let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        send(&command, pdf).await
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_program_that_fails_or_is_missing_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let (pdf, copy) = (
            folder.path().join("a b.pdf"),
            folder.path().join("copy.pdf"),
        );
        std::fs::write(&pdf, "%PDF").unwrap();
        let copied = sent(&["cp", "{file}", copy.to_str().unwrap()], &pdf).await;
        assert_eq!(copied, Ok(HandOutDone::Printed));
        assert_eq!(std::fs::read(&copy).unwrap(), b"%PDF");
        for program in ["false", "no-such-program-of-ours"] {
            let refused = sent(&[program], &pdf).await.unwrap_err();
            let program = program.to_owned();
            assert_eq!(refused, HandOutError::NotPrinted { program });
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_saved_file_is_its_users_alone_and_takes_the_last_ones_place() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (pdf, into) = (
            folder.path().join("a.pdf"),
            folder.path().join("new/folder"),
        );
        let file = into.join("kept.pdf");
        for text in ["first", "second"] {
            std::fs::write(&pdf, text).unwrap();
            keep(&pdf, &into, &file).unwrap();
            assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
        }
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&into).unwrap().count(), 1);
        keep(&pdf, &pdf, &file).unwrap_err();
    }
}
