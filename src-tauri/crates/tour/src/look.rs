//! Looking closely at a screen: accessibility, words that are not translated, things cut off.

use std::fs;

use serde::Deserialize;
use workplace::{During, Failure, Outcome, Place};

use crate::window::Window;

/// The accessibility checker, from the screens' own npm packages.
pub(crate) struct Axe(String);

#[derive(Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

impl Axe {
    /// Reads the checker's source.
    pub(crate) fn read(place: &Place) -> Outcome<Self> {
        let path = place.ui().join("node_modules/axe-core/axe.min.js");
        Ok(Self(fs::read_to_string(path).during("axe-core")?))
    }

    /// What breaks WCAG 2.2 AA on the present screen, one line each.
    pub(crate) async fn complaints(&self, window: &Window) -> Outcome<Vec<String>> {
        const RUN: &str = r"
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            // A colour on its way to another is neither of the two.
            const still = document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished.catch(() => {}));
            Promise.all(still).then(() => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }))
                .then(r => done({ found: r.violations.map(v => ({ id: v.id, help: v.help,
                    nodes: v.nodes.map(n => n.target.join(' ') + ': ' + (n.any[0]?.message ?? n.failureSummary ?? '')) })) }))
                .catch(e => done({ failed: String(e) }));";
        // WebDriver's scripts stand outside the page's content security policy.
        let loaded = window
            .script("return typeof window.axe === 'object'", Vec::new())
            .await?;
        if loaded != serde_json::Value::Bool(true) {
            window
                .script(&self.0, Vec::new())
                .await
                .during("axe-core")?;
        }
        let answer = window.slow_script(RUN).await?;
        if let Some(failed) = answer["failed"].as_str() {
            return Err(Failure::new(format!("axe-core: {failed}")));
        }
        let found: Vec<Violation> = serde_json::from_value(answer["found"].clone())?;
        Ok(found
            .into_iter()
            .map(|violation| {
                let nodes = violation.nodes.join("\n      ");
                format!("{} ({}):\n      {nodes}", violation.id, violation.help)
            })
            .collect())
    }
}

/// Words without the pseudo-language's brackets, outside what is shown as it is.
pub(crate) async fn hard_coded(window: &Window) -> Outcome<Vec<String>> {
    const FIND: &str = r"
        const found = [];
        const bad = (where, text) => {
            text = text.trim();
            if (/\p{L}/u.test(text) && !(text.includes('[!!') || text.includes('!!]')))
                found.push(`${where}: ${text.slice(0, 80)}`);
        };
        const name = e => e.tagName.toLowerCase() + (e.className ? '.' + String(e.className.baseVal ?? e.className).split(' ')[0] : '');
        // A message may be cut into phrases, so the brackets are looked for in the whole block.
        const block = e => { while (e.parentElement && getComputedStyle(e).display.startsWith('inline')) e = e.parentElement; return e; };
        const blocks = new Set();
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const e = walk.currentNode.parentElement;
            if (!e || e.closest('[data-verbatim], script, style') || e.getClientRects().length === 0) continue;
            if (/\p{L}/u.test(walk.currentNode.data)) blocks.add(block(e));
        }
        for (const e of blocks) {
            const copy = e.cloneNode(true);
            copy.querySelectorAll('[data-verbatim], script, style').forEach(x => x.remove());
            bad(name(e), copy.textContent);
        }
        for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
            if (e.closest('[data-verbatim]') || e.getClientRects().length === 0) continue;
            for (const a of ['aria-label', 'title', 'placeholder', 'alt'])
                if (e.hasAttribute(a)) bad(`${name(e)} ${a}`, e.getAttribute(a));
        }
        return found;";
    Ok(serde_json::from_value(
        window.script(FIND, Vec::new()).await?,
    )?)
}

/// Elements that hide a part of their text, and text that something else lies on.
pub(crate) async fn cut_off(window: &Window) -> Outcome<Vec<String>> {
    const FIND: &str = r"
        const found = [];
        const name = e => `${e.tagName.toLowerCase()}.${String(e.className.baseVal ?? e.className).split(' ')[0]}`;
        const short = text => text.trim().slice(0, 60);
        for (const e of document.querySelectorAll('body *')) {
            if (e.getClientRects().length === 0 || e.closest('svg') || !e.textContent.trim()) continue;
            const s = getComputedStyle(e);
            // What is only for the ear is one pixel large.
            if (e.clientWidth <= 1 || e.clientHeight <= 1) continue;
            const clips = v => v === 'hidden' || v === 'clip';
            const wide = clips(s.overflowX) && e.scrollWidth > e.clientWidth + 1;
            const high = clips(s.overflowY) && e.scrollHeight > e.clientHeight + 1;
            if (wide || high) {
                const by = `${e.scrollWidth}x${e.scrollHeight} in ${e.clientWidth}x${e.clientHeight}`;
                found.push(`${name(e)} hides a part, ${by}: ${short(e.textContent)}`);
            }
        }
        // Where a text is drawn, nothing else may lie; what is scrolled away does not count.
        const inSight = (x, y, e) => {
            if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false;
            for (; e; e = e.parentElement) {
                const s = getComputedStyle(e), r = e.getBoundingClientRect();
                const ear = r.width <= 1 || r.height <= 1 || s.clipPath !== 'none';
                const rolls = /auto|scroll|hidden|clip/.test(s.overflowX + s.overflowY);
                if (ear || (rolls && (x < r.left || x > r.right || y < r.top || y > r.bottom))) return false;
            }
            return true;
        };
        // A bar that stays in place lies on what is scrolled under it, and scrolling uncovers it.
        const stays = (top, e) => {
            for (; top && !top.contains(e); top = top.parentElement)
                if (/sticky|fixed/.test(getComputedStyle(top).position)) return true;
            return false;
        };
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const e = walk.currentNode.parentElement;
            if (!walk.currentNode.data.trim() || !e || e.closest('svg, script, style, option')) continue;
            // What is folded away is not drawn, though it has its place.
            if (e.closest('details:not([open]) > :not(summary)')) continue;
            if (getComputedStyle(e).visibility !== 'visible' || getComputedStyle(e).pointerEvents === 'none') continue;
            const range = document.createRange();
            range.selectNodeContents(walk.currentNode);
            for (const r of range.getClientRects()) {
                const y = (r.top + r.bottom) / 2;
                const over = [r.left + 2, (r.left + r.right) / 2, r.right - 2]
                    .filter(x => r.width > 4 && inSight(x, y, e))
                    .map(x => document.elementFromPoint(x, y))
                    .find(top => top && !top.contains(e) && !e.contains(top) && !stays(top, e));
                if (over) { found.push(`${name(over)} lies on ${name(e)}: ${short(walk.currentNode.data)}`); break; }
            }
        }
        return found;";
    Ok(serde_json::from_value(
        window.script(FIND, Vec::new()).await?,
    )?)
}

