//! QR codes as vector paths. They carry store links only, never a pass or a token.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// A drawn QR code.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Qr {
    /// The side in modules, quiet zone included.
    pub modules: u32,
    /// SVG path data of the dark modules: one unit per module, neighbours in a row merged.
    pub path: String,
}

/// The light border a scanner needs on every side, in modules.
pub const QUIET_ZONE: u32 = 4;

/// Why a text cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum QrError {
    /// It does not fit into the largest QR code.
    #[error("the text is too long for a QR code")]
    TooLong,
}

/// Draws `text` at error level M, which stays readable with 15 % of the picture lost.
///
/// # Errors
/// [`QrError::TooLong`] when it does not fit.
pub fn draw(text: &str) -> Result<Qr, QrError> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| QrError::TooLong)?;
    let width = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks_exact(width).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                let quiet = QUIET_ZONE as usize;
                let (x, y, length) = (column + quiet, row + quiet, run.len());
                // Writing to a String cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    Ok(Qr {
        modules: width as u32 + 2 * QUIET_ZONE,
        path,
    })
}

/// A stand-alone picture, dark on light whatever the page around it looks like.
#[must_use]
pub fn svg(qr: &Qr) -> String {
    let Qr { modules, path } = qr;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {modules} {modules}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{modules}v{modules}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}
