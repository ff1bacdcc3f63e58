//! A line that is typed without being shown.

use std::io::{self, BufRead};

use zeroize::Zeroizing;

/// Longer than any name or password a store takes; reserved at once, so that no copy is left behind by growing.
const MOST: usize = 2048;

/// Reads a line from standard input, without its end. What a terminal would show of it is not shown where `unseen`.
///
/// # Errors
/// What reading fails with; `InvalidData` for a line that is too long; `Unsupported` where a terminal cannot be kept from
/// showing what is typed.
pub fn read(unseen: bool) -> io::Result<Zeroizing<String>> {
    let _quiet = match unseen && io::IsTerminal::is_terminal(&io::stdin()) {
        true => Some(Quiet::begin()?),
        false => None,
    };
    line(&mut io::stdin().lock())
}

fn line(from: &mut impl BufRead) -> io::Result<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::with_capacity(MOST));
    io::Read::take(&mut *from, MOST as u64).read_line(&mut line)?;
    let ended = line.ends_with('\n');
    if !ended && line.len() == MOST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let kept = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(kept);
    Ok(line)
}

/// The terminal shows nothing of what is typed while this lives.
#[cfg(unix)]
struct Quiet(rustix::termios::Termios);

#[cfg(unix)]
impl Quiet {
    fn begin() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &quiet)?;
        Ok(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Quiet {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // Nobody is left to tell.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}

#[cfg(not(unix))]
struct Quiet;

#[cfg(not(unix))]
impl Quiet {
    fn begin() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_without_its_end_and_not_beyond() {
        let mut two = io::Cursor::new("name\r\n pass word \nrest");
        assert_eq!(line(&mut two).unwrap().as_str(), "name");
        assert_eq!(line(&mut two).unwrap().as_str(), " pass word ");
        assert_eq!(line(&mut two).unwrap().as_str(), "rest");
        assert_eq!(line(&mut two).unwrap().as_str(), "");
        let mut long = io::Cursor::new("x".repeat(MOST + 1));
        let error = line(&mut long).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
