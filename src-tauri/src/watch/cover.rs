//! The native page that stands where a page is lost: drawn without a web view, in both languages.

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// The page comes back, or another does.
    Waiting,
    /// None does: what somebody is to do.
    WhatToDo,
}

/// Each language's own file of these words, the site's first language first.
const LANGUAGES: [&str; 2] = [
    include_str!("../../../ui/locales/ja/native.ftl"),
    include_str!("../../../ui/locales/en/native.ftl"),
];

impl Words {
    const fn keys(self) -> [&'static str; 2] {
        match self {
            Self::Waiting => ["op-display-lost-title", "op-display-lost-do"],
            Self::WhatToDo => ["op-display-given-up-title", "op-display-given-up-do"],
        }
    }

    /// Title and text, language by language.
    fn all(self) -> Vec<[&'static str; 2]> {
        let of = |file: &'static str| self.keys().map(|key| word(file, key));
        LANGUAGES.into_iter().map(of).collect()
    }
}

/// The words of a message without arguments that stands on one line.
fn word(file: &'static str, key: &str) -> &'static str {
    let line = file
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    line.unwrap_or_default()
}

#[cfg(target_os = "linux")]
pub(super) use drawn::{away, show, show_where_none_stands};

#[cfg(target_os = "linux")]
mod drawn {
    use gtk::prelude::*;
    use webkit2gtk::WebView;

    use super::Words;

    const NAME: &str = "native-page";

    /// As calm as the app's own pages, but of a colour that none of them has as its ground.
    const STYLE: &[u8] = b"
        #native-page { background-color: #d9e6ff; padding: 48px; }
        #native-page label { color: #1a1a1c; }
        #native-page .title { font-size: 32px; font-weight: bold; }
        #native-page .text { font-size: 22px; }
    ";

    /// Puts the native page in the place of the web view. What it said before gives way.
    pub(in super::super) fn show(page: &WebView, words: Words) {
        let Some(room) = room(page) else { return };
        remove(&room);
        page.hide();
        let shade = gtk::Box::new(gtk::Orientation::Vertical, 32);
        shade.set_widget_name(NAME);
        let middle = gtk::Box::new(gtk::Orientation::Vertical, 32);
        middle.set_valign(gtk::Align::Center);
        for [title, text] in words.all() {
            let (title, text) = (label(title, "title"), label(text, "text"));
            if has_letters(&title) && has_letters(&text) {
                middle.add(&title);
                middle.add(&text);
            }
        }
        shade.pack_start(&middle, true, true, 0);
        style(shade.upcast_ref());
        room.pack_start(&shade, true, true, 0);
        shade.show_all();
    }

    /// The same, but one that stands there already keeps what it says.
    pub(in super::super) fn show_where_none_stands(page: &WebView, words: Words) {
        let stands = room(page).is_some_and(|room| {
            let mut children = room.children().into_iter();
            children.any(|child| child.widget_name() == NAME)
        });
        if !stands {
            show(page, words);
        }
    }

    /// Takes it away again. Whatever had the focus in the page has it still.
    pub(in super::super) fn away(page: &WebView) {
        let Some(room) = room(page) else { return };
        remove(&room);
        page.show();
        page.grab_focus();
    }

    /// The box that a window's web view fills.
    fn room(page: &WebView) -> Option<gtk::Box> {
        page.parent()?.downcast().ok()
    }

    fn remove(room: &gtk::Box) {
        for child in room.children() {
            if child.widget_name() == NAME {
                room.remove(&child);
            }
        }
    }

    fn label(text: &str, class: &str) -> gtk::Label {
        let label = gtk::Label::new(Some(text));
        label.set_line_wrap(true);
        label.set_justify(gtk::Justification::Center);
        label.set_max_width_chars(60);
        label.style_context().add_class(class);
        label
    }

    /// Whether the machine has the letters of it. The pages bring their own; a language drawn as empty boxes tells
    /// nobody anything, and the other one stands there as well.
    fn has_letters(label: &gtk::Label) -> bool {
        let unknown = label.layout().map(|layout| layout.unknown_glyphs_count());
        unknown.unwrap_or_default() == 0
    }

    fn style(of: &gtk::Widget) {
        let provider = gtk::CssProvider::new();
        if let Err(error) = provider.load_from_data(STYLE) {
            tracing::error!(%error, "the native page has no colours");
        }
        put(&provider, of);
    }

    fn put(provider: &gtk::CssProvider, on: &gtk::Widget) {
        on.style_context()
            .add_provider(provider, gtk::STYLE_PROVIDER_PRIORITY_APPLICATION);
        if let Some(container) = on.downcast_ref::<gtk::Container>() {
            for child in container.children() {
                put(provider, &child);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn the_native_page_says_in_both_languages_what_happened_and_what_to_do() {
        for words in [Words::Waiting, Words::WhatToDo] {
            let all = words.all();
            assert_eq!(all.len(), 2);
            for said in all.iter().flatten() {
                assert!(said.chars().count() > 5, "{words:?}: {said:?}");
                // Drawn as it stands: no argument, no reading, no reference.
                assert!(!said.contains(['{', '《']), "{said}");
            }
            assert_ne!(all[0], all[1]);
        }
    }
}
