//! Of whom an answer is: it has to be about the person who was asked for, and nobody else (F27).

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::registration::canonical_id;

/// The way to the person themselves, whose answer bears their id.
const PERSON: &str = "/users/{id}";

/// The person a question is about.
#[derive(Clone, Debug)]
pub(super) struct Whose {
    /// The object id or sign-in name that was asked for.
    asked: String,
    /// The answer is the person's own record, and not something of theirs.
    itself: bool,
}

/// What an answer says of whose it is.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Said {
    #[serde(rename = "@odata.context")]
    context: Option<Value>,
    id: Option<Value>,
    user_principal_name: Option<Value>,
}

impl Whose {
    /// Whom a path template with these keys asks for; none where it asks for nobody.
    pub(super) fn of(path: &str, keys: &[&str]) -> Option<Self> {
        let of_somebody = path
            .strip_prefix(PERSON)
            .filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
        Some(Self {
            asked: (*keys.first()?).to_owned(),
            itself: of_somebody.is_empty(),
        })
    }

    /// Whether this is an answer about that person. Nothing is assumed of one that names nobody and is something of
    /// theirs; their own record names them.
    pub(super) fn is_meant_by(&self, said: &Said) -> bool {
        let named = text(said.context.as_ref()).and_then(person_in_context);
        let by_context = named.is_none_or(|named| is(&named, &self.asked));
        by_context && (!self.itself || self.is_this(said))
    }

    /// Whether an address of the service's leads to another person by id. It may call the same one by another name.
    pub(super) fn is_not_at(&self, address: &Url) -> bool {
        let path = decoded(address.path()).to_ascii_lowercase();
        let named = path.split_once("/users").map_or("", |(_, rest)| rest);
        let named = named.trim_start_matches(['/', '(', '\'']);
        let named = named.split(['/', '\'', ')']).next().unwrap_or_default();
        let by_id = canonical_id(&self.asked).is_some() && canonical_id(named).is_some();
        by_id && !is(named, &self.asked)
    }

    /// An id is nobody's sign-in name.
    fn is_this(&self, said: &Said) -> bool {
        let by_id = canonical_id(&self.asked).is_some();
        let name = said.user_principal_name.as_ref().filter(|_| !by_id);
        let said = [text(said.id.as_ref()), text(name)];
        said.into_iter().flatten().any(|it| is(it, &self.asked))
    }
}

/// `…/$metadata#users('{id}')/authentication/…` names the person the answer is about.
pub(super) fn person_in_context(context: &str) -> Option<String> {
    const HEAD: &str = "#users('";
    let context = decoded(context);
    let from = context.to_ascii_lowercase().find(HEAD)? + HEAD.len();
    let mut person = String::new();
    let mut letters = context[from..].chars().peekable();
    while let Some(letter) = letters.next() {
        // A quote within a name is written twice.
        if letter == '\'' && letters.next_if_eq(&'\'').is_none() {
            break;
        }
        person.push(letter);
    }
    Some(person)
}

fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str)
}

/// One person under two spellings is one.
fn is(one: &str, other: &str) -> bool {
    !one.is_empty() && one.to_lowercase() == other.to_lowercase()
}

