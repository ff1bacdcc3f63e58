//! The page behind a hand-out: a window nobody sees, without any permission, and the PDF it becomes.

use std::path::Path;

use onboarding::HandOut;
use station::HandOutError;
use tauri::{AppHandle, Runtime};

/// Draws the hand-out and prints it into `pdf`.
#[cfg(target_os = "linux")]
pub(super) async fn print<R: Runtime>(
    app: &AppHandle<R>,
    number: u32,
    hand_out: &HandOut,
    pdf: &Path,
) -> Result<(), HandOutError> {
    linux::print(app, number, hand_out, pdf)
        .await
        .map_err(|what| super::output::not_made(&what))
}

/// WebView2 and WKWebView have ways of their own, which nobody has tried here yet.
#[cfg(not(target_os = "linux"))]
pub(super) async fn print<R: Runtime>(
    _app: &AppHandle<R>,
    _number: u32,
    _hand_out: &HandOut,
    _pdf: &Path,
) -> Result<(), HandOutError> {
    std::future::ready(Err(HandOutError::NotHere)).await
}

#[cfg(target_os = "linux")]
mod linux {
    use std::cell::{Cell, RefCell};
    use std::path::Path;
    use std::rc::Rc;
    use std::time::Duration;

    use gtk::{PageSetup, PaperSize, PrintSettings, Unit};
    use onboarding::{HandOut, Paper};
    use tauri::{AppHandle, Runtime, Url, WebviewWindow};
    use tokio::sync::oneshot;
    use webkit2gtk::{PrintOperation, PrintOperationExt};

    use crate::paper::unseen;
    use crate::windows::close;

    const PAGE: &str = "print.html";
    const PRINT_LIMIT: Duration = Duration::from_secs(20);

    pub(super) async fn print<R: Runtime>(
        app: &AppHandle<R>,
        number: u32,
        hand_out: &HandOut,
        pdf: &Path,
    ) -> Result<(), String> {
        let label = format!("paper-{number}");
        let window = unseen::drawn(app, &label, PAGE, hand_out).await?;
        let printed = printed(&window, hand_out.paper, pdf).await;
        close(&window);
        printed
    }

    async fn printed<R: Runtime>(
        window: &WebviewWindow<R>,
        paper: Paper,
        pdf: &Path,
    ) -> Result<(), String> {
        let (told, ended) = oneshot::channel();
        let to = Url::from_file_path(pdf).map_err(|()| "the path is not whole".to_owned())?;
        window
            .with_webview(move |page| begin(&page.inner(), paper, &to, told))
            .map_err(|error| error.to_string())?;
        match tokio::time::timeout(PRINT_LIMIT, ended).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) | Err(_) => Err("the page was not printed in time".to_owned()),
        }
    }

    /// Prints without a dialog: into the file that GTK's own "Print to File" writes.
    fn begin(
        page: &webkit2gtk::WebView,
        paper: Paper,
        to: &Url,
        told: oneshot::Sender<Result<(), String>>,
    ) {
        let operation = PrintOperation::new(page);
        operation.set_print_settings(&settings(to));
        operation.set_page_setup(&page_setup(paper));
        let failure = Rc::new(RefCell::new(None));
        let failed = failure.clone();
        operation.connect_failed(move |_, error| {
            failed.replace(Some(error.to_string()));
        });
        // Nothing else holds the operation until it is over.
        let held = Rc::new(RefCell::new(None));
        let (release, told) = (held.clone(), Cell::new(Some(told)));
        operation.connect_finished(move |_| {
            if let Some(told) = told.take() {
                let _ = told.send(failure.take().map_or(Ok(()), Err));
            }
            release.replace(None::<PrintOperation>);
        });
        held.replace(Some(operation.clone()));
        operation.print();
    }

    fn settings(to: &Url) -> PrintSettings {
        let settings = PrintSettings::new();
        // GTK knows this printer by its name in the user's language.
        settings.set_printer(&gtk::glib::dgettext(Some("gtk30"), "Print to File"));
        settings.set("output-uri", Some(to.as_str()));
        settings.set("output-file-format", Some("pdf"));
        settings
    }

    fn page_setup(paper: Paper) -> PageSetup {
        let (name, margin) = match paper {
            Paper::A4 => ("iso_a4", 12.0),
            Paper::A5 => ("iso_a5", 9.0),
        };
        let setup = PageSetup::new();
        setup.set_paper_size(&PaperSize::new(Some(name)));
        setup.set_top_margin(margin, Unit::Mm);
        setup.set_bottom_margin(margin, Unit::Mm);
        setup.set_left_margin(margin, Unit::Mm);
        setup.set_right_margin(margin, Unit::Mm);
        setup
    }
}
