//! An HTTP answer, reduced to what the callers decide on.

use std::time::Duration;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use reqwest::header::HeaderMap;
use zeroize::Zeroizing;

use crate::error::ClaimsChallenge;
use crate::time::parse_http_date;

/// Headers that proxies put on answers of their own.
const PROXY_MARKS: [&str; 4] = [
    "proxy-authenticate",
    "proxy-agent",
    "proxy-connection",
    "x-squid-error",
];

const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// The kind of body an answer announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Json,
    Html,
    Other,
}

/// Who answered in the service's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InBetween {
    /// A captive portal, which wants somebody to sign in to the network.
    Portal,
    /// A proxy that wants to know who asks.
    ProxySignIn,
    /// A filter or a proxy that lets this through to nobody, or does not reach the service itself.
    Filter,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content: Content,
    pub(crate) request_id: Option<String>,
    /// Our own id of the request that it answers, where it says so.
    answers: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    /// The share of the service's limit in use, in hundredths, where it says so.
    pub(crate) limit_percent: Option<u32>,
    /// Where what was begun is followed.
    pub(crate) location: Option<String>,
    pub(crate) claims: Option<ClaimsChallenge>,
    pub(crate) bearer_challenge: bool,
    /// It bears a mark that only a box on the way leaves.
    of_a_proxy: bool,
    pub(crate) service_unix_ms: Option<i64>,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Answer {
    pub(crate) fn from_head(status: u16, headers: &HeaderMap) -> Self {
        let challenges = || {
            headers
                .get_all("www-authenticate")
                .iter()
                .filter_map(|value| value.to_str().ok())
        };
        Self {
            status,
            content: content(headers),
            request_id: header(headers, "request-id")
                .or_else(|| header(headers, "x-ms-request-id"))
                .and_then(safe_id),
            answers: header(headers, "client-request-id").map(str::to_owned),
            retry_after: header(headers, "retry-after")
                .and_then(|text| retry_after(text, header(headers, "date"))),
            limit_percent: header(headers, "x-ms-throttle-limit-percentage").and_then(percent),
            location: header(headers, "location").map(str::to_owned),
            claims: challenges().find_map(claims_challenge),
            bearer_challenge: challenges().any(names_bearer),
            of_a_proxy: PROXY_MARKS.iter().any(|mark| headers.contains_key(*mark)),
            service_unix_ms: None,
            body: Zeroizing::new(Vec::new()),
        }
    }

    /// It says that it answers another request than this: a box between keeps answers, or mixes them up.
    pub(crate) fn is_of_another(&self, client_request_id: &str) -> bool {
        let answers = self.answers.as_deref();
        answers.is_some_and(|of| !of.eq_ignore_ascii_case(client_request_id))
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The service did what it was asked for.
    pub(crate) fn is_done(&self) -> bool {
        self.is_success() && self.in_between().is_none()
    }

    /// The service did what it was asked for, in the one way it has to say so: it always gives its request id, and what
    /// stands between has its own words, or none.
    pub(crate) fn is_as_documented(&self, status: u16) -> bool {
        self.status == status && self.request_id.is_some() && self.is_done()
    }

    /// A captive portal answers in the service's place: with a redirect, with 511, or with a page of
    /// its own. The service itself never redirects here and always gives its request id.
    pub(crate) fn is_from_a_portal(&self) -> bool {
        let page = self.is_success() && self.content == Content::Html && self.request_id.is_none();
        self.status == 511 || (300..400).contains(&self.status) || page
    }

    /// Who answered, where it was not the service: it writes its answers as JSON, or gives its request id, or asks for
    /// a token. That it limits (429) and that it is in trouble (5xx) may come without any of these, unless a box on the
    /// way left its mark; that something else does not answer (502, 504) is a gateway's word.
    pub(crate) fn in_between(&self) -> Option<InBetween> {
        if self.is_from_a_portal() {
            return Some(InBetween::Portal);
        }
        let signed = self.request_id.is_some() || self.content == Content::Json;
        match self.status {
            // Words in the place of what was asked for.
            200 if !signed => Some(InBetween::Filter),
            407 => Some(InBetween::ProxySignIn),
            _ if signed => None,
            401 if self.bearer_challenge => None,
            429 if !self.of_a_proxy => None,
            401 => Some(InBetween::ProxySignIn),
            400..=499 | 502 | 504 => Some(InBetween::Filter),
            500..=599 if self.of_a_proxy => Some(InBetween::Filter),
            _ => None,
        }
    }

    pub(crate) fn is_from_the_service(&self) -> bool {
        self.in_between().is_none() && (self.content == Content::Json || self.request_id.is_some())
    }
}

pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn content(headers: &HeaderMap) -> Content {
    let media = header(headers, "content-type")
        .and_then(|value| value.split(';').next())
        .map(|media| media.trim().to_ascii_lowercase())
        .unwrap_or_default();
    // RFC 6839: whatever ends in +json is JSON, such as a key set's own application/jwk-set+json.
    let json = |media: &str| {
        media
            .strip_prefix("application/")
            .is_some_and(|kind| kind == "json" || kind.ends_with("+json"))
    };
    match media.as_str() {
        media if json(media) => Content::Json,
        "text/html" | "application/xhtml+xml" => Content::Html,
        _ => Content::Other,
    }
}

/// The id goes into logs and onto screens, so anything unlike an id is dropped.
pub(crate) fn safe_id(text: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte);
    (!text.is_empty() && text.len() <= 64 && text.bytes().all(plain)).then(|| text.to_owned())
}

