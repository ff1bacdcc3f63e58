//! A lesson's configuration is one the app takes, and it reaches the simulated tenant only.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot unwrap is a failed test"
)]

use std::fs;
use std::path::Path;

use onboarding::QrPath;
use station::config::Config;
use training::{Lesson, LessonError};

/// T8: what was read is trained with; the file is looked at once, before, and is not there any more.
const NOWHERE: &str = "no such folder/madoguchi.toml";

fn drawn(_: &str) -> QrPath {
    QrPath {
        modules: 1,
        path: String::new(),
    }
}

/// Begins a lesson at a site with that configuration and checks that nothing of it leaves this machine.
async fn check(site: Option<&str>) {
    let lesson = Lesson::begin(Path::new(NOWHERE), site).await.unwrap();
    let text = fs::read_to_string(lesson.config()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = lesson.config();
        for (path, own) in [(file.as_path(), 0o600), (file.parent().unwrap(), 0o700)] {
            let mode = fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, own, "a kiosk takes no other");
        }
    }
    let setup = Config::parse(&text).unwrap().setup(&drawn).unwrap();
    assert!(setup.site.training, "the banner is due");
    assert!(!setup.remember_operator);
    for address in [&setup.endpoints.authority, &setup.endpoints.graph] {
        assert_eq!(address.host_str(), Some("127.0.0.1"), "{address}");
    }
    assert!(setup.endpoints.extra_root_pem.is_some());
    assert!(lesson.data_dir().is_dir(), "the record has its place");
    let phone = lesson.phone().to_owned();
    assert!(lesson.sheet().contains(&phone));
    let page = tokio::task::spawn_blocking(move || {
        let mut answer = ureq::get(phone).call().unwrap();
        answer.body_mut().read_to_string().unwrap()
    });
    assert!(page.await.unwrap().contains("<form"), "the phone answers");
    let folder = lesson.config();
    drop(lesson);
    assert!(!folder.exists(), "a lesson leaves nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_is_taken_where_the_site_has_no_configuration() {
    check(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sites_own_addresses_are_not_reached() {
    let sample = include_str!("../../../../../docs/madoguchi.sample.toml");
    let real = sample
        .replace("name = \"global\"", "name = \"usgov\"")
        .replace("remember_operator = false", "remember_operator = true");
    assert_ne!(real, sample);
    check(Some(&real)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_configuration_is_named() {
    let refused = Lesson::begin(Path::new(NOWHERE), Some("mode = ")).await;
    let refused = refused.err().unwrap();
    assert!(matches!(refused, LessonError::Site { .. }));
    assert!(refused.to_string().contains("madoguchi.toml"));
}
