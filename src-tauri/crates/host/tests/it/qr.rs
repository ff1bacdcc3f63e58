//! S16: what was drawn is decoded again from its own path data.

use host::qr::{QUIET_ZONE, Qr, QrError, draw, svg};

const STORE_LINKS: [&str; 2] = [
    "https://apps.apple.com/app/microsoft-authenticator/id983156458",
    "https://play.google.com/store/apps/details?id=com.azure.authenticator",
];

/// The dark modules, read from nothing but the path data.
fn dark_modules(qr: &Qr) -> Vec<Vec<bool>> {
    let side = qr.modules as usize;
    let mut modules = vec![vec![false; side]; side];
    for run in qr.path.split_terminator('z') {
        let run = run.strip_prefix('M').unwrap();
        let (x, run) = run.split_once(' ').unwrap();
        let (y, run) = run.split_once('h').unwrap();
        let (length, back) = run.split_once("v1h-").unwrap();
        assert_eq!(length, back, "the run is a closed box of height one");
        let (x, length): (usize, usize) = (x.parse().unwrap(), length.parse().unwrap());
        for module in &mut modules[y.parse::<usize>().unwrap()][x..x + length] {
            assert!(!*module, "no module is drawn twice");
            *module = true;
        }
    }
    modules
}

fn decode(qr: &Qr) -> (rqrr::MetaData, String) {
    const SCALE: usize = 4;
    let modules = dark_modules(qr);
    let side = modules.len() * SCALE;
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        if modules[y / SCALE][x / SCALE] {
            0
        } else {
            255
        }
    });
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap()
}

#[test]
fn s16_store_links_are_drawn_and_decoded_back() {
    for link in STORE_LINKS {
        let qr = draw(link).unwrap();
        let (meta, text) = decode(&qr);
        assert_eq!(text, link);
        assert_eq!(meta.ecc_level, 0, "level M");
        assert_eq!(qr.modules as usize, meta.version.0 * 4 + 17 + 8);
    }
}

/// N6: the text is composed, escapes included, in `station`'s configuration, which has a test of its own.
#[test]
fn n6_a_guest_network_is_drawn_and_decoded_back() {
    let join = r#"WIFI:T:WPA;S:来客 a\;b\:c;P:\\x\,y\"zzz;H:true;;"#;
    assert_eq!(decode(&draw(join).unwrap()).1, join);
}

#[test]
fn s16_the_quiet_zone_is_light_on_every_side() {
    for link in STORE_LINKS {
        let modules = dark_modules(&draw(link).unwrap());
        let quiet = QUIET_ZONE as usize;
        let inner = quiet..modules.len() - quiet;
        for (y, row) in modules.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                assert!(
                    !dark || (inner.contains(&x) && inner.contains(&y)),
                    "{x} {y}"
                );
            }
        }
        // The finder pattern begins right behind it: seven dark modules in one run.
        assert!(modules[quiet][quiet..quiet + 7].iter().all(|&dark| dark));
        assert!(!modules[quiet][quiet + 7]);
    }
}

#[test]
fn a_text_that_does_not_fit_is_an_error() {
    assert_eq!(decode(&draw(&"x".repeat(300)).unwrap()).1, "x".repeat(300));
    assert!(draw(&"x".repeat(2331)).is_ok());
    assert!(matches!(draw(&"x".repeat(2332)), Err(QrError::TooLong)));
}

#[test]
fn the_picture_stands_alone() {
    let qr = draw(STORE_LINKS[0]).unwrap();
    let picture = svg(&qr);
    assert!(picture.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(picture.contains(&format!("viewBox=\"0 0 {0} {0}\"", qr.modules)));
    assert!(picture.contains(&format!("fill=\"#000\" d=\"{}\"", qr.path)));
    assert!(picture.ends_with("</svg>"));
}