/// Whole seconds, as the service writes it, or a date, counted from the answer's own. Anything else counts as
/// absent: the caller backs off.
fn retry_after(text: &str, answered: Option<&str>) -> Option<Duration> {
    let wait = match text.trim().parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let wait = parse_http_date(text)? - parse_http_date(answered?)?;
            Duration::from_millis(u64::try_from(wait).unwrap_or(0))
        }
    };
    Some(wait.min(LONGEST_WAIT))
}

/// A share such as `0.85`; the service sends 0.8 to 1.8. What is no share counts as absent.
fn percent(text: &str) -> Option<u32> {
    let share: f64 = text.trim().parse().ok()?;
    (0.0..=10.0)
        .contains(&share)
        .then(|| (share * 100.0).round() as u32)
}

/// One header may hold challenges of several schemes, and text in quotes is none of them.
fn names_bearer(challenges: &str) -> bool {
    let outside = challenges.split('"').step_by(2);
    let mut words = outside.flat_map(|text| text.split([',', ' ']));
    words.any(|word| word.eq_ignore_ascii_case("bearer"))
}

/// Reads `claims="…"` from a challenge. Parameters come in any order and hold commas, so it is cut at
/// the quotes.
fn claims_challenge(challenge: &str) -> Option<ClaimsChallenge> {
    let mut before = challenge;
    let mut pieces = challenge.split('"');
    if let Some(first) = pieces.next() {
        before = first;
    }
    loop {
        let value = pieces.next()?;
        let name = before.trim_end().strip_suffix('=').unwrap_or_default();
        let name = name.rsplit([',', ' ']).next().unwrap_or_default();
        if name.eq_ignore_ascii_case("claims") {
            return decode_claims(value);
        }
        before = pieces.next()?;
    }
}

fn decode_claims(value: &str) -> Option<ClaimsChallenge> {
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let standard: String = value.replace('-', "+").replace('_', "/");
    let bytes = GeneralPurpose::new(&alphabet::STANDARD, lenient)
        .decode(standard)
        .ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let is_object =
        serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|json| json.is_object());
    (is_object && text.len() <= 8 * 1024).then_some(ClaimsChallenge(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_whole_seconds_or_a_date() {
        let answered = "Sun, 22 Nov 2026 07:00:00 GMT";
        for (text, expected) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("99999999", Some(86_400)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 22 Nov 2026 07:00:42 GMT", Some(42)),
            ("Sun, 22 Nov 2026 06:59:00 GMT", Some(0)),
            ("Mon, 23 Nov 2026 19:00:00 GMT", Some(86_400)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", None),
        ] {
            assert_eq!(
                retry_after(text, Some(answered)),
                expected.map(Duration::from_secs),
                "{text}"
            );
        }
        assert_eq!(retry_after(answered, None), None, "nothing to count from");
    }

    #[test]
    fn the_share_of_the_limit_is_a_fraction() {
        for (text, expected) in [
            ("0.8", Some(80)),
            (" 0.85 ", Some(85)),
            ("1.0", Some(100)),
            ("1.8", Some(180)),
            ("0", Some(0)),
            ("-0.8", None),
            ("85", None),
            ("85%", None),
            ("NaN", None),
            ("inf", None),
            ("", None),
        ] {
            assert_eq!(percent(text), expected, "{text}");
        }
    }

    #[test]
    fn claims_are_read_from_between_the_quotes() {
        let claims = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxIn19fQ";
        for (challenge, found) in [
            (
                format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\""),
                true,
            ),
            (
                format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}==\""),
                true,
            ),
            (
                format!("Bearer claims=\"{claims}\", authorization_uri=\"https://x, y\""),
                true,
            ),
            (
                format!("Bearer x=\"a, claims=\", Claims=\"{claims}\""),
                true,
            ),
            ("Bearer realm=\"\", claims=\"%%%\"".to_owned(), false),
            ("Bearer realm=\"\", claims=\"W10=\"".to_owned(), false),
            ("Bearer realm=\"\"".to_owned(), false),
            ("Bearer claims".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(claims_challenge(&challenge).is_some(), found, "{challenge}");
        }
    }

    #[test]
    fn a_bearer_challenge_is_seen_beside_others() {
        for (challenge, found) in [
            ("Bearer", true),
            ("bearer realm=\"\"", true),
            ("PoP realm=\"\", Bearer realm=\"\", claims=\"e30\"", true),
            ("PoP realm=\"\",Bearer realm=\"\"", true),
            ("Negotiate", false),
            ("Basic realm=\"the bearer of\"", false),
            ("Bearers x=\"\"", false),
        ] {
            assert_eq!(names_bearer(challenge), found, "{challenge}");
        }
    }

    #[test]
    fn ids_with_anything_odd_are_dropped() {
        for (text, kept) in [
            ("0b4d-…", false),
            ("0b4d.x:1_2-3", true),
            ("", false),
            ("a b", false),
            ("<b>", false),
        ] {
            assert_eq!(safe_id(text).is_some(), kept, "{text}");
        }
    }
}
