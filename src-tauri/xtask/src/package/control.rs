//! What Debian's tools are told about a package: the control file, the changelog, and lines of the right length.

use workplace::{Failure, Outcome};

/// Who answers for the packages; the domain is one that never exists, until a project has an address.
pub(super) const MAINTAINER: &str = "Madoguchi maintainers <maintainers@madoguchi.invalid>";

/// The longest line of a description or a changelog.
const WIDTH: usize = 78;

/// The fields of one package.
pub(super) struct Control<'a> {
    pub(super) package: &'a str,
    pub(super) version: &'a str,
    pub(super) architecture: &'a str,
    pub(super) kib: u64,
    pub(super) depends: &'a str,
    pub(super) recommends: &'a str,
    pub(super) suggests: &'a str,
    /// One line, without an article or a full stop.
    pub(super) synopsis: &'a str,
    /// Paragraphs.
    pub(super) description: &'a [&'a str],
}

impl Control<'_> {
    /// The control file.
    pub(super) fn text(&self) -> String {
        let mut fields = vec![
            format!("Package: {}", self.package),
            format!("Version: {}", self.version),
            "Section: admin".to_owned(),
            "Priority: optional".to_owned(),
            format!("Architecture: {}", self.architecture),
            format!("Maintainer: {MAINTAINER}"),
            format!("Installed-Size: {}", self.kib),
        ];
        for (name, value) in [
            ("Depends", self.depends),
            ("Recommends", self.recommends),
            ("Suggests", self.suggests),
        ] {
            if !value.is_empty() {
                fields.push(format!("{name}: {value}"));
            }
        }
        fields.push(format!("Description: {}", self.synopsis));
        for (index, paragraph) in self.description.iter().enumerate() {
            if index > 0 {
                fields.push(" .".to_owned());
            }
            fields.extend(wrapped(paragraph, " ", " "));
        }
        fields.join("\n") + "\n"
    }
}

/// The version of a package: the source's, with what somebody who builds it once more puts behind it.
pub(super) fn version(of_source: &str, suffix: &str) -> Outcome<String> {
    let allowed =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '+' | '~');
    if suffix.chars().all(allowed) {
        return Ok(format!("{of_source}{suffix}"));
    }
    Err(Failure::new(format!(
        "a package's version takes letters, digits, '.', '+' and '~', not {suffix:?}"
    )))
}

/// What `dpkg-shlibdeps -O` found.
pub(super) fn depends(said: &str) -> Outcome<String> {
    said.lines()
        .find_map(|line| line.strip_prefix("shlibs:Depends="))
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("dpkg-shlibdeps named no libraries: {said:?}")))
}

/// The newest part of CHANGELOG.md in the form of a Debian changelog, made on `date` (RFC 5322).
pub(super) fn changelog(package: &str, version: &str, date: &str, markdown: &str) -> String {
    let mut lines = vec![
        format!("{package} ({version}) unstable; urgency=medium"),
        String::new(),
    ];
    let newest = markdown
        .lines()
        .skip_while(|line| !line.starts_with("## "))
        .skip(1)
        .take_while(|line| !line.starts_with("## "));
    for line in newest {
        if let Some(heading) = line.strip_prefix("### ") {
            if lines.len() > 2 {
                lines.push(String::new());
            }
            lines.push(format!("  [ {heading} ]"));
        } else if let Some(item) = line.strip_prefix("- ") {
            lines.extend(wrapped(&without_links(item), "  * ", "    "));
        }
    }
    lines.push(String::new());
    lines.push(format!(" -- {MAINTAINER}  {date}"));
    lines.join("\n") + "\n"
}

/// A text in lines of at most 78 letters.
pub(super) fn wrapped(text: &str, first: &str, others: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        let longer = line.chars().count() + usize::from(!empty) + word.chars().count();
        if !empty && longer > WIDTH {
            lines.push(std::mem::replace(&mut line, others.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

/// `[words](address)` leaves its words.
fn without_links(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((words, after_words)) = after.split_once("](") else {
            break;
        };
        let Some((_, after_link)) = after_words.split_once(')') else {
            break;
        };
        left.push_str(before);
        left.push_str(words);
        rest = after_link;
    }
    left.push_str(rest);
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_file_has_its_fields_and_no_empty_one() {
        let text = Control {
            package: "madoguchi",
            version: "0.1.0",
            architecture: "amd64",
            kib: 12,
            depends: "libc6 (>= 2.34)",
            recommends: "",
            suggests: "fonts-noto-cjk",
            synopsis: "counter for passwordless sign-in",
            description: &["One.", "Two."],
        }
        .text();
        assert_eq!(
            text,
            "Package: madoguchi\nVersion: 0.1.0\nSection: admin\nPriority: optional\nArchitecture: amd64\n\
             Maintainer: Madoguchi maintainers <maintainers@madoguchi.invalid>\nInstalled-Size: 12\n\
             Depends: libc6 (>= 2.34)\nSuggests: fonts-noto-cjk\n\
             Description: counter for passwordless sign-in\n One.\n .\n Two.\n"
        );
    }

    #[test]
    fn a_suffix_that_dpkg_would_refuse_is_refused_here() {
        assert_eq!(version("0.1.0", "+site2").unwrap(), "0.1.0+site2");
        assert!(version("0.1.0", "-1 ").is_err());
        assert!(version("0.1.0", "\nDepends: x").is_err());
    }

    #[test]
    fn libraries_are_those_that_shlibdeps_names() {
        assert_eq!(
            depends("shlibs:Depends=libc6 (>= 2.34), libgtk-3-0\n").unwrap(),
            "libc6 (>= 2.34), libgtk-3-0"
        );
        assert!(depends("").is_err());
    }

    #[test]
    fn the_newest_part_of_the_changelog_becomes_debians() {
        let markdown = "# Changelog\n\n## [0.2.0] – unreleased\n\n### Added\n\n- A [thing](docs/a.md) `x`.\n\n### Fixed\n\n- B.\n\n## [0.1.0]\n\n- Old.\n";
        let date = "Sun, 29 Nov 2026 12:00:00 +0000";
        assert_eq!(
            changelog("madoguchi", "0.2.0", date, markdown),
            format!(
                "madoguchi (0.2.0) unstable; urgency=medium\n\n  [ Added ]\n  * A thing `x`.\n\n  [ Fixed ]\n  * B.\n\n -- {MAINTAINER}  {date}\n"
            )
        );
    }

    #[test]
    fn long_words_stand_alone_and_lines_are_short() {
        let long = "x".repeat(90);
        let lines = wrapped(&format!("one {long} two"), "  * ", "    ");
        assert_eq!(
            lines,
            [
                "  * one".to_owned(),
                format!("    {long}"),
                "    two".to_owned()
            ]
        );
        assert!(
            wrapped(&"word ".repeat(60), " ", " ")
                .iter()
                .all(|line| line.len() <= WIDTH)
        );
    }
}
