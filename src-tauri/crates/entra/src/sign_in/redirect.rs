//! The browser's request to the loopback listener: untrusted bytes until `state` has matched.

use oauth2::{AuthorizationCode, CsrfToken};
use url::form_urlencoded;

use crate::refusal::EntraRefusal;

/// An answer that bore our `state`.
pub(super) enum RedirectAnswer {
    Code {
        code: AuthorizationCode,
        issuer: Option<String>,
    },
    Refused {
        refusal: EntraRefusal,
        issuer: Option<String>,
    },
}

impl RedirectAnswer {
    pub(super) fn issuer(&self) -> Option<&str> {
        match self {
            Self::Code { issuer, .. } | Self::Refused { issuer, .. } => issuer.as_deref(),
        }
    }
}

/// Why a request is not the answer we wait for. Each has its status; none ends the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotTheAnswer {
    Malformed,
    WrongHost,
    WrongPath,
    WrongMethod,
    WrongState,
    TooLarge,
}

impl NotTheAnswer {
    pub(super) fn status_line(self) -> &'static str {
        match self {
            Self::Malformed | Self::WrongState => "400 Bad Request",
            Self::WrongHost => "421 Misdirected Request",
            Self::WrongPath => "404 Not Found",
            Self::WrongMethod => "405 Method Not Allowed",
            Self::TooLarge => "413 Content Too Large",
        }
    }
}

/// The head of a request, as far as it matters here.
#[derive(Debug)]
pub(super) struct Head<'a> {
    /// `/`, or what was asked for without parameters beside it.
    pub(super) path: &'a str,
    query: &'a str,
    form: bool,
    /// The number of body bytes to expect.
    pub(super) body_length: usize,
}

/// Reads the head (without the blank line) and refuses whatever a browser would not send here.
pub(super) fn read_head<'a>(head: &'a [u8], host: &str) -> Result<Head<'a>, NotTheAnswer> {
    let text = std::str::from_utf8(head).map_err(|_| NotTheAnswer::Malformed)?;
    let mut lines = text.split("\r\n");
    let mut request = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) = (
        request.next(),
        request.next(),
        request.next(),
        request.next(),
    ) else {
        return Err(NotTheAnswer::Malformed);
    };
    if !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(NotTheAnswer::Malformed);
    }
    let headers = Headers::read(lines)?;
    // A page on another host name that was made to resolve to this machine gives itself away here.
    if !headers
        .host
        .is_some_and(|given| given.eq_ignore_ascii_case(host))
    {
        return Err(NotTheAnswer::WrongHost);
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if path != "/" && (method != "GET" || !query.is_empty()) {
        return Err(NotTheAnswer::WrongPath);
    }
    match method {
        "GET" if headers.length == 0 => Ok(Head {
            path,
            query,
            form: false,
            body_length: 0,
        }),
        "POST" if headers.form => Ok(Head {
            path,
            query: "",
            form: true,
            body_length: headers.length,
        }),
        "GET" | "POST" => Err(NotTheAnswer::Malformed),
        _ => Err(NotTheAnswer::WrongMethod),
    }
}

/// Reads the parameters. `state` is compared first and in constant time; a parameter given twice makes
/// the request nobody's answer.
pub(super) fn read_parameters(
    head: &Head<'_>,
    body: &[u8],
    state: &CsrfToken,
) -> Result<RedirectAnswer, NotTheAnswer> {
    let parameters = if head.form {
        body
    } else {
        head.query.as_bytes()
    };
    let only = |name: &str| {
        let mut values = form_urlencoded::parse(parameters).filter(|(key, _)| key == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Ok(Some(value)),
            (None, _) => Ok(None),
            (Some(_), Some(_)) => Err(NotTheAnswer::Malformed),
        }
    };
    let given = only("state")?.map(|given| CsrfToken::new(given.into_owned()));
    if given.as_ref() != Some(state) {
        return Err(NotTheAnswer::WrongState);
    }
    let issuer = only("iss")?.map(|issuer| issuer.into_owned());
    match (only("code")?, only("error")?) {
        (Some(code), None) if !code.is_empty() => Ok(RedirectAnswer::Code {
            code: AuthorizationCode::new(code.into_owned()),
            issuer,
        }),
        (None, Some(error)) => {
            let description = only("error_description")?.unwrap_or_default();
            let subcode = only("error_subcode")?.unwrap_or_default();
            let page = only("error_uri")?;
            let refusal = EntraRefusal::new(&error, &description, &subcode).at(page.as_deref());
            Ok(RedirectAnswer::Refused { refusal, issuer })
        }
        (_, _) => Err(NotTheAnswer::Malformed),
    }
}

#[derive(Default)]
struct Headers<'a> {
    host: Option<&'a str>,
    length: usize,
    form: bool,
}

impl<'a> Headers<'a> {
    fn read(lines: impl Iterator<Item = &'a str>) -> Result<Self, NotTheAnswer> {
        let mut headers = Self::default();
        let mut length = None;
        for line in lines {
            let (name, value) = line.split_once(':').ok_or(NotTheAnswer::Malformed)?;
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "host" if headers.host.is_some() => return Err(NotTheAnswer::Malformed),
                "host" => headers.host = Some(value),
                "content-length" if length.is_some() => return Err(NotTheAnswer::Malformed),
                "content-length" => {
                    let digits =
                        !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
                    let parsed = value.parse().ok().filter(|_| digits);
                    length = Some(parsed.ok_or(NotTheAnswer::Malformed)?);
                }
                "transfer-encoding" => return Err(NotTheAnswer::Malformed),
                "content-type" => {
                    let media = value.split(';').next().unwrap_or_default().trim();
                    headers.form = media.eq_ignore_ascii_case("application/x-www-form-urlencoded");
                }
                _ => {}
            }
        }
        headers.length = length.unwrap_or(0);
        Ok(headers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes of a plain generator, so that a seed names the case.
    fn noise(seed: u64) -> impl FnMut() -> usize {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).unwrap()
        }
    }

    // O8: damaged requests never panic, and none with a damaged state is taken.
    #[test]
    fn damaged_requests() {
        let state = CsrfToken::new("s".repeat(43));
        let right = format!(
            "GET /?code=abc&state={} HTTP/1.1\r\nHost: localhost:7\r\nContent-Length: 0",
            state.secret()
        );
        let at = right.find("state=").unwrap() + "state=".len();
        let read = |bytes: &[u8]| {
            read_head(bytes, "localhost:7").and_then(|head| read_parameters(&head, b"", &state))
        };
        assert!(read(right.as_bytes()).is_ok(), "positive control");
        for seed in 0..20_000 {
            let mut next = noise(seed);
            let mut bytes = right.clone().into_bytes();
            for _ in 0..=next() % 4 {
                let place = next() % bytes.len();
                match next() % 3 {
                    0 => bytes[place] = (next() % 256) as u8,
                    1 => bytes.insert(place, (next() % 256) as u8),
                    _ => drop(bytes.remove(place)),
                }
            }
            // Taken only where the value of `state` came through whole.
            if read(&bytes).is_ok() {
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.contains(&right[at..at + 43]), "seed {seed}: {text}");
            }
        }
    }
}
