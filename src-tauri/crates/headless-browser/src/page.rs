//! The forms of a page that works without script.

/// A form with its fields in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// Where it goes, as written.
    pub(crate) action: String,
    /// Sent as POST, not GET.
    pub(crate) posts: bool,
    fields: Vec<(String, String)>,
    /// The buttons that send it, with what each adds.
    buttons: Vec<Option<(String, String)>>,
}

impl Form {
    /// Whether there is a field of this name.
    pub(crate) fn asks_for(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// What a press sends: every field, with the answers put in. The button is the one with this value,
    /// else the first.
    pub(crate) fn filled(
        &self,
        button: Option<&str>,
        answer: impl Fn(&str) -> Option<String>,
    ) -> Vec<(String, String)> {
        let named = self
            .buttons
            .iter()
            .flatten()
            .find(|(_, value)| Some(value.as_str()) == button);
        let first = self.buttons.first().and_then(Option::as_ref);
        self.fields
            .iter()
            .chain(named.or(first))
            .map(|(name, value)| {
                let value = answer(name).unwrap_or_else(|| value.clone());
                (name.clone(), value)
            })
            .collect()
    }

    fn take(&mut self, tag: &Tag) {
        let kind = tag.value("type").unwrap_or_default().to_lowercase();
        let named = |tag: &Tag| {
            let value = tag.value("value").unwrap_or_default();
            tag.value("name").map(|name| (name, value))
        };
        let sends = match tag.name.as_str() {
            "button" => kind.is_empty() || kind == "submit",
            "input" => kind == "submit" || kind == "image",
            _ => return,
        };
        let unchecked =
            matches!(kind.as_str(), "checkbox" | "radio") && tag.value("checked").is_none();
        if sends {
            self.buttons.push(named(tag));
        } else if tag.name == "input"
            && !sends
            && !unchecked
            && !matches!(kind.as_str(), "button" | "reset")
        {
            self.fields.extend(named(tag));
        }
    }
}

/// The forms of a page in order.
pub(crate) fn forms(html: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    let mut open: Option<Form> = None;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (tag, after) = Tag::read(&rest[1..]);
        rest = after;
        match tag.name.as_str() {
            "form" => {
                forms.extend(open.take());
                open = Some(Form {
                    action: tag.value("action").unwrap_or_default(),
                    posts: tag
                        .value("method")
                        .is_some_and(|method| method.eq_ignore_ascii_case("post")),
                    ..Form::default()
                });
            }
            "/form" => forms.extend(open.take()),
            _ => {
                if let Some(form) = &mut open {
                    form.take(&tag);
                }
            }
        }
    }
    forms.extend(open);
    forms
}

/// A tag with its attributes.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn value(&self, name: &str) -> Option<String> {
        self.attributes
            .iter()
            .find(|(attribute, _)| attribute == name)
            .map(|(_, value)| value.clone())
    }

    /// Reads from behind the `<`; gives the tag and what follows its `>`.
    fn read(text: &str) -> (Self, &str) {
        let end_of_name = |c: char| c.is_whitespace() || c == '>';
        let at = text.find(end_of_name).unwrap_or(text.len());
        let mut tag = Self {
            name: text[..at].trim_end_matches('/').to_lowercase(),
            attributes: Vec::new(),
        };
        let mut rest = &text[at..];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let Some(first) = rest.chars().next() else {
                return (tag, "");
            };
            if first == '>' {
                return (tag, &rest[1..]);
            }
            let stop = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
            let at = rest[first.len_utf8()..]
                .find(stop)
                .map_or(rest.len(), |at| at + first.len_utf8());
            let name = rest[..at].to_lowercase();
            rest = rest[at..].trim_start();
            let value = match rest.strip_prefix('=') {
                Some(after) => {
                    let (value, after) = value(after.trim_start());
                    rest = after;
                    value
                }
                None => String::new(),
            };
            tag.attributes.push((name, value));
        }
    }
}

/// An attribute's value, quoted or bare, and what follows it.
fn value(text: &str) -> (String, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            let (value, after) = inside.split_once(quote).unwrap_or((inside, ""));
            return (unescaped(value), after);
        }
    }
    let at = text
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(text.len());
    (unescaped(&text[..at]), &text[at..])
}

/// Undoes the escapes a page needs in an attribute.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let read = rest
            .split_once(';')
            .and_then(|(name, after)| Some((character(&name[1..])?, after)));
        if let Some((character, after)) = read {
            out.push(character);
            rest = after;
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out + rest
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, action: &str, posts: bool, sent: &[(&str, &str)]) {
        let forms = forms(html);
        let form = forms.first().expect("a form");
        assert_eq!((form.action.as_str(), form.posts), (action, posts));
        let filled = form.filled(None, |name| {
            (name == "loginfmt").then(|| "a@b.example".to_owned())
        });
        let filled: Vec<_> = filled
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(filled, sent);
    }

    #[test]
    fn fields_are_filled_and_hidden_ones_kept() {
        check(
            r#"<!DOCTYPE html><p>Sign in<form method="POST" action="/t/login?a=1&amp;b=2">
               <input type=hidden name=ctx value='x"y &lt;&#x41;&#66;'><input name="loginfmt" autofocus>
               <input type="checkbox" name="KMSI"><button>Next</button><button name="cancel">No</button></form>"#,
            "/t/login?a=1&b=2",
            true,
            &[("ctx", "x\"y <AB"), ("loginfmt", "a@b.example")],
        );
    }

    #[test]
    fn the_first_button_is_the_one_pressed() {
        check(
            r#"<form><input type="submit" name="go" value="yes"/><input type="submit" name="go" value="no"/></form>"#,
            "",
            false,
            &[("go", "yes")],
        );
    }

    #[test]
    fn another_button_is_pressed_by_its_value() {
        let html = r#"<form><button name=action value=next>N</button><button name=action value=cancel>C</button></form>"#;
        let sent = forms(html)[0].filled(Some("cancel"), |_| None);
        assert_eq!(sent, [("action".to_owned(), "cancel".to_owned())]);
    }

    #[test]
    fn comments_and_text_hold_no_forms() {
        assert!(forms("<!-- <form><input name=a></form> --> a < b & c").is_empty());
    }

    #[test]
    fn every_form_is_read() {
        let html = "<form action=a></form><form action=b><input name=passwd type=password>";
        let forms = forms(html);
        assert_eq!(forms.len(), 2);
        assert!(!forms[0].asks_for("passwd"));
        assert!(forms[1].asks_for("passwd"));
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(unescaped("a&b;&nosuch;&#xZZ; &"), "a&b;&nosuch;&#xZZ; &");
    }
}
