//! What the job remembers of each person: when it changed the password, or that it asked and never heard. No value is
//! in it, not even hashed.
//!
//! A file of lines that only grows; the last line about somebody counts. It is written anew, shorter, when a run begins.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::config::{canonical, person};
use crate::folder;
use crate::plan::{LedgerEntry, PersonId, ahead};

const FILE: &str = "ledger.jsonl";

/// The ledger of one run, open for more lines.
pub(crate) struct Ledger {
    file: File,
    /// Of this run's own file and of those of other shards, whichever is newer.
    entries: HashMap<PersonId, LedgerEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
struct Line {
    user: String,
    #[serde(flatten)]
    said: Said,
    /// The directory's date when it was asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seen: Option<i64>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    /// The directory is asked, at this time.
    Asked(i64),
    /// The same where the time before was not answered.
    AskedAgain(i64),
    /// It said yes, at this time.
    Changed(i64),
    /// It said yes, and what else the site wants after a change is not done yet.
    ChangedRestOpen(i64),
    /// It said no, and nothing was known before.
    Unchanged(i64),
}

impl From<LedgerEntry> for Said {
    fn from(entry: LedgerEntry) -> Self {
        match entry {
            LedgerEntry::Changed(at) => Self::Changed(at),
            LedgerEntry::RestOpen(at) => Self::ChangedRestOpen(at),
            LedgerEntry::Asked(at) => Self::Asked(at),
            LedgerEntry::AskedAgain { at, .. } => Self::AskedAgain(at),
        }
    }
}

impl Ledger {
    /// Opens the ledger in `own`, with what the ledgers in `others` know beside it.
    pub(crate) fn open(own: &Path, others: &[PathBuf], now: i64) -> io::Result<Self> {
        let path = own.join(FILE);
        let mut entries = read(&path)?;
        compact(&path, &entries)?;
        for other in others {
            for (person, entry) in read(&other.join(FILE))? {
                newer(&mut entries, person, entry, now);
            }
        }
        let file = private().append(true).create(true).open(&path)?;
        Ok(Self { file, entries })
    }

    /// What the ledgers know, for who changes nothing.
    pub(crate) fn look(
        folders: &[PathBuf],
        now: i64,
    ) -> io::Result<HashMap<PersonId, LedgerEntry>> {
        let mut all: HashMap<PersonId, LedgerEntry> = HashMap::new();
        for folder in folders {
            for (person, entry) in read(&folder.join(FILE))? {
                newer(&mut all, person, entry, now);
            }
        }
        Ok(all)
    }

    pub(crate) fn of(&self, person: PersonId) -> Option<LedgerEntry> {
        self.entries.get(&person).copied()
    }

    /// The directory is about to be asked. It is on the disk when this returns.
    pub(crate) fn asks(&mut self, person: PersonId, at: i64, seen: Option<i64>) -> io::Result<()> {
        let entry = match self.of(person) {
            Some(LedgerEntry::Asked(_) | LedgerEntry::AskedAgain { .. }) => {
                LedgerEntry::AskedAgain { at, seen }
            }
            Some(LedgerEntry::Changed(_) | LedgerEntry::RestOpen(_)) | None => {
                LedgerEntry::Asked(at)
            }
        };
        self.write(person, entry.into(), seen_in(entry))?;
        self.file.sync_data()?;
        self.entries.insert(person, entry);
        Ok(())
    }

    /// It said yes. A line that is lost costs another change, nothing else.
    pub(crate) fn changed(&mut self, person: PersonId, at: i64) -> io::Result<()> {
        self.write(person, Said::Changed(at), None)?;
        self.entries.insert(person, LedgerEntry::Changed(at));
        Ok(())
    }

    /// It said yes, and what else the site wants comes next: whoever is killed before that takes it up.
    pub(crate) fn changed_rest_open(&mut self, person: PersonId, at: i64) -> io::Result<()> {
        self.write(person, Said::ChangedRestOpen(at), None)?;
        self.entries.insert(person, LedgerEntry::RestOpen(at));
        Ok(())
    }

    /// It said no: what was known before holds.
    pub(crate) fn unchanged(
        &mut self,
        person: PersonId,
        before: Option<LedgerEntry>,
        at: i64,
    ) -> io::Result<()> {
        let said = before.map_or(Said::Unchanged(at), Said::from);
        self.write(person, said, before.and_then(seen_in))?;
        match before {
            Some(entry) => self.entries.insert(person, entry),
            None => self.entries.remove(&person),
        };
        Ok(())
    }

