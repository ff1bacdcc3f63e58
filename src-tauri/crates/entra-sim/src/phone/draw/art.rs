//! Small drawings. All are our own.
pub(super) const BARS: &str = "<svg viewBox=\"0 0 44 12\" width=\"44\" height=\"12\" aria-hidden=\"true\"><g fill=\"currentColor\">\
<rect x=\"0\" y=\"8\" width=\"3\" height=\"4\" rx=\"1\"/><rect x=\"5\" y=\"5\" width=\"3\" height=\"7\" rx=\"1\"/>\
<rect x=\"10\" y=\"2\" width=\"3\" height=\"10\" rx=\"1\"/><rect x=\"22\" y=\"1\" width=\"19\" height=\"10\" rx=\"3\" opacity=\".35\"/>\
<rect x=\"24\" y=\"3\" width=\"12\" height=\"6\" rx=\"1.5\"/></g></svg>";

/// The app's symbol: a padlock in a ring.
pub(super) const APP: &str = "<svg class=\"appicon\" viewBox=\"0 0 60 60\" aria-hidden=\"true\"><rect width=\"60\" height=\"60\" rx=\"14\" fill=\"#1c4f8f\"/>\
<circle cx=\"30\" cy=\"30\" r=\"19\" fill=\"none\" stroke=\"#8fc1f2\" stroke-width=\"4\"/><rect x=\"21\" y=\"27\" width=\"18\" height=\"14\" rx=\"3\" fill=\"#fff\"/>\
<path d=\"M24.5 27v-4a5.5 5.5 0 0 1 11 0v4\" fill=\"none\" stroke=\"#fff\" stroke-width=\"3\"/></svg>";

pub(super) const PHONE: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#e4eefa\"/>\
<rect x=\"38\" y=\"20\" width=\"44\" height=\"80\" rx=\"9\" fill=\"#fff\" stroke=\"#1c4f8f\" stroke-width=\"4\"/>\
<rect x=\"46\" y=\"34\" width=\"28\" height=\"7\" rx=\"3.5\" fill=\"#b9d3f0\"/><rect x=\"46\" y=\"46\" width=\"20\" height=\"7\" rx=\"3.5\" fill=\"#b9d3f0\"/>\
<circle cx=\"78\" cy=\"78\" r=\"18\" fill=\"#f2b35e\"/><path d=\"M69 78l7 7 12-14\" fill=\"none\" stroke=\"#fff\" stroke-width=\"5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";
pub(super) const SHIELD: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#e4eefa\"/>\
<path d=\"M60 24l30 11v22c0 20-13 33-30 40-17-7-30-20-30-40V35z\" fill=\"#fff\" stroke=\"#1c4f8f\" stroke-width=\"4\"/>\
<rect x=\"48\" y=\"54\" width=\"24\" height=\"20\" rx=\"4\" fill=\"#1c4f8f\"/>\
<path d=\"M52 54v-6a8 8 0 0 1 16 0v6\" fill=\"none\" stroke=\"#1c4f8f\" stroke-width=\"4\"/></svg>";
pub(super) const TICK: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#dff0e4\"/>\
<path d=\"M36 62l17 17 32-36\" fill=\"none\" stroke=\"#1f7a44\" stroke-width=\"9\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";
pub(super) const STOP: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#fbe6e4\"/>\
<path d=\"M60 34v34M60 82v4\" fill=\"none\" stroke=\"#a32a22\" stroke-width=\"10\" stroke-linecap=\"round\"/></svg>";
pub(super) const ACCOUNTS: &str = "<svg viewBox=\"0 0 160 120\" aria-hidden=\"true\"><rect x=\"18\" y=\"22\" width=\"124\" height=\"34\" rx=\"10\" fill=\"#e4eefa\"/>\
<circle cx=\"38\" cy=\"39\" r=\"10\" fill=\"#1c4f8f\"/><rect x=\"56\" y=\"31\" width=\"60\" height=\"6\" rx=\"3\" fill=\"#9dbfe6\"/><rect x=\"56\" y=\"42\" width=\"40\" height=\"6\" rx=\"3\" fill=\"#c7dcf3\"/>\
<rect x=\"18\" y=\"64\" width=\"124\" height=\"34\" rx=\"10\" fill=\"#f3eee3\"/><circle cx=\"38\" cy=\"81\" r=\"10\" fill=\"#f2b35e\"/>\
<rect x=\"56\" y=\"73\" width=\"52\" height=\"6\" rx=\"3\" fill=\"#e0cda6\"/><rect x=\"56\" y=\"84\" width=\"36\" height=\"6\" rx=\"3\" fill=\"#ece1c9\"/></svg>";
pub(super) const PASSKEY: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#e4eefa\"/>\
<circle cx=\"48\" cy=\"44\" r=\"14\" fill=\"#1c4f8f\"/><path d=\"M24 86c2-18 12-26 24-26s18 5 22 14l-4 12z\" fill=\"#1c4f8f\"/>\
<circle cx=\"82\" cy=\"52\" r=\"13\" fill=\"#f2b35e\"/><circle cx=\"82\" cy=\"48\" r=\"4\" fill=\"#fff\"/><path d=\"M78 62h8v26l-4 5-4-5 3-4-3-4 3-4-3-4z\" fill=\"#f2b35e\"/></svg>";
pub(super) const LOCK: &str = "<svg viewBox=\"0 0 16 16\" width=\"14\" height=\"14\" aria-hidden=\"true\"><rect x=\"3\" y=\"7\" width=\"10\" height=\"7\" rx=\"2\" fill=\"currentColor\"/>\
<path d=\"M5 7V5a3 3 0 0 1 6 0v2\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"/></svg>";
pub(super) const CHEVRON: &str = "<svg class=\"chevron\" viewBox=\"0 0 8 14\" width=\"8\" height=\"14\" aria-hidden=\"true\"><path d=\"M1 1l6 6-6 6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";
pub(super) const BACK: &str = "<svg viewBox=\"0 0 24 24\" width=\"24\" height=\"24\" aria-hidden=\"true\"><path d=\"M15 4l-8 8 8 8\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";
pub(super) const ARROW: &str = "<svg viewBox=\"0 0 24 24\" width=\"24\" height=\"24\" aria-hidden=\"true\"><path d=\"M20 12H5m6-7l-7 7 7 7\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.3\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";
pub(super) const TRIANGLE: &str = "<svg viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\"><path d=\"M12 2L4 8l8 6z\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linejoin=\"round\"/></svg>";

