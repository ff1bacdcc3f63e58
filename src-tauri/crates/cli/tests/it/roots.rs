//! `cloud.ca_file`: what a start would take is good, and what it would refuse is told with key, file and reason (W2).

use std::fs;
use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};

use crate::{Said, check_text, sample};

/// A root's own certificate, as PEM and as DER, and its key as PEM.
pub(crate) fn root() -> (String, Vec<u8>, String) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = params.self_signed(&key).unwrap();
    (root.pem(), root.der().to_vec(), key.serialize_pem())
}

fn check_path(path: &Path) -> Said {
    let put = format!("name = \"global\"\nca_file = '{}'", path.display());
    check_text(sample().replace("name = \"global\"", &put).as_bytes())
}

fn check(file: &[u8]) -> (Said, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("root.cer");
    fs::write(&path, file).unwrap();
    (check_path(&path), path.display().to_string())
}

fn good(name: &str, file: impl AsRef<[u8]>) {
    let (said, _) = check(file.as_ref());
    assert_eq!(said.code, Some(0), "{name}: {}", said.err);
}

#[track_caller]
fn refused(name: &str, file: impl AsRef<[u8]>, why: &str) {
    let (said, path) = check(file.as_ref());
    let all = format!("{name}: {:?} {}{}", said.code, said.out, said.err);
    assert_eq!(said.code, Some(9), "{all}");
    let told = format!("cloud.ca_file: {path} {why}");
    assert!(said.err.starts_with(&told), "{told} is not in {all}");
    assert!(said.err.contains("allowed: "), "{all}");
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2], mark: [u8; 2]) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(unit);
    mark.into_iter().chain(units).collect()
}

#[test]
fn a_root_is_read_in_whatever_form_it_comes_w2() {
    let (pem, der, key) = root();
    let (other, other_der, _) = root();
    good("PEM", &pem);
    good("DER", &der);
    good("with a byte order mark", format!("\u{feff}{pem}"));
    good(
        "UTF-16, little end first",
        utf16(&pem, u16::to_le_bytes, [0xff, 0xfe]),
    );
    good(
        "UTF-16, big end first",
        utf16(&pem, u16::to_be_bytes, [0xfe, 0xff]),
    );
    good("line ends of Windows", pem.replace('\n', "\r\n"));
    good("line ends of old", pem.replace('\n', "\r"));
    good("two", format!("{pem}{other}"));
    good(
        "two without a line between",
        format!("{}{other}", pem.trim_end()),
    );
    good("two as DER", [der.clone(), other_der].concat());
    good("in one line", pem.replace('\n', ""));
    good(
        "with words before",
        format!("# Wurzel, \u{6839}\nsubject=CN = x\n{pem}"),
    );
    let latin: Vec<u8> = [&b"# \x8d\xaa \xff\n"[..], pem.as_bytes()].concat();
    good("with words in another encoding", latin);
    good("with a key beside it", format!("{key}{pem}"));
    good(
        "an older name",
        pem.replace("CERTIFICATE", "X509 CERTIFICATE"),
    );
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    good("bare base64", body);
    good(
        "DER with a line feed behind it",
        [der, b"\r\n".to_vec()].concat(),
    );
}

#[test]
fn a_root_that_a_start_would_refuse_is_told_w2() {
    let (pem, der, key) = root();
    refused("nothing", "", "is empty");
    refused("blanks", " \r\n\t\n", "is empty");
    refused("a mark alone", "\u{feff}", "is empty");
    refused("a key", &key, "holds a private key and no certificate");
    let bare: String = key.lines().filter(|line| !line.starts_with('-')).collect();
    refused(
        "a key without its name",
        bare,
        "holds a private key and no certificate",
    );
    let request = pem.replace("CERTIFICATE", "CERTIFICATE REQUEST");
    refused("a request", request, "holds a request for a certificate");
    refused(
        "a bundle",
        pem.replace("CERTIFICATE", "PKCS7"),
        "holds a PKCS #7 bundle",
    );
    refused(
        "a list",
        pem.replace("CERTIFICATE", "X509 CRL"),
        "holds a list of revoked",
    );
    refused("a text", "no certificate", "holds no certificate");
    refused(
        "a page",
        "<!doctype html><title>Not found</title>",
        "holds no certificate",
    );
    let end = pem.rfind("-----END").unwrap();
    refused("no end", &pem[..end], "is cut off: certificate 1 of 1");
    let line = pem.lines().nth(2).unwrap();
    let broken = pem.replace(line, "AAAA");
    refused("a line lost", &broken, "is damaged: certificate 1 of 1");
    refused(
        "no base64",
        pem.replace(line, "!!!!"),
        "is damaged: certificate 1 of 1",
    );
    refused(
        "the second",
        format!("{pem}{broken}"),
        "is damaged: certificate 2 of 2",
    );
    refused(
        "the first",
        format!("{broken}{pem}"),
        "is damaged: certificate 1 of 2",
    );
    refused("DER cut", &der[..der.len() - 9], "is cut off");
    let mut turned = der.clone();
    turned[4] = 0;
    refused("DER turned", turned, "is damaged: certificate 1 of 1");
    let mut long = pem.into_bytes();
    long.resize(1024 * 1024 + 1, b' ');
    refused("too large", long, "is too large");
}

#[test]
fn what_is_no_file_is_told_and_never_waited_for_w2() {
    let folder = tempfile::tempdir().unwrap();
    let said = check_path(folder.path());
    assert_eq!(said.code, Some(9));
    let told = format!("cloud.ca_file: {} is a folder", folder.path().display());
    assert!(said.err.starts_with(&told), "{}", said.err);
    let said = check_path(&folder.path().join("missing.pem"));
    assert!(
        said.err.contains("missing.pem cannot be read: "),
        "{}",
        said.err
    );
    #[cfg(unix)]
    {
        let said = check_path(Path::new("/dev/null"));
        assert!(said.err.contains("/dev/null is not a file"), "{}", said.err);
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        assert!(check_path(&pipe).err.contains("pipe is not a file"));
    }
}