/// Without percent signs, and with every plus as it is.
fn decoded(text: &str) -> Cow<'_, str> {
    let pair = text
        .replace('+', "%2B")
        .replace('&', "%26")
        .replace('=', "%3D");
    let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
    let first = pairs.next().map(|(key, _)| key.into_owned());
    first.map_or(Cow::Borrowed(""), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OWN: &str = "9815e295-0000-4000-8000-00000000000a";
    const OTHER: &str = "79d5cdee-0000-4000-8000-00000000000b";

    fn meant(path: &str, asked: &str, said: Value) -> bool {
        let whose = Whose::of(path, &[asked]).unwrap();
        whose.is_meant_by(&serde_json::from_value(said).unwrap())
    }

    /// A name that was typed leads to that person, in whatever case, and to nobody else.
    #[test]
    fn somebody_else_is_not_who_was_asked_for_f27() {
        let is = |id: &str, upn: &str, asked: &str| {
            meant(PERSON, asked, json!({"id": id, "userPrincipalName": upn}))
        };
        assert!(is("1a", "t.yamada@x.example", "T.Yamada@x.example"));
        assert!(is("1A", "t.yamada@x.example", "1a"));
        assert!(is(&OWN.to_uppercase(), "t.yamada@x.example", OWN));
        assert!(!is("1a", "k.yamada@x.example", "t.yamada@x.example"));
        assert!(!is("1a", "t.yamada@x.example", "2b"));
        assert!(!is(OTHER, OWN, OWN), "an id is nobody's name");
        assert!(!is("", "", "t.yamada@x.example"));
        for nobody in [json!({}), json!({"id": null}), json!({"id": 7})] {
            assert!(!meant(PERSON, OWN, nobody));
        }
        let context = format!("x/$metadata#users('{OTHER}')/$entity");
        assert!(!meant(
            PERSON,
            OWN,
            json!({"id": OWN, "@odata.context": context})
        ));
    }

    #[test]
    fn a_list_that_names_another_person_is_not_the_one_that_was_asked_for_f27() {
        let of = |asked: &str, context: Value| {
            let list = json!({"@odata.context": context, "value": []});
            meant("/users/{id}/authentication/methods", asked, list)
        };
        let names = |person: &str| {
            json!(format!(
                "x/$metadata#users('{person}')/authentication/methods"
            ))
        };
        assert!(of(OWN, names(OWN)) && of(OWN, names(&OWN.to_uppercase())));
        assert!(!of(OWN, names(OTHER)) && !of(OWN, names("t@x.example")) && !of(OWN, names("")));
        assert!(!of(
            OWN,
            json!(format!("x/$metadata#Users(%27{OTHER}%27)/y"))
        ));
        for silent in [
            Value::Null,
            json!("x/$metadata#directoryObjects"),
            json!("x/$metadata#users(id,displayName)/$entity"),
            json!(7),
        ] {
            assert!(of(OWN, silent), "nothing is assumed");
        }
        // By whatever name it was asked.
        assert!(of("T.O'Neil+1@x.example", names("t.o''neil+1%40X.example")));
        assert!(of(
            "T.O'Neil+1@x.example",
            names("t.o%27%27neil%2B1@x.example")
        ));
        assert!(!of("t.o@x.example", names("t.o''neil@x.example")));
        assert!(!of("t.o@x.example", names("t.o''')/authentication")));
        assert!(of("a_b#EXT#@x.example", names("a_b%23EXT%23@x.example")));
        assert!(of("山田@x.example", names("%E5%B1%B1%E7%94%B0@x.example")));
    }

    #[test]
    fn nothing_is_asked_of_what_is_about_nobody_f27() {
        for path in ["/groups/{id}", "/users", "/users?$filter", "/usersX/{id}"] {
            assert!(Whose::of(path, &[OWN]).is_none(), "{path}");
        }
        let manager =
            json!({"@odata.context": "x/$metadata#directoryObjects/$entity", "id": OTHER});
        assert!(meant("/users/{id}/manager", OWN, manager));
    }

    #[test]
    fn an_operation_or_a_page_of_another_person_is_not_followed_f27() {
        let whose = Whose::of(PERSON, &[OWN]).unwrap();
        let of_another = |path: &str| {
            let at = format!("https://graph.microsoft.com{path}");
            whose.is_not_at(&at.parse().unwrap())
        };
        let tail = "/authentication/operations/1";
        for own in [OWN, &OWN.to_uppercase(), "hanako@example.com", "me"] {
            assert!(!of_another(&format!("/v1.0/users/{own}{tail}")), "{own}");
            assert!(!of_another(&format!("/v1.0/users('{own}'){tail}")), "{own}");
        }
        assert!(!of_another(tail));
        for other in [OTHER, &OTHER.to_uppercase()] {
            assert!(of_another(&format!("/v1.0/users/{other}{tail}")));
            assert!(of_another(&format!("/v1.0/users/{other}?$skiptoken=1")));
            assert!(of_another(&format!("/beta/users('{other}'){tail}")));
            assert!(of_another(&format!("/beta/users(%27{other}%27){tail}")));
        }
    }
}