    fn write(&mut self, person: PersonId, said: Said, seen: Option<i64>) -> io::Result<()> {
        let line = line(person, said, seen)?;
        self.file.write_all(line.as_bytes())
    }
}

/// Of two ledgers the newer line counts, but none of a time that has not come yet: it would count for ever.
fn newer(
    known: &mut HashMap<PersonId, LedgerEntry>,
    person: PersonId,
    entry: LedgerEntry,
    now: i64,
) {
    let rank = |entry: LedgerEntry| (!ahead(entry, now), entry.at());
    let other = known.entry(person).or_insert(entry);
    if rank(*other) < rank(entry) {
        *other = entry;
    }
}

fn seen_in(entry: LedgerEntry) -> Option<i64> {
    match entry {
        LedgerEntry::AskedAgain { seen, .. } => seen,
        LedgerEntry::Changed(_) | LedgerEntry::RestOpen(_) | LedgerEntry::Asked(_) => None,
    }
}

fn line(person: PersonId, said: Said, seen: Option<i64>) -> io::Result<String> {
    let line = Line {
        user: canonical(person),
        said,
        seen,
    };
    Ok(format!("{}\n", serde_json::to_string(&line)?))
}

/// A last line without an end was cut off when the process was killed, and says nothing: the run before it was sent
/// has not begun, or the answer is looked for again. Anything else that cannot be read is no ledger.
fn read(path: &Path) -> io::Result<HashMap<PersonId, LedgerEntry>> {
    let mut entries = HashMap::new();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(entries),
        Err(error) => return Err(folder::named(path)(error)),
    };
    let mut reader = BufReader::new(file);
    let mut text = String::new();
    while reader.read_line(&mut text)? > 0 {
        if !text.ends_with('\n') {
            break;
        }
        let damaged = || {
            let text = format!("{}: the ledger is damaged", path.display());
            io::Error::new(io::ErrorKind::InvalidData, text)
        };
        let line: Line = serde_json::from_str(&text).map_err(|_| damaged())?;
        let person = person(&line.user).ok_or_else(damaged)?;
        match line.said {
            Said::Asked(at) => entries.insert(person, LedgerEntry::Asked(at)),
            Said::AskedAgain(at) => {
                let seen = line.seen;
                entries.insert(person, LedgerEntry::AskedAgain { at, seen })
            }
            Said::ChangedRestOpen(at) => entries.insert(person, LedgerEntry::RestOpen(at)),
            Said::Changed(at) => entries.insert(person, LedgerEntry::Changed(at)),
            Said::Unchanged(_) => entries.remove(&person),
        };
        text.clear();
    }
    Ok(entries)
}

fn compact(path: &Path, entries: &HashMap<PersonId, LedgerEntry>) -> io::Result<()> {
    let mut text = String::with_capacity(entries.len() * 80);
    for (person, entry) in entries {
        text.push_str(&line(*person, (*entry).into(), seen_in(*entry))?);
    }
    folder::replace(path, text.as_bytes(), folder::PRIVATE)
}

/// For its user alone from the first moment.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, folder::PRIVATE);
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::TOLERANCE_MS;

    const NOW: i64 = 1_000;

    #[test]
    fn the_last_line_about_somebody_counts_and_a_cut_one_does_not_s43() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path(), &[], NOW).unwrap();
        ledger.asks(1, 10, None).unwrap();
        ledger.changed(1, 11).unwrap();
        ledger.asks(2, 12, Some(1)).unwrap();
        ledger.asks(3, 13, None).unwrap();
        ledger.unchanged(3, None, 14).unwrap();
        ledger.asks(4, 15, Some(2)).unwrap();
        ledger.asks(4, 16, Some(3)).unwrap();
        drop(ledger);
        let path = folder.path().join(FILE);
        let mut text = std::fs::read_to_string(&path).unwrap();
        text.push_str("{\"user\":\"0000");
        std::fs::write(&path, &text).unwrap();
        let ledger = Ledger::open(folder.path(), &[], NOW).unwrap();
        assert_eq!(ledger.of(1), Some(LedgerEntry::Changed(11)));
        assert_eq!(ledger.of(2), Some(LedgerEntry::Asked(12)));
        assert_eq!(ledger.of(3), None);
        let again = LedgerEntry::AskedAgain {
            at: 16,
            seen: Some(3),
        };
        assert_eq!(ledger.of(4), Some(again));
        let short = std::fs::read_to_string(&path).unwrap();
        assert_eq!(short.lines().count(), 3, "{short}");
        std::fs::write(&path, "not a ledger\n").unwrap();
        assert!(Ledger::open(folder.path(), &[], NOW).is_err());
    }

    #[test]
    fn what_another_shard_knows_counts_where_it_is_newer_s43() {
        let folder = tempfile::tempdir().unwrap();
        let (own, other) = (folder.path().join("a"), folder.path().join("b"));
        for part in [&own, &other] {
            std::fs::create_dir(part).unwrap();
        }
        for (part, at) in [(&own, 10), (&other, 20)] {
            let mut ledger = Ledger::open(part, &[], NOW).unwrap();
            ledger.changed(1, at).unwrap();
            ledger.changed(at.unsigned_abs().into(), at).unwrap();
        }
        let ledger = Ledger::open(&own, std::slice::from_ref(&other), NOW).unwrap();
        assert_eq!(ledger.of(1), Some(LedgerEntry::Changed(20)));
        assert_eq!(ledger.entries.len(), 3);
        let own = std::fs::read_to_string(own.join(FILE)).unwrap();
        assert_eq!(own.lines().count(), 2, "its own alone is written");
    }

    #[test]
    fn a_line_of_a_time_to_come_does_not_hide_one_of_now_n11() {
        let folder = tempfile::tempdir().unwrap();
        let (own, other) = (folder.path().join("a"), folder.path().join("b"));
        let later = NOW + 10 * TOLERANCE_MS;
        for (part, at) in [(&own, 10), (&other, later)] {
            std::fs::create_dir(part).unwrap();
            Ledger::open(part, &[], NOW)
                .unwrap()
                .changed(1, at)
                .unwrap();
        }
        let both = [own, other];
        for now in [NOW, later] {
            let newest = if now == NOW { 10 } else { later };
            let known = Ledger::look(&both, now).unwrap();
            assert_eq!(known[&1], LedgerEntry::Changed(newest));
        }
    }
}
