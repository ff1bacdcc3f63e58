//! What a source takes in with `use`, and the paths that stand in its code.

use super::code::parts;

/// One name that a `use` brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Import {
    /// The name it has here; `*` for everything.
    pub(super) name: String,
    /// Where it comes from, as written.
    pub(super) path: Vec<String>,
    /// Handed on to others as well.
    pub(super) is_public: bool,
}

/// Parts a bare source into what it imports and the rest.
pub(super) fn split(code: &str) -> (Vec<Import>, String) {
    let mut imports = Vec::new();
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = next_use(rest) {
        let (before, statement) = rest.split_at(at);
        let (tree, after) = statement.split_once(';').unwrap_or((statement, ""));
        let public = before.trim_end();
        let is_public = public.ends_with("pub")
            || (public.ends_with(')') && public.rfind("pub(") > public.rfind([';', '}', ']']));
        let mut found = Vec::new();
        branches(&[], &tree["use ".len()..], &mut found);
        imports.extend(found.into_iter().map(|(name, path)| Import {
            name,
            path,
            is_public,
        }));
        kept.push_str(before);
        rest = after;
    }
    (imports, kept + rest)
}

/// Where the next statement begins.
fn next_use(code: &str) -> Option<usize> {
    code.match_indices("use ").map(|(at, _)| at).find(|at| {
        code[..*at]
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace())
    })
}

/// Follows a tree like `a::{b, c as d, e::*}` to its ends.
fn branches(before: &[String], tree: &str, found: &mut Vec<(String, Vec<String>)>) {
    let tree = tree.trim();
    if let Some((path, inner)) = tree.split_once('{') {
        let mut path_to = before.to_vec();
        path_to.extend(segments(path));
        let inner = inner.trim_end().strip_suffix('}').unwrap_or(inner);
        for branch in parts(inner, ['{', '}']) {
            branches(&path_to, branch, found);
        }
        return;
    }
    let (path, renamed) = match tree.split_once(" as ") {
        Some((path, name)) => (path, Some(name.trim().to_owned())),
        None => (tree, None),
    };
    let mut whole = before.to_vec();
    whole.extend(segments(path));
    if whole.len() > 1 && whole.last().is_some_and(|last| last == "self") {
        whole.pop();
    }
    if let Some(name) = renamed.or_else(|| whole.last().cloned()) {
        found.push((name, whole));
    }
}

fn segments(path: &str) -> impl Iterator<Item = String> {
    path.split("::")
        .map(|segment| segment.trim().to_owned())
        .filter(|segment| !segment.is_empty())
}

/// Paths of at least two segments in code without its imports.
pub(super) fn paths(code: &str) -> Vec<Vec<String>> {
    code.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | ':')))
        .filter(|word| !word.starts_with("::"))
        .map(|word| segments(word.trim_end_matches(':')).collect::<Vec<_>>())
        .filter(|path| path.len() > 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_followed_to_its_ends() {
        let code = "use a::b;\npub use self::c::{d, e::{f as g, self}, *};\nh();";
        let (imports, rest) = split(code);
        let found: Vec<(&str, String, bool)> = imports
            .iter()
            .map(|import| (&*import.name, import.path.join("::"), import.is_public))
            .collect();
        let expected = [
            ("b", "a::b", false),
            ("d", "self::c::d", true),
            ("g", "self::c::e::f", true),
            ("e", "self::c::e", true),
            ("*", "self::c::*", true),
        ];
        let expected = expected.map(|(name, path, public)| (name, path.to_owned(), public));
        assert_eq!(found, expected);
        assert!(rest.contains("h();") && !rest.contains("self"));
    }

    #[test]
    fn a_use_for_the_crate_alone_is_public_and_the_next_is_not() {
        let (imports, _) = split("pub(crate) use a::b;\nfn c(d: (u8)) {}\nuse e::f;");
        assert_eq!(
            imports.iter().map(|i| i.is_public).collect::<Vec<_>>(),
            [true, false]
        );
    }

    #[test]
    fn paths_in_code_are_found() {
        let found = paths("crate::a::b(x) + Vec::<u8>::new() - self.c - d: super::E");
        let found: Vec<String> = found.iter().map(|path| path.join("::")).collect();
        assert_eq!(found, ["crate::a::b", "super::E"]);
    }
}
