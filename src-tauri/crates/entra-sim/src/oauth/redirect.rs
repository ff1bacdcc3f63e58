//! Redirect addresses: which are registered, and how an answer is carried there.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use url::Url;

use crate::oauth::pages::{PageLanguage, escape};
use crate::typeface::{FACE, PLAIN};

/// Whether `asked` fits one of the registered addresses.
///
/// On http loopback the port does not count and the path does, an empty path being `/`;
/// everything else is compared letter by letter.
pub(crate) fn is_registered(registered: &[String], asked: &str) -> bool {
    registered
        .iter()
        .any(|known| known == asked || is_same_loopback(known, asked))
}

fn is_same_loopback(known: &str, asked: &str) -> bool {
    let (Ok(known), Ok(asked)) = (Url::parse(known), Url::parse(asked)) else {
        return false;
    };
    let loopback = |url: &Url| {
        url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1"))
    };
    loopback(&known)
        && loopback(&asked)
        && known.host_str() == asked.host_str()
        && known.path() == asked.path()
        && asked.query().is_none()
        && asked.fragment().is_none()
        && asked.username().is_empty()
        && asked.password().is_none()
}

/// `response_mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

impl ResponseMode {
    /// The mode of that name; query when none was asked for.
    pub(crate) fn parse(word: Option<&str>) -> Option<Self> {
        match word {
            None | Some("query") => Some(Self::Query),
            Some("fragment") => Some(Self::Fragment),
            Some("form_post") => Some(Self::FormPost),
            Some(_) => None,
        }
    }
}

/// The answer that carries `fields` to a redirect address.
pub(crate) fn answer(
    redirect: &str,
    mode: ResponseMode,
    fields: &[(&str, String)],
    language: PageLanguage,
) -> Response<Body> {
    let encoded = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let address = match Url::parse(redirect) {
        Ok(address) => address,
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    };
    match mode {
        ResponseMode::Query => {
            let mut address = address;
            let query = match address.query() {
                Some(before) => format!("{before}&{encoded}"),
                None => encoded,
            };
            address.set_query(Some(&query));
            found(address.as_str())
        }
        ResponseMode::Fragment => {
            let mut address = address;
            address.set_fragment(Some(&encoded));
            found(address.as_str())
        }
        ResponseMode::FormPost => form_post(address.as_str(), fields, language),
    }
}

fn found(address: &str) -> Response<Body> {
    match HeaderValue::from_str(address) {
        Ok(value) => (StatusCode::FOUND, [(header::LOCATION, value)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

fn form_post(address: &str, fields: &[(&str, String)], language: PageLanguage) -> Response<Body> {
    let inputs: String = fields
        .iter()
        .map(|(name, value)| {
            format!(
                "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
                escape(value)
            )
        })
        .collect();
    let go_on = language.pick("続行", "Continue");
    // The button is for browsers without script.
    Html(format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{go_on}</title><style>{FACE}{PLAIN}</style></head>\
         <body onload=\"document.forms[0].submit()\"><form method=\"post\" action=\"{}\">{inputs}\
         <button type=\"submit\">{go_on}</button></form></body></html>",
        language.tag(),
        escape(address)
    ))
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: &str, expected: bool) {
        let registered = [
            "http://localhost",
            "http://127.0.0.1",
            "https://desk.example/back",
            "http://localhost/deep",
        ];
        let registered: Vec<String> = registered.map(str::to_owned).to_vec();
        assert_eq!(is_registered(&registered, asked), expected, "{asked}");
    }

    #[test]
    fn on_loopback_the_port_is_free_and_the_path_is_not() {
        check("http://localhost", true);
        check("http://localhost/", true);
        check("http://localhost:51234", true);
        check("http://localhost:51234/", true);
        check("http://127.0.0.1:8080/", true);
        check("http://localhost:51234/deep", true);
        check("http://localhost:51234/other", false);
        check("http://127.0.0.1:8080/deep", false);
        check("http://[::1]:8080/", false);
        check("https://localhost:51234/", false);
        check("http://localhost.evil.example:51234/", false);
        check("http://localhost@evil.example/", false);
        check("http://user@localhost/", false);
        check("http://localhost:51234/?next=evil", false);
        check("https://desk.example/back", true);
        check("https://desk.example:444/back", false);
        check("not an address", false);
    }
}
