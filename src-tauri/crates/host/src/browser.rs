//! Opening an address in the system's browser, for the operator's sign-in.

use std::process::{Command, Stdio};

use url::Url;

/// Why the browser was not started.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The address is not http or https, or carries a user name.
    #[error("only a plain http or https address is opened")]
    Address,
    /// The configured command is empty.
    #[error("the browser command is empty")]
    NoCommand,
    /// The command cannot be started.
    #[error("the browser command cannot be started")]
    Start(#[source] std::io::Error),
}

/// Stands in a browser command for the address.
pub const PLACEHOLDER: &str = "{url}";

/// Opens `url` with `command`, an argument vector in which `{url}` stands for the address; without it
/// the address comes last. `None` takes the system's own way. No shell sees any of it. The browser gets the environment
/// the app was started in. Returns when the command is started, not when the page is seen.
///
/// # Errors
/// See [`BrowserError`].
pub fn open(command: Option<&[String]>, url: &str) -> Result<(), BrowserError> {
    let url = parse(url)?;
    let arguments = match command {
        Some(command) => filled(command, url.as_str()),
        None => filled(&system_command(), url.as_str()),
    };
    let (program, arguments) = arguments.split_first().ok_or(BrowserError::NoCommand)?;
    let mut command = Command::new(program);
    // It is the user's own program, with the user's own settings.
    if let Some(original) = crate::environment::original() {
        let variables = original.iter().map(|(name, value)| (name, value));
        command.env_clear().envs(variables);
    }
    let mut child = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(BrowserError::Start)?;
    // Somebody has to wait for it, else it stays behind as a zombie.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// The address in its normal form, in which nothing is left that a careless receiver could take for
/// a quote, a blank or an option.
pub(crate) fn parse(url: &str) -> Result<Url, BrowserError> {
    let url = Url::parse(url).map_err(|_| BrowserError::Address)?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none();
    if plain {
        Ok(url)
    } else {
        Err(BrowserError::Address)
    }
}

pub(crate) fn filled(command: &[String], url: &str) -> Vec<String> {
    let mut arguments: Vec<String> = command
        .iter()
        .map(|argument| argument.replace(PLACEHOLDER, url))
        .collect();
    if !command.is_empty()
        && !command
            .iter()
            .any(|argument| argument.contains(PLACEHOLDER))
    {
        arguments.push(url.to_owned());
    }
    arguments
}

fn system_command() -> Vec<String> {
    let command: &[&str] = if cfg!(windows) {
        &["rundll32", "url.dll,FileProtocolHandler"]
    } else if cfg!(target_os = "macos") {
        &["open"]
    } else {
        &["xdg-open"]
    };
    command
        .iter()
        .map(|&argument| argument.to_owned())
        .collect()
}
