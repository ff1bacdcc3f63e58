//! Where in the text a key stands, by the parser's own spans: dotted keys and inline tables included.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Every key of a text with its place. A text with mistakes gives the keys that could be read.
pub(super) struct Places<'a> {
    text: &'a str,
    keys: Vec<Place>,
    /// Where in `keys` a key, or a member of a list, stands first: a long file has many, and much may be wrong with it.
    named: HashMap<String, usize>,
    members: HashMap<(String, usize), usize>,
    /// Where each line ends.
    ends: Vec<usize>,
}

struct Place {
    /// `section.key`; members of a list bear its path.
    path: String,
    key: Range<usize>,
    value: Range<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let (table, _) = DeTable::parse_recoverable(text);
        let mut places = Self {
            text,
            keys: Vec::new(),
            named: HashMap::new(),
            members: HashMap::new(),
            ends: text.match_indices('\n').map(|(at, _)| at).collect(),
        };
        places.add_table("", table.get_ref());
        places
    }

    /// The line (from 1) on which a key is set; that of its section where it is not.
    pub(super) fn line_of(&self, path: &str) -> Option<usize> {
        match self.named.get(path) {
            Some(place) => Some(self.line_at(self.keys[*place].key.start)),
            None => self.line_of(path.rsplit_once('.')?.0),
        }
    }

    /// The line of a member of a list, counted from 0.
    pub(super) fn line_of_member(&self, path: &str, member: usize) -> Option<usize> {
        self.members
            .get(&(path.to_owned(), member))
            .map(|place| self.line_at(self.keys[*place].value.start))
            .or_else(|| self.line_of(path))
    }

    /// The key at a byte offset: the one whose name or value it lies in.
    pub(super) fn key_at(&self, offset: usize) -> Option<&str> {
        let holds =
            |range: &Range<usize>| range.start <= offset && offset < range.end.max(range.start + 1);
        let mut around = self
            .keys
            .iter()
            .filter(|place| holds(&place.key) || holds(&place.value));
        // The innermost one was added last.
        around.next_back().map(|place| place.path.as_str())
    }

    /// The key a line of the text sets, for a line the parser could not make sense of.
    pub(super) fn key_on_line(&self, number: usize) -> Option<String> {
        let name = |text: &str| {
            let name = text.trim().trim_matches('"');
            let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
            (!name.is_empty() && name.chars().all(plain)).then(|| name.to_owned())
        };
        let mut section = None;
        let mut key = None;
        for line in self.text.lines().take(number).map(str::trim) {
            let header = line
                .strip_prefix('[')
                .map(|rest| rest.trim_start_matches('['));
            key = match header.and_then(|rest| name(rest.split([']', '#']).next()?)) {
                Some(header) => {
                    section = Some(header);
                    None
                }
                None => line.split(['=', ' ']).next().and_then(name),
            };
        }
        match (section, key) {
            (Some(section), Some(key)) => Some(format!("{section}.{key}")),
            (section, key) => key.or(section),
        }
    }

    /// The section whose own span this is; none is the whole file.
    pub(super) fn section_of(&self, span: &Range<usize>) -> Option<&str> {
        self.keys
            .iter()
            .rev()
            .find(|place| &place.value == span)
            .map(|place| place.path.as_str())
    }

    /// The line (from 1) a byte offset lies on.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end < offset) + 1
    }

    fn add_table(&mut self, section: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref();
            let path = if section.is_empty() {
                name.to_string()
            } else {
                format!("{section}.{name}")
            };
            let (key, span) = (key.span(), value.span());
            self.named.entry(path.clone()).or_insert(self.keys.len());
            self.keys.push(Place {
                path: path.clone(),
                key,
                value: span,
            });
            self.add_inside(&path, value);
        }
    }

    fn add_inside(&mut self, path: &str, value: &Spanned<DeValue<'_>>) {
        if let Some(table) = value.get_ref().as_table() {
            self.add_table(path, table);
        }
        let members = value.get_ref().as_array().into_iter().flatten();
        for (number, member) in members.enumerate() {
            let span = member.span();
            let name = (path.to_owned(), number);
            self.members.entry(name).or_insert(self.keys.len());
            self.keys.push(Place {
                path: path.to_owned(),
                key: span.clone(),
                value: span,
            });
            self.add_inside(path, member);
        }
    }
}
