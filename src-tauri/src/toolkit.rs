//! What GTK may take from the desktop's settings. Any program of the same X11 session can change those, and some of them
//! name code: modules to be loaded, and themes, whose style sheets name engines to be loaded.

/// The themes that lie within GTK. Any other is a folder, wherever its name leads.
#[cfg(any(target_os = "linux", test))]
const WITHIN: [&str; 4] = [
    "Adwaita",
    "Adwaita-dark",
    "HighContrast",
    "HighContrastInverse",
];

/// What a setting counts for that could lead to code; none for a setting that cannot, which stays as it is.
#[cfg(any(target_os = "linux", test))]
fn counted<'a>(setting: &str, said: Option<&'a str>) -> Option<Option<&'a str>> {
    match setting {
        "gtk-modules" => Some(Some("")),
        "gtk-key-theme-name" => Some(None),
        "gtk-theme-name" => {
            let own = said.filter(|said| WITHIN.contains(said));
            Some(own.or(Some(WITHIN[0])))
        }
        _ => None,
    }
}

/// From here on GTK loads nothing that the desktop's settings name. To be called before GTK begins, once.
#[cfg(target_os = "linux")]
pub(crate) use gtk_settings::load_no_code;

#[cfg(not(target_os = "linux"))]
pub(crate) fn load_no_code() {}

/// A setting of the account's can give GTK's own inspector a key.
#[cfg(target_os = "linux")]
pub(crate) fn refuse_inspector(page: &webkit2gtk::WebView) {
    use gtk::prelude::{Cast, GtkWindowExt, WidgetExt};
    let window = page.toplevel().map(Cast::downcast::<gtk::Window>);
    if let Some(Ok(window)) = window {
        window.connect_enable_debugging(|_, _| true);
    }
}

/// GTK has a key that lets somebody choose a little picture in every field: a window of the system's, with a field, a
/// menu and a memory of its own. WebKit asks GTK's own field of text what a key does, so the key is taken from that one.
#[cfg(target_os = "linux")]
pub(crate) fn refuse_chooser() {
    use gtk::ffi::{gtk_binding_entry_remove, gtk_binding_set_by_class};
    use gtk::gdk::ffi::{GDK_CONTROL_MASK, GDK_KEY_period, GDK_KEY_semicolon};
    use gtk::glib::gobject_ffi::g_type_class_ref;

    let fields = [
        gtk::ffi::gtk_text_view_get_type,
        gtk::ffi::gtk_entry_get_type,
    ];
    for field in fields {
        for key in [GDK_KEY_period, GDK_KEY_semicolon] {
            // SAFETY: called on GTK's own thread once it has begun; a class and its keys live as long as the process.
            unsafe {
                let keys = gtk_binding_set_by_class(g_type_class_ref(field()).cast());
                gtk_binding_entry_remove(keys, key.unsigned_abs(), GDK_CONTROL_MASK);
            }
        }
    }
}

/// A page asks for no dialog of the system's: GTK's own for files shows the whole disk, reads what the page's sandbox
/// does not reach, and starts programs. The menu of a list to choose from is the app's own, and stays.
#[cfg(target_os = "linux")]
pub(crate) fn refuse_dialogs(page: &webkit2gtk::WebView) {
    use webkit2gtk::{
        AuthenticationRequestExt, ColorChooserRequestExt, FileChooserRequestExt, ScriptDialogType,
        WebViewExt,
    };
    page.connect_run_file_chooser(|_, asked| {
        asked.cancel();
        true
    });
    page.connect_run_color_chooser(|_, asked| {
        asked.cancel();
        true
    });
    page.connect_authenticate(|_, asked| {
        asked.cancel();
        true
    });
    page.connect_script_dialog(|_, asked| {
        // A page that is left has no say in it.
        if asked.dialog_type() == ScriptDialogType::BeforeUnloadConfirm {
            asked.confirm_set_confirmed(true);
        }
        true
    });
    page.connect_show_notification(|_, _| true);
}

#[cfg(target_os = "linux")]
mod gtk_settings {
    use std::ffi::c_uint;
    use std::sync::OnceLock;

    use gtk::gdk::ffi::gdk_display_manager_get;
    use gtk::glib::gobject_ffi::{
        GObject, GObjectClass, GParamSpec, GValue, g_type_class_ref, g_value_get_string,
        g_value_set_string,
    };
    use gtk::glib::prelude::*;
    use gtk::glib::translate::{Borrowed, FromGlibPtrNone, ToGlibPtr, from_glib_borrow};
    use gtk::glib::{GString, Object, ParamSpec};

    use super::counted;

    type Read = unsafe extern "C" fn(*mut GObject, c_uint, *mut GValue, *mut GParamSpec);

    /// How GTK reads a setting of its own, wherever it comes from.
    static INNER: OnceLock<Read> = OnceLock::new();

    /// GTK itself asks for every setting as for any property, so the answer is put right there: a value of our own
    /// beside the desktop's would be there only after GTK has obeyed the first one.
    pub(crate) fn load_no_code() {
        // SAFETY: the class lives as long as the process, nobody else has it before GTK begins, and the function that
        // takes the place of GTK's is of the same type. GDK makes its list of displays without a display.
        let displays: Object = unsafe {
            let class = g_type_class_ref(gtk::ffi::gtk_settings_get_type()).cast::<GObjectClass>();
            if let Some(inner) = (*class).get_property {
                INNER.get_or_init(|| inner);
                (*class).get_property = Some(read);
            }
            Object::from_glib_none(gdk_display_manager_get().cast::<GObject>())
        };
        // The modules of a display that opens are the only ones GTK loads without asking for the property.
        displays.connect("display-opened", false, |values| {
            let displays = values.first()?.get::<Object>().ok()?;
            displays.stop_signal_emission_by_name("display-opened");
            None
        });
    }

    /// # Safety
    /// Called by GObject as the reader of a property.
    unsafe extern "C" fn read(
        object: *mut GObject,
        id: c_uint,
        value: *mut GValue,
        property: *mut GParamSpec,
    ) {
        let Some(inner) = INNER.get() else { return };
        // SAFETY: these are what GObject hands to a reader.
        let property: Borrowed<ParamSpec> = unsafe {
            inner(object, id, value, property);
            from_glib_borrow(property)
        };
        if property.value_type() != String::static_type() {
            return;
        }
        // SAFETY: the value is one of the property's type, which is a string's, and the string is copied.
        unsafe {
            let said: Option<GString> = Option::from_glib_none(g_value_get_string(value));
            if let Some(counts) = counted(property.name(), said.as_deref()) {
                g_value_set_string(value, counts.to_glib_none().0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    /// T5: whatever a program of the same session says.
    #[test]
    fn no_setting_of_the_desktop_names_code_t5() {
        let check = |setting: &str, said: Option<&str>, counts: Option<Option<&str>>| {
            assert_eq!(counted(setting, said), counts, "{setting} {said:?}");
        };
        for said in [None, Some(""), Some("/planted/code"), Some("gail:evil")] {
            check("gtk-modules", said, Some(Some("")));
            check("gtk-key-theme-name", said, Some(None));
            check("gtk-theme-name", said, Some(Some("Adwaita")));
            check("gtk-font-name", said, None);
        }
        check(
            "gtk-theme-name",
            Some("../../../planted/code"),
            Some(Some("Adwaita")),
        );
        check(
            "gtk-theme-name",
            Some("HighContrast/../../evil"),
            Some(Some("Adwaita")),
        );
        for within in ["Adwaita-dark", "HighContrast", "HighContrastInverse"] {
            check("gtk-theme-name", Some(within), Some(Some(within)));
        }
    }
}
