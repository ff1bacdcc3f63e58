//! Where the witness of the record is kept: a file outside of the record's, and the system's store for small values.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};

use audit::Witness;

/// The system's store for small values, where it is there without asking anybody. Calls may block for seconds.
pub trait SmallStore: Send + Sync {
    /// What is kept under `key`; the error is a word for the log.
    fn recall(&self, key: &str) -> Result<Option<Vec<u8>>, String>;
    /// Keeps `value` under `key`; the error is a word for the log.
    fn remember(&self, key: &str, value: &[u8]) -> Result<(), String>;
}

/// The places of one record's witness. The newer copy counts, and one is enough.
#[derive(Clone)]
pub struct Witnesses {
    key: String,
    file: PathBuf,
    /// Where the data folder is named by way of a link, the file of that name as well: the folder may have stood there itself.
    as_named: Option<PathBuf>,
    store: Option<Arc<dyn SmallStore>>,
}

/// What the copies say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Recalled {
    /// There is none.
    Nothing,
    /// The newest that can be read.
    Witness(Witness),
    /// There is one, and none that can be read.
    Unreadable,
}

impl Witnesses {
    /// A file alone, in `folder`, for the record in the data folder `data`. Nothing is touched yet.
    #[must_use]
    pub fn within(folder: &Path, data: &Path) -> Self {
        // What is not there yet has no other name either.
        let real = fs::canonicalize(data).unwrap_or_else(|_| data.to_owned());
        let named = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
        let key = key_of(&real);
        Self {
            file: folder.join(&key),
            as_named: (named != real).then(|| folder.join(key_of(&named))),
            key,
            store: None,
        }
    }

    /// And in the system's store.
    #[must_use]
    pub fn and_in(mut self, store: Arc<dyn SmallStore>) -> Self {
        self.store = Some(store);
        self
    }

