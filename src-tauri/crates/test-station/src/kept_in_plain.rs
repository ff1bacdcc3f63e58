//! What outlives the app, where tests can read it: in plain text, which no station keeps. That it is sealed is tried in
//! `host`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use station::{KeptFault, KeptFile, KeptUnread};
use zeroize::Zeroizing;

/// The file, in a station's data folder.
pub const KEPT: &str = "waiting.plain";
/// Beside it, what comes of every order: `no_store`, which also reads nothing, `not_written` or `still_there`.
pub const FAILS: &str = "waiting.fails";

/// Stands for a sealed file: whose it is stands before what is in it.
pub struct KeptInPlain(PathBuf);

impl KeptInPlain {
    /// Nothing is touched yet.
    #[must_use]
    pub fn within(data: &Path) -> Self {
        Self(data.to_owned())
    }

    fn file(&self) -> PathBuf {
        self.0.join(KEPT)
    }

    fn fault(&self) -> Option<KeptFault> {
        let said = fs::read_to_string(self.0.join(FAILS)).ok()?;
        Some(match said.as_str() {
            "no_store" => KeptFault::NoStore(said),
            "not_written" => KeptFault::NotWritten(said),
            "still_there" => KeptFault::StillThere(said),
            other => panic!("{other} is no fault"),
        })
    }

    fn remove(&self) {
        match fs::remove_file(self.file()) {
            Err(error) if error.kind() != ErrorKind::NotFound => panic!("{error}"),
            Ok(()) | Err(_) => {}
        }
    }
}

impl KeptFile for KeptInPlain {
    fn open(&self, of: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, KeptUnread> {
        let Ok(bytes) = fs::read(self.file()) else {
            return Ok(None);
        };
        if let Some(KeptFault::NoStore(said)) = self.fault() {
            return Err(KeptUnread::NoStore(said));
        }
        let held = bytes.strip_prefix(&[of, b"\n"].concat()[..]);
        let held = held.ok_or_else(|| KeptUnread::NotOurs("of another".to_owned()))?;
        Ok(Some(Zeroizing::new(held.to_vec())))
    }

    fn seal(&self, of: &[u8], bytes: &[u8]) -> Result<(), KeptFault> {
        let fault = self.fault();
        match &fault {
            Some(KeptFault::StillThere(_)) => {}
            Some(KeptFault::NoStore(_) | KeptFault::NotWritten(_)) => self.remove(),
            None => fs::write(self.file(), [of, b"\n", bytes].concat()).unwrap(),
        }
        fault.map_or(Ok(()), Err)
    }

    fn destroy(&self) -> Result<(), KeptFault> {
        let fault = self.fault();
        if !matches!(fault, Some(KeptFault::StillThere(_))) {
            self.remove();
        }
        fault.map_or(Ok(()), Err)
    }
}
