//! A Fluent file as the pages may get it: messages of plain words, arguments and choices between them.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::parser;

/// Characters of one message.
const LONG: usize = 600;

/// Choices within choices of one message.
const DEEP: usize = 8;

/// Places of a file where something may be opened within something. The parser calls itself for each, as deep as they
/// lie, so their number bounds what [`STACK`] must hold: some 4 KiB each.
const OPENED: usize = 1000;

const STACK: usize = 16 * 1024 * 1024;

/// What a message makes of its arguments, and all it can say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    pub(super) arguments: BTreeSet<String>,
    /// The words of every choice, one after the other.
    pub(super) text: String,
}

/// The messages of a file, by key.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) messages: BTreeMap<String, Uses>,
    /// The line each begins on.
    pub(super) lines: BTreeMap<String, usize>,
}

/// Why a file cannot be used: a line, counted from 1, and what is wrong there.
pub(super) type Wrong = (usize, String);

/// Reads a file whole.
pub(super) fn read(text: &str) -> Result<Words, Wrong> {
    let opened = text.matches(['{', '(']).count();
    if opened > OPENED {
        let what = format!("{opened} brackets are opened; allowed: at most {OPENED}");
        return Err((1, what));
    }
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK);
        let read = reader.spawn_scoped(scope, || parse(text));
        let failed = || (1, "cannot be read now; start again".to_owned());
        let read = read.map_err(|_| failed())?;
        read.join().unwrap_or_else(|_| Err(failed()))
    })
}

fn parse(text: &str) -> Result<Words, Wrong> {
    let line_at = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let resource = parser::parse(text).map_err(|(_, errors)| {
        let at = errors.first().map_or(0, |error| error.pos.start);
        (line_at(at), "not Fluent; allowed: key = text".to_owned())
    })?;
    words(&resource, text)
}

fn words(resource: &Resource<&str>, text: &str) -> Result<Words, Wrong> {
    let mut words = Words::default();
    for entry in &resource.body {
        let message = match entry {
            Entry::Message(message) => message,
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            Entry::Term(_) | Entry::Junk { .. } => {
                return Err((1, "terms are not used; allowed: key = text".to_owned()));
            }
        };
        let key = message.id.name;
        // The names of the parsed text are parts of the text itself.
        let line = text[..key.as_ptr() as usize - text.as_ptr() as usize]
            .matches('\n')
            .count()
            + 1;
        let wrong = |what: String| (line, format!("{key}: {what}"));
        let Some(pattern) = message
            .value
            .as_ref()
            .filter(|_| message.attributes.is_empty())
        else {
            return Err(wrong(
                "no text, or an attribute; allowed: key = text".to_owned(),
            ));
        };
        let mut uses = Uses::default();
        collect(pattern, &mut uses, DEEP + 1).map_err(|what| wrong(what.to_owned()))?;
        let long = uses.text.chars().count();
        if long > LONG {
            return Err(wrong(format!("{long} characters; allowed: at most {LONG}")));
        }
        if words.messages.insert(key.to_owned(), uses).is_some() {
            return Err(wrong("written twice; allowed: once".to_owned()));
        }
        words.lines.insert(key.to_owned(), line);
    }
    Ok(words)
}

const PLAIN: &str = "only text, arguments and choices between them are allowed";

fn collect(pattern: &Pattern<&str>, uses: &mut Uses, deep: usize) -> Result<(), &'static str> {
    let Some(deeper) = deep.checked_sub(1) else {
        return Err("choices within choices; allowed: at most 8 deep");
    };
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                if value.chars().any(|c| c.is_control() && c != '\n') {
                    return Err("a control character; allowed: printable text");
                }
                uses.text.push_str(value);
            }
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => argument(inline, uses)?,
                Expression::Select { selector, variants } => {
                    argument(selector, uses)?;
                    for variant in variants {
                        collect(&variant.value, uses, deeper)?;
                        uses.text.push('\n');
                    }
                }
            },
        }
    }
    Ok(())
}

fn argument(inline: &InlineExpression<&str>, uses: &mut Uses) -> Result<(), &'static str> {
    match inline {
        InlineExpression::VariableReference { id } => {
            uses.arguments.insert(id.name.to_owned());
            Ok(())
        }
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            uses.text.push_str(value);
            Ok(())
        }
        InlineExpression::FunctionReference { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. }
        | InlineExpression::Placeable { .. } => Err(PLAIN),
    }
}
