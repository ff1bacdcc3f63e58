//! A real SMTP server on this machine, and what it was given.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use mail::{Encryption, Relay, RelayCredentials, RelaySetup};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::Value;
use tempfile::TempDir;
use zeroize::Zeroizing;

pub(crate) const USER: &str = "madoguchi";
pub(crate) const PASSWORD: &str = "合言葉 Word-7:x";

/// A root of one's own, and a certificate by it.
pub(crate) struct Trust {
    pub(crate) root: Vec<u8>,
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Trust {
    /// For a server of that name.
    pub(crate) fn of(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root_key = KeyPair::generate().unwrap();
        let root = params.self_signed(&root_key).unwrap();
        let issuer = Issuer::from_params(&params, &root_key);
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = leaf.signed_by(&key, &issuer).unwrap();
        Self {
            root: root.der().to_vec(),
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        }
    }
}

/// The server; it ends with this.
pub(crate) struct Server {
    child: Child,
    _input: ChildStdin,
    folder: TempDir,
    pub(crate) port: u16,
    pub(crate) root: Vec<u8>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// `wants` as `server.py` reads it.
    pub(crate) fn start(wants: &Value) -> Self {
        let trust = Trust::of("localhost");
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("cert.pem"), &trust.certificate).unwrap();
        fs::write(folder.path().join("key.pem"), &trust.key).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mail/tests/it/server.py");
        // The system's own Python, which has the system's packages.
        let mut child = Command::new("/usr/bin/python3")
            .arg("-W")
            .arg("ignore")
            .arg(script)
            .arg(folder.path())
            .arg(wants.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let said = BufReader::new(child.stdout.take().unwrap()).read_line(&mut line);
        said.unwrap();
        let port = line.trim().parse();
        let port = port.unwrap_or_else(|_| {
            panic!("the mail server did not start: apt-get install python3-aiosmtpd")
        });
        Self {
            _input: child.stdin.take().unwrap(),
            child,
            folder,
            port,
            root: trust.root,
        }
    }

    /// The relay that the server is, as a site configures it.
    pub(crate) fn setup(&self, encryption: Encryption) -> RelaySetup {
        RelaySetup {
            host: "localhost".to_owned(),
            port: self.port,
            encryption,
            credentials: None,
            hello: None,
            extra_roots: vec![self.root.clone()],
        }
    }

    pub(crate) fn relay(&self) -> Relay {
        Relay::new(self.setup(Encryption::StartTls)).unwrap()
    }

    pub(crate) fn relay_told(&self, user: &str, password: &str) -> Relay {
        Relay::new(RelaySetup {
            credentials: Some(told(user, password)),
            ..self.setup(Encryption::StartTls)
        })
        .unwrap()
    }

    /// How many mails it took.
    pub(crate) fn mails(&self) -> usize {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let names = files.map(|file| file.unwrap().file_name());
        names
            .filter(|name| name.to_string_lossy().ends_with(".eml"))
            .count()
    }

    /// The last mail it took, with what was said around it.
    pub(crate) fn last(&self) -> (Vec<u8>, Value) {
        self.taken(self.mails())
    }

    /// A mail by its number, from 1.
    pub(crate) fn taken(&self, number: usize) -> (Vec<u8>, Value) {
        let file = |kind| self.folder.path().join(format!("{number}.{kind}"));
        let said = fs::read_to_string(file("json")).unwrap();
        let mail = fs::read(file("eml")).unwrap();
        (mail, serde_json::from_str(&said).unwrap())
    }
}

pub(crate) fn told(user: &str, password: &str) -> RelayCredentials {
    RelayCredentials {
        user: Zeroizing::new(user.to_owned()),
        password: Zeroizing::new(password.to_owned()),
    }
}
