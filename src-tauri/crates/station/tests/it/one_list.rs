//! Screens and record keep one list of disruptive characters, each its own copy: neither room knows the other (T13, T14).

use serde_json::Value;

#[test]
fn screens_and_record_know_the_same_disruptive_characters_t13() {
    for char in '\0'..=char::MAX {
        let (screen, record) = (onboarding::is_disruptive(char), audit::is_disruptive(char));
        assert_eq!(screen, record, "{}", char.escape_unicode());
    }
}

#[test]
fn five_hundred_hostile_strings_are_one_harmless_line_of_the_record_t14() {
    let corpus = include_str!("../../../../../ui/src/fixtures/hostile.json");
    let corpus: Value = serde_json::from_str(corpus).unwrap();
    let strings = corpus["strings"].as_array().unwrap();
    assert_eq!(strings.len(), 500);
    for row in strings {
        let json = row["raw"].to_string();
        let line = audit::harmless(&json);
        let left = line.chars().find(|char| audit::is_disruptive(*char));
        assert_eq!(left, None, "seed {}: {json}", corpus["seed"]);
        let read: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read, row["raw"], "seed {}", corpus["seed"]);
    }
}
