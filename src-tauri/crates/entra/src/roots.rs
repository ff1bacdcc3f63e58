//! Certificates to trust besides the platform's, in whatever form a file has them.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;

/// Why a file of root certificates cannot be used. Each sentence ends with what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RootFlaw {
    /// Nothing in it, or blanks alone.
    #[error("is empty; {ALLOWED}")]
    Empty,
    /// Something that is known and no certificate.
    #[error("holds {0} and no certificate; {ALLOWED}")]
    Other(&'static str),
    /// One of its certificates is damaged.
    #[error("is damaged: certificate {place} of {of} in it cannot be read; {ALLOWED}")]
    Broken {
        /// Which one, counted from 1.
        place: usize,
        /// How many begin in the file.
        of: usize,
    },
    /// A certificate begins and does not end.
    #[error("is cut off: certificate {place} of {of} in it has no end; {ALLOWED}")]
    CutOff {
        /// Which one, counted from 1.
        place: usize,
        /// How many begin in the file.
        of: usize,
    },
    /// Nothing that is known.
    #[error("holds no certificate; {ALLOWED}")]
    Unknown,
}

const ALLOWED: &str = "allowed: one or more certificates as PEM or DER";

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Whether the bytes of a file can be trusted as roots: PEM with or without a byte order mark, also in UTF-16, DER, or
/// DER as bare base64. What else a PEM file holds beside certificates is passed over.
///
/// # Errors
/// What is wrong with it; one damaged certificate is enough.
pub fn check_roots(file: &[u8]) -> Result<(), RootFlaw> {
    read_roots(file).map(drop)
}

/// The certificates of a file, each as DER that the verifier takes.
///
/// # Errors
/// As [`check_roots`].
pub fn read_roots(file: &[u8]) -> Result<Vec<Vec<u8>>, RootFlaw> {
    let text = text_of(file);
    let found = if text.contains(BEGIN) {
        of_pem(&text)?
    } else if file.first() == Some(&SEQUENCE) {
        of_der(file)?
    } else if text.trim().is_empty() {
        return Err(RootFlaw::Empty);
    } else {
        match decoded(&text) {
            Some(der) if der.first() == Some(&SEQUENCE) => of_der(&der)?,
            Some(_) | None => return Err(RootFlaw::Unknown),
        }
    };
    let of = found.len();
    for (place, der) in found.iter().enumerate() {
        if !is_taken(der) {
            let place = place + 1;
            return Err(RootFlaw::Broken { place, of });
        }
    }
    Ok(found)
}

/// Whether the verifier takes it: the very step that would fail at the start.
fn is_taken(der: &[u8]) -> bool {
    let certificate = CertificateDer::from(der.to_vec());
    RootCertStore::empty().add(certificate).is_ok()
}

/// The file as text, whatever an editor put before it; what is no text is marked and looked at as bytes.
fn text_of(file: &[u8]) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match file {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(file).into_owned(),
    }
}

/// Base64 with blanks wherever they stand.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    BASE64.decode(plain).ok()
}

fn of_pem(text: &str) -> Result<Vec<Vec<u8>>, RootFlaw> {
    let of = text
        .split(BEGIN)
        .skip(1)
        .filter(|part| is_certificate(label(part)))
        .count();
    let mut found = Vec::new();
    let mut other = None;
    for part in text.split(BEGIN).skip(1) {
        let label = label(part);
        if !is_certificate(label) {
            other = other.or(Some(named(label)));
            continue;
        }
        let place = found.len() + 1;
        let body = part.get(label.len() + DASHES.len()..).unwrap_or_default();
        let end = format!("-----END {label}-----");
        let (body, _) = body
            .split_once(&end)
            .ok_or(RootFlaw::CutOff { place, of })?;
        let mut der = decoded(body).ok_or(RootFlaw::Broken { place, of })?;
        if label == TRUSTED {
            // What a certificate is trusted for stands behind it there.
            der.truncate(element(&der).unwrap_or(der.len()));
        }
        found.push(der);
    }
    match other {
        Some(other) if found.is_empty() => Err(RootFlaw::Other(other)),
        Some(_) | None => Ok(found),
    }
}

const TRUSTED: &str = "TRUSTED CERTIFICATE";

/// What stands between the dashes of a first line.
fn label(part: &str) -> &str {
    part.split_once(DASHES).map_or(part, |(label, _)| label)
}

fn is_certificate(label: &str) -> bool {
    ["CERTIFICATE", "X509 CERTIFICATE", TRUSTED].contains(&label)
}

fn named(label: &str) -> &'static str {
    if label.ends_with("PRIVATE KEY") {
        "a private key"
    } else if label.ends_with("PUBLIC KEY") {
        "a public key"
    } else if label.ends_with("REQUEST") {
        "a request for a certificate"
    } else if label.ends_with("CRL") {
        "a list of revoked certificates"
    } else if ["PKCS7", "CMS"].contains(&label) {
        BUNDLE
    } else {
        "something else"
    }
}

const BUNDLE: &str = "a PKCS #7 bundle";
const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const OBJECT_ID: u8 = 0x06;

/// DER, one after another.
fn of_der(file: &[u8]) -> Result<Vec<Vec<u8>>, RootFlaw> {
    let mut found = Vec::new();
    let mut rest = file;
    // A line feed that an editor or a transfer put behind it.
    while !rest.trim_ascii().is_empty() {
        let place = found.len() + 1;
        let cut_off = RootFlaw::CutOff { place, of: place };
        let length = element(rest).ok_or(cut_off)?;
        let (first, behind) = rest.split_at(length);
        if let Some(other) = other_than_certificate(first) {
            return Err(RootFlaw::Other(other));
        }
        found.push(first.to_vec());
        rest = behind;
    }
    Ok(found)
}

/// The length of the element that begins here, with its head; none where the bytes end before it.
fn element(der: &[u8]) -> Option<usize> {
    let (head, length) = head(der)?;
    head.checked_add(length).filter(|end| *end <= der.len())
}

/// The lengths of an element's head and of what it holds.
fn head(der: &[u8]) -> Option<(usize, usize)> {
    let short = usize::from(*der.get(1)?);
    if short < 0x80 {
        return Some((2, short));
    }
    let count = short - 0x80;
    let bytes = der.get(2..2 + count).filter(|_| (1..=4).contains(&count))?;
    let length = bytes
        .iter()
        .fold(0, |length, byte| (length << 8) | usize::from(*byte));
    Some((2 + count, length))
}

/// What begins otherwise than a certificate does.
fn other_than_certificate(der: &[u8]) -> Option<&'static str> {
    const PKCS12_VERSION: u8 = 3;
    let (head, _) = head(der)?;
    match der.get(head..)? {
        [INTEGER, 1, PKCS12_VERSION, ..] => Some("a PKCS #12 store"),
        [INTEGER, ..] => Some("a private key"),
        [OBJECT_ID, ..] => Some(BUNDLE),
        _ => None,
    }
}
