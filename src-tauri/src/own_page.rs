//! The one address a window may show.

/// Whether an address is the app's own page: scheme, host and port, nothing that merely looks like it.
pub(crate) fn is_own_page(url: &tauri::Url) -> bool {
    let dev = cfg!(dev)
        && url.scheme() == "http"
        && url.host_str() == Some("localhost")
        && url.port() == Some(5173);
    let packaged = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    let plain = url.username().is_empty() && url.password().is_none();
    dev || (packaged && plain && url.port().is_none())
}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn only_the_apps_own_page_may_be_shown() {
        let check = |url: &str, allowed: bool| {
            assert_eq!(is_own_page(&url.parse().unwrap()), allowed, "{url}");
        };
        check("tauri://localhost/index.html", true);
        check("http://tauri.localhost/", true);
        check("https://tauri.localhost/", true);
        check("http://tauri.localhost.evil.example/", false);
        check("http://tauri.localhost@evil.example/", false);
        check("http://user@tauri.localhost/", false);
        check("http://tauri.localhost:8080/", false);
        check("https://login.microsoftonline.com/", false);
        check("about:srcdoc", false);
        check("data:text/html,x", false);
        check("blob:http://tauri.localhost/x", false);
        check("file:///etc/passwd", false);
    }
}