pub(super) const PERSON: &str = "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><circle cx=\"16\" cy=\"11\" r=\"6\" fill=\"currentColor\"/><path d=\"M4 28c1-9 6-11 12-11s11 2 12 11z\" fill=\"currentColor\"/></svg>";
pub(super) const WORK: &str = "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><rect x=\"3\" y=\"10\" width=\"26\" height=\"17\" rx=\"3\" fill=\"currentColor\"/><path d=\"M11 10V7a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v3\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.5\"/><path d=\"M3 18h26\" stroke=\"#fff\" stroke-width=\"2\"/></svg>";
pub(super) const OTHER: &str = "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><circle cx=\"7\" cy=\"16\" r=\"3.5\" fill=\"currentColor\"/><circle cx=\"16\" cy=\"16\" r=\"3.5\" fill=\"currentColor\"/><circle cx=\"25\" cy=\"16\" r=\"3.5\" fill=\"currentColor\"/></svg>";
pub(super) const CODE: &str = "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><g fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\"><rect x=\"4\" y=\"4\" width=\"9\" height=\"9\"/><rect x=\"19\" y=\"4\" width=\"9\" height=\"9\"/><rect x=\"4\" y=\"19\" width=\"9\" height=\"9\"/></g><path d=\"M19 19h4v4h-4zM25 25h4v4h-4zM25 18h3v3h-3z\" fill=\"currentColor\"/></svg>";
pub(super) const KEY: &str = "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><circle cx=\"10\" cy=\"16\" r=\"6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\"/><path d=\"M16 16h13m-4 0v5m-5-5v4\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\" stroke-linecap=\"round\"/></svg>";
pub(super) const ADD: &str = "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><path d=\"M16 6v20M6 16h20\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\" stroke-linecap=\"round\"/></svg>";