    /// The file among its places.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) fn recall(&self) -> Recalled {
        let other = self.as_named.as_deref().and_then(in_file);
        let file = newer(in_file(&self.file), other);
        let store = match self.store.as_ref().map(|store| store.recall(&self.key)) {
            Some(Ok(Some(bytes))) => Some(Witness::from_bytes(&bytes)),
            Some(Err(error)) => {
                tracing::info!(error, "the system's store is not asked for the witness");
                None
            }
            Some(Ok(None)) | None => None,
        };
        match newer(file, store) {
            Some(Some(one)) => Recalled::Witness(one),
            Some(None) => Recalled::Unreadable,
            None => Recalled::Nothing,
        }
    }

    /// Whether the file's place takes one: as the account that runs this, with a draft that is gone again.
    pub(crate) fn may_be_kept(&self) -> io::Result<()> {
        let trial = self.file.with_extension("trial");
        // One that was cut short.
        match fs::remove_file(&trial) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        if let Some(folder) = self.file.parent() {
            private_folder().create(folder)?;
        }
        drop(private_file().open(&trial)?);
        fs::remove_file(&trial)?;
        // What is no file is not opened: a pipe would be waited for.
        if fs::metadata(&self.file).is_ok_and(|there| !there.is_file()) {
            return Err(ErrorKind::InvalidInput.into());
        }
        // A folder with the sticky bit lets nobody replace what is somebody else's.
        match OpenOptions::new().write(true).open(&self.file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Writes the copies and waits for it.
    ///
    /// # Errors
    /// The file cannot be written. The store is only told.
    pub(crate) fn keep(&self, witness: &Witness) -> io::Result<()> {
        if let Some(store) = &self.store
            && let Err(error) = store.remember(&self.key, &witness.to_bytes())
        {
            tracing::info!(error, "the system's store does not take the witness");
        }
        self.keep_in_file(witness)
    }

    /// Writes the file alone and waits for it.
    pub(crate) fn keep_in_file(&self, witness: &Witness) -> io::Result<()> {
        write_all(&self.files(), witness)
    }

    fn files(&self) -> Vec<PathBuf> {
        [&self.file]
            .into_iter()
            .chain(&self.as_named)
            .cloned()
            .collect()
    }

    /// Starts what writes the copies beside the record's own thread: a disk or a store that hangs holds nothing up.
    pub(crate) fn keeper(&self) -> Keeper {
        let files = self.files();
        let file =
            run(move |witness| write_all(&files, witness).map_err(|error| error.to_string()));
        let key = self.key.clone();
        let store = self
            .store
            .clone()
            .map(|store| run(move |witness| store.remember(&key, &witness.to_bytes())));
        Keeper { file, store }
    }
}

/// The name of the witness of the record in this folder.
fn key_of(data: &Path) -> String {
    let hash = audit::sha256_hex(data.as_os_str().as_encoded_bytes());
    format!("witness-{}", &hash[..32])
}

/// A copy, where there is one; none within where it cannot be read.
type Found = Option<Option<Witness>>;

fn in_file(path: &Path) -> Found {
    match read(path) {
        Ok(bytes) => Some(Witness::from_bytes(&bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => {
            tracing::warn!(%error, "the witness of the record cannot be read");
            Some(None)
        }
    }
}

/// The newer of two copies; one that can be read counts for both.
fn newer(one: Found, other: Found) -> Found {
    match (one, other) {
        (Some(Some(one)), Some(Some(other))) => Some(Some(one.later(other))),
        (Some(Some(one)), _) | (_, Some(Some(one))) => Some(Some(one)),
        (None, None) => None,
        (Some(None) | None, Some(None) | None) => Some(None),
    }
}

/// What is made is the account's alone, whatever its mask lets others do.
fn private_folder() -> DirBuilder {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder
}

fn private_file() -> OpenOptions {
    let mut file = OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file
}

/// More than any witness has.
const LONGEST: u64 = 64 * 1024;

/// A pipe or a device in its place is no witness, and waited for by nobody.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::from(ErrorKind::InvalidInput));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Takes witnesses to be kept, and waits for none.
pub(crate) struct Keeper {
    file: Sender<Order>,
    store: Option<Sender<Order>>,
}

struct Order {
    witness: Witness,
    /// Told when the witness is kept.
    kept: Option<SyncSender<()>>,
}

impl Keeper {
    /// To the file, after every entry.
    pub(crate) fn note(&self, witness: Witness) {
        let kept = None;
        // One whose thread is gone has said so.
        let _ = self.file.send(Order { witness, kept });
    }

    /// To every place.
    pub(crate) fn note_everywhere(&self, witness: Witness) {
        self.note_in_store(&witness);
        self.note(witness);
    }

    /// To every place; the answer comes when the file has it.
    pub(crate) fn note_last(&self, witness: Witness) -> Receiver<()> {
        self.note_in_store(&witness);
        let (kept, wait) = std::sync::mpsc::sync_channel(1);
        let kept = Some(kept);
        let _ = self.file.send(Order { witness, kept });
        wait
    }

    fn note_in_store(&self, witness: &Witness) {
        if let Some(store) = &self.store {
            let witness = witness.clone();
            let kept = None;
            let _ = store.send(Order { witness, kept });
        }
    }
}

/// A thread that keeps the newest of what it is given.
fn run(keep: impl Fn(&Witness) -> Result<(), String> + Send + 'static) -> Sender<Order> {
    let (orders, receiver) = channel::<Order>();
    std::thread::spawn(move || {
        let mut failed = false;
        while let Ok(mut order) = receiver.recv() {
            while order.kept.is_none()
                && let Ok(later) = receiver.try_recv()
            {
                order = later;
            }
            let kept = keep(&order.witness);
            match &kept {
                Err(error) if !failed => tracing::warn!(error, "the witness cannot be kept"),
                Err(_) | Ok(()) => {}
            }
            failed = kept.is_err();
            if let (Ok(()), Some(waiting)) = (kept, order.kept) {
                // Whoever waited may have gone.
                let _ = waiting.send(());
            }
        }
    });
    orders
}

fn write_all(files: &[PathBuf], witness: &Witness) -> io::Result<()> {
    let bytes = witness.to_bytes();
    files.iter().try_for_each(|file| write(file, &bytes))
}

/// Puts the bytes in the file's place in one step, so that a power cut leaves the old ones or the new.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        private_folder().create(folder)?;
    }
    let draft = file.with_extension("new");
    // One that an earlier draft left behind may have other rights.
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut new = private_file().open(&draft)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    fs::rename(&draft, file)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// Where others could write it they could put the station out of service.
    #[test]
    fn a_witness_and_its_folder_are_the_accounts_alone_t5() {
        let within = tempfile::tempdir().unwrap();
        let folder = within.path().join("config");
        let file = folder.join("witness");
        let left = folder.join("witness.new");
        for round in ["first", "again"] {
            write(&file, round.as_bytes()).unwrap();
            for (path, mode) in [(&folder, 0o700), (&file, 0o600)] {
                let found = fs::metadata(path).unwrap().permissions().mode();
                assert_eq!(found & 0o777, mode, "{round} {}", path.display());
            }
            assert_eq!(fs::read(&file).unwrap(), round.as_bytes());
            // An earlier one that was cut short, open to everybody.
            fs::write(&left, "").unwrap();
            fs::set_permissions(&left, fs::Permissions::from_mode(0o666)).unwrap();
        }
    }

    /// What the account may not write is known before anything is to be remembered, and a trial leaves nothing.
    #[test]
    fn a_place_that_takes_no_witness_is_found_out_by_trying_n12() {
        let within = tempfile::tempdir().unwrap();
        let at = |folder: &Path| Witnesses::within(folder, within.path());
        let good = at(&within.path().join("config"));
        for _ in 0..2 {
            good.may_be_kept().unwrap();
            let left = fs::read_dir(within.path().join("config")).unwrap();
            assert_eq!(left.count(), 0);
            // A trial that was cut short.
            fs::write(good.file().with_extension("trial"), "").unwrap();
        }
        let in_the_way = at(&within.path().join("other"));
        fs::create_dir_all(in_the_way.file()).unwrap();
        assert!(in_the_way.may_be_kept().is_err(), "a folder in its place");
        #[cfg(unix)]
        {
            let pipe = at(&within.path().join("pipe"));
            fs::create_dir_all(pipe.file().parent().unwrap()).unwrap();
            let made = std::process::Command::new("mkfifo")
                .arg(pipe.file())
                .status();
            assert!(made.unwrap().success());
            assert!(pipe.may_be_kept().is_err(), "a pipe in its place");
        }
        fs::write(within.path().join("file"), "").unwrap();
        assert!(at(&within.path().join("file")).may_be_kept().is_err());
        assert!(at(Path::new("/proc/madoguchi")).may_be_kept().is_err());
        // Whatever account this is: as it may make a file there, or may not.
        let shut = within.path().join("shut");
        fs::create_dir(&shut).unwrap();
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o500)).unwrap();
        let may = File::create(shut.join("probe")).is_ok();
        assert_eq!(at(&shut).may_be_kept().is_ok(), may);
    }
}