/// Parts of the page that would have to be scrolled to be seen.
pub(crate) async fn scrolls(window: &Window) -> Outcome<Vec<String>> {
    const FIND: &str = r"
        const found = [];
        const page = document.scrollingElement;
        for (const e of [page, ...document.querySelectorAll('body *')]) {
            const o = getComputedStyle(e).overflowY;
            const rolls = e === page || o === 'auto' || o === 'scroll';
            if (rolls && e.scrollHeight > e.clientHeight + 1 && e.clientHeight > 0)
                found.push(`${e.tagName.toLowerCase()}.${e.className}: ${e.scrollHeight} high in ${e.clientHeight}`);
        }
        return found;";
    Ok(serde_json::from_value(
        window.script(FIND, Vec::new()).await?,
    )?)
}

/// Puts something wrong of every kind on the screen and names the kinds nobody complained about: a
/// look that never finds anything would prove nothing.
pub(crate) async fn blind_spots(window: &Window, axe: Option<&Axe>) -> Outcome<Vec<String>> {
    const SPOIL: &str = r"
        const spoiled = document.createElement('div');
        spoiled.id = 'spoiled';
        const part = (tag, style, text) => {
            const e = document.createElement(tag);
            Object.assign(e.style, style);
            if (text) e.textContent = text;
            spoiled.append(e);
            return e;
        };
        Object.assign(spoiled.style, { position: 'fixed', top: '300px', left: '40px', width: '300px', zIndex: 9999 });
        part('img', { width: '20px', height: '20px' }).src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
        part('p', { width: '40px', overflow: 'hidden', whiteSpace: 'nowrap' }, 'nobody translated this');
        part('p', { height: '30px' }, 'spoiled underneath');
        part('p', { height: '30px', marginTop: '-40px', background: 'white', position: 'relative' }, '#');
        part('div', { height: '20px', overflowY: 'auto' }).append(part('div', { height: '90px' }));
        document.body.append(spoiled);";
    const CLEAN: &str = "document.getElementById('spoiled').remove()";
    window.script(SPOIL, Vec::new()).await?;
    let mut looks = vec![
        (
            "hard-coded words",
            "nobody translated",
            hard_coded(window).await?,
        ),
        ("text cut off", "hides a part", cut_off(window).await?),
        ("text covered", "spoiled underneath", cut_off(window).await?),
        ("scrolling", "90 high in 20", scrolls(window).await?),
        (
            "the pass left behind",
            "true",
            vec![holds(window, "nobody translated").await?.to_string()],
        ),
    ];
    if let Some(axe) = axe {
        looks.push(("accessibility", "image-alt", axe.complaints(window).await?));
    }
    window.script(CLEAN, Vec::new()).await?;
    Ok(looks
        .into_iter()
        .filter(|(_, sign, found)| !found.iter().any(|line| line.contains(sign)))
        .map(|(kind, _, found)| format!("{kind} would not be noticed; found only {found:?}"))
        .collect())
}

/// What a page could still do to have itself printed: only Rust prints.
pub(crate) async fn may_print(window: &Window) -> Outcome<Vec<String>> {
    const FIND: &str = r"
        const own = Object.getOwnPropertyDescriptor(window, 'print');
        if (!own) return ['the page has the view\'s own print()'];
        return own.writable || own.configurable ? ['a page can put print() back'] : [];";
    Ok(serde_json::from_value(
        window.script(FIND, Vec::new()).await?,
    )?)
}

/// Whether a text stands in any element, attribute or field of the page.
pub(crate) async fn holds(window: &Window, text: &str) -> Outcome<bool> {
    const FIND: &str = r"
        const text = arguments[0];
        const all = [...document.querySelectorAll('*')];
        return document.querySelector('[data-glyph], [data-pass-value]') !== null
            || document.documentElement.textContent.includes(text)
            || document.documentElement.textContent.replace(/\s/g, '').includes(text)
            || all.some(e => [...e.attributes].some(a => a.value.includes(text)))
            || all.some(e => typeof e.value === 'string' && e.value.includes(text));";
    let found = window
        .script(FIND, vec![serde_json::Value::String(text.to_owned())])
        .await?;
    Ok(found != serde_json::Value::Bool(false))
}
