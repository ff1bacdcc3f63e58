//! The forms a secret may be left in.

use std::fmt::Write;

/// One secret as a string of bytes to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Needle {
    /// What it is a form of: `pass`, `access token`.
    pub(super) of: String,
    pub(super) form: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// Shorter ones would be found by chance.
const LEAST: usize = 6;

/// Every form of one secret; a form that looks like an earlier one is left out.
pub(super) fn forms(of: &str, secret: &str) -> Vec<Needle> {
    let bytes = secret.as_bytes();
    let list = |between: &str| {
        let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
        numbers.join(between).into_bytes()
    };
    let mut all = vec![
        ("UTF-8", bytes.to_vec()),
        (
            "UTF-16",
            secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        ("percent", percent(bytes, false)),
        ("percent of all", percent(bytes, true)),
        ("JSON", json(secret)),
        ("reversed", bytes.iter().rev().copied().collect()),
        ("numbers", list(", ")),
        ("numbers, close", list(",")),
        ("hexadecimal", hexadecimal(bytes)),
    ];
    for (form, before) in [("base64", 0), ("base64, second", 1), ("base64, third", 2)] {
        all.push((form, base64(bytes, before)));
    }
    let mut needles: Vec<Needle> = Vec::new();
    for (form, bytes) in all {
        if bytes.len() >= LEAST && needles.iter().all(|needle| needle.bytes != bytes) {
            let of = of.to_owned();
            needles.push(Needle { of, form, bytes });
        }
    }
    needles
}

fn percent(bytes: &[u8], all: bool) -> Vec<u8> {
    let mut text = String::new();
    for byte in bytes {
        if byte.is_ascii_alphanumeric() && !all {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text.into_bytes()
}

fn json(secret: &str) -> Vec<u8> {
    let quoted = serde_json::Value::from(secret).to_string();
    quoted.trim_matches('"').as_bytes().to_vec()
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let mut text = String::new();
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text.into_bytes()
}

/// What is the same in base64 whatever stands around it, where `before` bytes of a group of three come first.
fn base64(bytes: &[u8], before: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut padded = vec![0; before];
    padded.extend_from_slice(bytes);
    let whole = padded.len() / 3 * 3;
    let text: Vec<u8> = padded[..whole]
        .chunks_exact(3)
        .flat_map(|group| {
            let [a, b, c] = [0, 1, 2].map(|at| u32::from(group[at]));
            let bits = a << 16 | b << 8 | c;
            [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift & 63) as usize])
        })
        .collect();
    // The letters that the bytes in front have a part in.
    let first = [0, 2, 3][before];
    text[first.min(text.len())..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, secret: &str, expected: &str) {
        let all = forms("x", secret);
        let found = all.iter().find(|needle| needle.form == form).unwrap();
        assert_eq!(String::from_utf8_lossy(&found.bytes), expected, "{form}");
    }

    #[test]
    fn a_secret_has_every_form() {
        check("UTF-8", "Ab+\"9xyz", "Ab+\"9xyz");
        check("UTF-16", "abcdef", "a\0b\0c\0d\0e\0f\0");
        check("percent", "Ab+\"9xyz", "Ab%2B%229xyz");
        check("percent of all", "abcdef", "%61%62%63%64%65%66");
        check("JSON", "Ab+\"9xyz", "Ab+\\\"9xyz");
        check("reversed", "abcdef", "fedcba");
        check("numbers", "abcdef", "97, 98, 99, 100, 101, 102");
        check("numbers, close", "abcdef", "97,98,99,100,101,102");
        check("hexadecimal", "abcdef", "616263646566");
    }

    /// Whatever stands around it, one of the three is there.
    #[test]
    fn base64_is_found_at_every_place() {
        check("base64", "abcdefghi", "YWJjZGVmZ2hp");
        // "_abcdefghi" and "__abcdefghi" in base64: X2FiY2RlZmdoaQ, X19hYmNkZWZnaGk.
        check("base64, second", "abcdefghi", "FiY2RlZmdo");
        check("base64, third", "abcdefghi", "hYmNkZWZn");
    }

    #[test]
    fn forms_that_look_alike_are_looked_for_once() {
        let all = forms("x", "abcdefgh");
        assert!(
            all.iter()
                .all(|needle| needle.form != "percent" && needle.form != "JSON")
        );
    }
}
