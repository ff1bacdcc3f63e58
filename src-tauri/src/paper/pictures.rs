//! The pictures of a letter: the rows as a page of ours draws them, which nobody sees, cut from what it shows.

use onboarding::HandOut;
use station::{RowPicture, RowPicturesWanted};
use tauri::{AppHandle, Runtime};
use tokio::sync::mpsc;

/// Draws one letter's rows after the other's, for as long as the station lives. A letter goes without what cannot be drawn.
pub(crate) async fn serve<R: Runtime>(
    app: AppHandle<R>,
    mut wanted: mpsc::UnboundedReceiver<RowPicturesWanted>,
) {
    let mut number = 0;
    while let Some(RowPicturesWanted { sheet, answer }) = wanted.recv().await {
        number += 1;
        let drawn = draw(&app, number, &sheet).await;
        if let Err(error) = &drawn {
            tracing::error!(%error, "a letter has no pictures");
        }
        // Nobody waits any more when the station has ended.
        let _ = answer.send(drawn.unwrap_or_default());
    }
}

#[cfg(target_os = "linux")]
async fn draw<R: Runtime>(
    app: &AppHandle<R>,
    number: u32,
    sheet: &HandOut,
) -> Result<Vec<RowPicture>, String> {
    linux::draw(app, number, sheet).await
}

/// WebView2 and WKWebView have ways of their own, which nobody has tried here yet.
#[cfg(not(target_os = "linux"))]
async fn draw<R: Runtime>(
    _app: &AppHandle<R>,
    _number: u32,
    _sheet: &HandOut,
) -> Result<Vec<RowPicture>, String> {
    std::future::ready(Err("not on this system".to_owned())).await
}

#[cfg(target_os = "linux")]
mod linux {
    use std::time::Duration;

    use gtk::{cairo, gdk, gio};
    use onboarding::HandOut;
    use station::RowPicture;
    use tauri::{AppHandle, Runtime, WebviewWindow};
    use tokio::sync::oneshot;
    use webkit2gtk::{SnapshotOptions, SnapshotRegion, WebViewExt};

    use crate::paper::unseen;
    use crate::windows::close;

    const PAGE: &str = "pictures.html";
    const LIMIT: Duration = Duration::from_secs(20);
    /// As the page lays its cells out.
    const COLUMNS: usize = 4;
    const CELL: (i32, i32) = (300, 617);

    pub(super) async fn draw<R: Runtime>(
        app: &AppHandle<R>,
        number: u32,
        sheet: &HandOut,
    ) -> Result<Vec<RowPicture>, String> {
        let label = format!("pictures-{number}");
        let window = unseen::drawn(app, &label, PAGE, sheet).await?;
        let rows = sheet.rows.iter().map(|row| row.id.clone()).collect();
        let taken = taken(&window, rows).await;
        close(&window);
        taken
    }

    async fn taken<R: Runtime>(
        window: &WebviewWindow<R>,
        rows: Vec<String>,
    ) -> Result<Vec<RowPicture>, String> {
        let (told, taken) = oneshot::channel();
        let region = SnapshotRegion::FullDocument;
        window
            .with_webview(move |page| {
                let cut = move |shown: Result<cairo::Surface, gtk::glib::Error>| {
                    let shown = shown.map_err(|error| error.to_string());
                    let _ = told.send(shown.and_then(|shown| cut(&shown, rows)));
                };
                page.inner()
                    .snapshot(region, SnapshotOptions::NONE, gio::Cancellable::NONE, cut);
            })
            .map_err(|error| error.to_string())?;
        match tokio::time::timeout(LIMIT, taken).await {
            Ok(Ok(taken)) => taken,
            Ok(Err(_)) | Err(_) => Err("the page was not taken in time".to_owned()),
        }
    }

    /// One picture for each row; all of them or none.
    fn cut(shown: &cairo::Surface, rows: Vec<String>) -> Result<Vec<RowPicture>, String> {
        let place =
            |at: usize, size: i32| i32::try_from(at).unwrap_or(i32::MAX).saturating_mul(size);
        let one = |(at, row): (usize, String)| {
            let (x, y) = (place(at % COLUMNS, CELL.0), place(at / COLUMNS, CELL.1));
            let cell = gdk::pixbuf_get_from_surface(shown, x, y, CELL.0, CELL.1);
            let cell = cell.ok_or("there is no picture of a row")?;
            let png = cell.save_to_bufferv("png", &[]);
            let png = png.map_err(|error| error.to_string())?;
            Ok(RowPicture { row, png })
        };
        rows.into_iter().enumerate().map(one).collect()
    }
}
