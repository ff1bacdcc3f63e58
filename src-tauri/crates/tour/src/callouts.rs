//! Pictures for the operator guide: the same screen once more, with numbers at what the guide explains.

use std::path::Path;

use serde_json::json;
use workplace::Outcome;

use crate::window::Window;

/// Screens of the guide with what is numbered on each, in the order of the numbers.
const NUMBERED: [(&str, &[&str]); 4] = [
    (
        "found",
        &[
            "article.card .name",
            "article.card dl",
            "article.card .quiet",
            "[data-act='confirm_person']",
        ],
    ),
    (
        "board-upn",
        &[
            "[data-pane='person'] .what",
            "[data-act='issue_pass']",
            "[data-act='rows']",
            "[data-light='pass_usable']",
            "[data-act='person:other_screen']",
        ],
    ),
    (
        "board-pass-shown",
        &[
            "[data-pass-value]",
            "[data-act='hide']",
            "[data-act='longer']",
            "[data-act='person:spell']",
            "[data-act='finish']",
        ],
    ),
    (
        "registered",
        &[
            "[data-pane='person'] .done",
            "[data-light='phone_sign_in_ready']",
            "[data-act='try-sign-in']",
            "[data-act='skip-test']",
        ],
    ),
];

/// A number at the upper left corner of each part; gives the parts that are not there.
const NUMBER: &str = r"
    const within = (at, most) => Math.max(2, Math.min(at - 16, most - 34));
    return arguments[0].filter((part, at) => {
        const box = document.querySelector(part)?.getBoundingClientRect();
        if (!box?.width) return true;
        const mark = document.createElement('b');
        mark.dataset.callout = '';
        mark.textContent = String(at + 1);
        Object.assign(mark.style, {
            position: 'fixed', zIndex: 9, boxSizing: 'border-box', width: '32px', height: '32px',
            left: within(box.left - 10, innerWidth) + 'px', top: within(box.top, innerHeight) + 'px',
            border: '2px solid #fff', borderRadius: '50%', background: '#b3261e', color: '#fff',
            font: '700 18px/28px sans-serif', textAlign: 'center', boxShadow: '0 1px 4px #0009',
        });
        document.body.append(mark);
        return false;
    });";
const CLEAR: &str = "document.querySelectorAll('[data-callout]').forEach(mark => mark.remove())";

/// Takes it beside `picture`, where the guide has this screen. Gives what should bear a number and is not there.
pub(crate) async fn picture(
    window: &Window,
    screen: &str,
    picture: &Path,
) -> Outcome<Option<Vec<String>>> {
    let Some((_, parts)) = NUMBERED.iter().find(|(name, _)| *name == screen) else {
        return Ok(None);
    };
    let missing = window.script(NUMBER, vec![json!(parts)]).await?;
    window.picture(&beside(picture)).await?;
    window.script(CLEAR, Vec::new()).await?;
    Ok(Some(serde_json::from_value(missing)?))
}

/// `08-found-ja.png` and `08-found-ja-numbered.png`.
fn beside(picture: &Path) -> std::path::PathBuf {
    let name = picture.file_stem().unwrap_or_default().to_string_lossy();
    picture.with_file_name(format!("{name}-numbered.png"))
}
