//! Nothing moves under a finger: where controls stand before and after something is said (F6, F21).

use std::collections::BTreeMap;

use workplace::Outcome;

use crate::window::Window;

/// As far as a control may move without being missed.
const AT_MOST: f64 = 4.0;

/// Where each control stands, by what it does: left and top.
pub(crate) type Places = BTreeMap<String, [f64; 2]>;

/// The places of all controls in sight that match `part`.
pub(crate) async fn places(window: &Window, part: &str) -> Outcome<Places> {
    const FIND: &str = r#"
        const found = {};
        for (const e of document.querySelectorAll(arguments[0])) {
            const { left, top, width } = e.getBoundingClientRect();
            const name = e.dataset.act ?? `${e.name}=${e.type === 'radio' ? e.value : ''}`;
            // What belongs to the message itself came with it.
            if (width > 0 && !e.closest('[data-messages], [data-trouble]')) found[name] = [left, top];
        }
        return found;"#;
    let part = serde_json::json!(part);
    Ok(serde_json::from_value(
        window.script(FIND, vec![part]).await?,
    )?)
}

/// What stood somewhere else before; that nothing could be compared is a complaint as well.
pub(crate) fn moved(before: &Places, after: &Places) -> Vec<String> {
    let both: Vec<_> = before
        .iter()
        .filter_map(|(name, was)| Some((name, was, after.get(name)?)))
        .collect();
    if both.is_empty() {
        return vec!["there is no control to look at".to_owned()];
    }
    let far = |was: &[f64; 2], is: &[f64; 2]| {
        (was[0] - is[0]).abs() > AT_MOST || (was[1] - is[1]).abs() > AT_MOST
    };
    both.into_iter()
        .filter(|(_, was, is)| far(was, is))
        .map(|(name, was, is)| format!("{name} moved from {was:?} to {is:?}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_that_moved_is_named_and_one_that_stayed_is_not() {
        let at = |name: &str, left, top| (name.to_owned(), [left, top]);
        let before = Places::from([at("find", 10.0, 20.0), at("cancel", 10.0, 90.0)]);
        let after = Places::from([at("find", 13.0, 20.0), at("cancel", 10.0, 215.0)]);
        assert_eq!(
            moved(&before, &after),
            ["cancel moved from [10.0, 90.0] to [10.0, 215.0]"]
        );
        assert!(moved(&before, &before).is_empty());
        assert_eq!(moved(&before, &Places::new()).len(), 1);
    }
}
