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
    assert!(setup.test.is_some(), "the sign-in is tried at the station");
    assert!(setup.site.help_hours.is_some() && setup.site.after_hours.is_some());
    let off = site.is_some_and(|site| site.contains("way = \"off\""));
    assert_eq!(setup.roll.is_none(), off, "the site decides on passwords");
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

/// S32–S48: its own registration and group are no more reached than its tenant.
#[tokio::test(flavor = "multi_thread")]
async fn what_follows_the_registration_is_trained_with_at_the_tenant_of_the_lesson() {
    let sample = include_str!("../../../../../docs/madoguchi.sample.toml");
    let own = "00000000-0000-4000-8000-00000000000";
    let hours = "[site]\nhelp_hours = { ja = \"9-17\", en = \"9-17\" }\nafter_hours = { ja = \"-\", en = \"-\" }";
    let site = sample.replace("[site]", hours);
    for way in ["", "way = \"off\"\n"] {
        let more = format!(
            "{site}\n[test]\nclient_id = \"{own}1\"\n[passwords]\n{way}group = \"{own}2\"\n"
        );
        check(Some(&more)).await;
        let lesson = Lesson::begin(Path::new(NOWHERE), Some(&more))
            .await
            .unwrap();
        let text = fs::read_to_string(lesson.config()).unwrap();
        assert!(!text.contains(&format!("{own}1")), "{text}");
        assert_eq!(text.contains(&format!("{own}2")), !way.is_empty(), "{text}");
        assert!(text.contains("9-17"), "its own words stay");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_configuration_is_named() {
    let refused = Lesson::begin(Path::new(NOWHERE), Some("mode = ")).await;
    let refused = refused.err().unwrap();
    assert!(matches!(refused, LessonError::Site { .. }));
    assert!(refused.to_string().contains("madoguchi.toml"));
}
