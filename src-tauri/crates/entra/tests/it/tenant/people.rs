//! Finding people and reading their methods at the simulated tenant.

use entra::{GraphErrorKind, Method, MethodKind, Priority, UserKind};
use entra_sim::Case;
use serde_json::json;

use super::{Tenant, pass_of};

#[tokio::test]
async fn faults_while_reading() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    let person = tenant.person(Case::Plain);
    for (fault, expected) in [
        ("html", Some(GraphErrorKind::NetworkWantsSignIn)),
        ("redirect", Some(GraphErrorKind::NetworkWantsSignIn)),
        ("malformed", Some(GraphErrorKind::Unexpected)),
        ("status:500", Some(GraphErrorKind::ServerTrouble)),
        ("status:404", Some(GraphErrorKind::NotFound)),
        ("reset", None),
    ] {
        tenant
            .control(
                "faults",
                json!({"method": "GET", "path": "/users", "fault": fault}),
            )
            .await;
        let found = session
            .methods(person, Priority::Low)
            .await
            .err()
            .map(|error| error.kind);
        assert_eq!(found, expected, "{fault}");
    }
    tenant
        .control("faults", json!({"path": "/users", "fault": "claims"}))
        .await;
    let challenged = session.methods(person, Priority::Low).await;
    assert!(
        challenged.is_ok(),
        "renewed and asked again: {challenged:?}"
    );
}

// S26–S28, N5: kanji, romaji, apostrophes, guests.
#[tokio::test]
async fn people_are_found() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    for (text, expected) in [
        ("山田", vec!["t.yamada@", "k.yamada@"]),
        ("太郎", vec!["t.yamada@"]),
        ("山田 太郎", vec!["t.yamada@"]),
        ("t.yama", vec!["t.yamada@"]),
        ("taro.yamada", vec!["t.yamada@"]),
        ("O'Neil", vec!["s.o'neil@"]),
        ("s.o'neil", vec!["s.o'neil@"]),
        ("\"山田\"", vec!["t.yamada@", "k.yamada@"]),
        (
            "aoki_kensetsu.example#EXT#",
            vec!["aoki_kensetsu.example#EXT#@"],
        ),
        ("') or startswith(displayName,'", vec![]),
        ("no such person", vec![]),
    ] {
        let users = session.search_users(text, 20).await.unwrap();
        let mut found: Vec<_> = users
            .iter()
            .map(|user| user.upn.split_inclusive('@').next().unwrap())
            .collect();
        let mut expected = expected;
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
    assert_eq!(session.search_users("山田", 1).await.unwrap().len(), 1);

    for (part, kind) in [
        ("s.o'neil", UserKind::Member),
        ("#EXT#", UserKind::ExternalGuest),
        ("visitor.ito", UserKind::InternalGuest),
        ("fctv-partner", UserKind::Member),
    ] {
        let upn = tenant.upn(part);
        let by_upn = session.user(upn).await.unwrap();
        assert_eq!((by_upn.upn.as_str(), by_upn.kind), (upn, kind));
        assert_eq!(session.user(&by_upn.id).await.unwrap(), by_upn);
    }
    let disabled = session.user(tenant.person(Case::Disabled)).await.unwrap();
    assert_eq!(disabled.account_enabled, Some(false));
    assert!(
        session
            .user(tenant.person(Case::Synced))
            .await
            .unwrap()
            .synced
    );
    let nobody = session.user("nobody@cablechan.biz").await.unwrap_err();
    assert_eq!(nobody.kind, GraphErrorKind::NotFound);
}

#[tokio::test]
async fn methods_and_protection() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    let authenticator = |methods: Vec<Method>| {
        methods.into_iter().find_map(|method| match method {
            Method::Authenticator {
                created,
                display_name,
                ..
            } => Some((created.is_some(), display_name.is_empty())),
            Method::Pass(_)
            | Method::Passkey { .. }
            | Method::Password { .. }
            | Method::Other { .. } => None,
        })
    };
    for (case, expected) in [
        (Case::HasPush, Some((false, false))),
        (Case::HasPhoneSignIn, Some((true, false))),
        (Case::Plain, None),
    ] {
        let methods = session
            .methods(tenant.person(case), Priority::High)
            .await
            .unwrap();
        assert!(
            methods
                .iter()
                .any(|method| matches!(method, Method::Password { .. })),
            "{case:?}"
        );
        assert_eq!(authenticator(methods), expected, "{case:?}");
    }
    assert!(
        pass_of(&session, tenant.person(Case::HasPass))
            .await
            .is_some_and(|pass| pass.usable)
    );
}

#[tokio::test]
async fn protected_by_role_or_by_group() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    let mut ways = Vec::new();
    for user in tenant
        .running
        .info
        .users
        .iter()
        .filter(|user| user.case == Case::Protected)
    {
        let roles = session.user_roles(&user.id).await.unwrap();
        ways.push((roles.roles.is_empty(), roles.role_assignable_group));
    }
    ways.sort_unstable();
    assert_eq!(
        ways,
        [(false, false), (true, true)],
        "one by role, one by group"
    );
    let plain = session
        .user_roles(tenant.person(Case::Plain))
        .await
        .unwrap();
    assert!(plain.roles.is_empty() && !plain.role_assignable_group);
}

/// Each kind has a list of its own; that its own right is enough shows a whole visit of the station's tests.
#[tokio::test]
async fn each_kind_has_a_list_of_its_own() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    let check = async |case: Case, kind: MethodKind, expected: usize| {
        let person = tenant.person(case);
        let read = session.methods_of(person, kind, Priority::Low).await;
        let read = read.unwrap();
        let right = read.iter().all(|method| match method {
            Method::Pass(_) => kind == MethodKind::Pass,
            Method::Authenticator { .. } => kind == MethodKind::Authenticator,
            Method::Passkey { .. } => kind == MethodKind::Passkey,
            Method::Password { .. } | Method::Other { .. } => false,
        });
        assert!(right, "{kind:?} {read:?}");
        assert_eq!(read.len(), expected, "{case:?} {kind:?}");
    };
    check(Case::HasPass, MethodKind::Pass, 1).await;
    check(Case::HasPush, MethodKind::Authenticator, 1).await;
    check(Case::HasPush, MethodKind::Pass, 0).await;
    check(Case::Plain, MethodKind::Passkey, 0).await;
}

/// W4: whatever form the directory keeps a name in, it is found by that form and by the folded one beside it.
#[tokio::test]
async fn a_name_is_asked_for_in_every_spelling_w4() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    for (number, (stored, folded)) in [
        ("ﾏﾄﾞｸﾞﾁ ﾊﾅｺ", "マドグチ ハナコ"),
        ("\u{fa19}田 花", "\u{795e}田 花"),
        ("テ\u{3099}スク 係", "デスク 係"),
        ("Ｍａｄｏｇｕｃｈｉ", "Madoguchi"),
        ("窓口\u{3000}花子", "窓口 花子"),
        ("㈱窓口", "(株)窓口"),
    ]
    .into_iter()
    .enumerate()
    {
        let upn = format!("w4-{number}@cablechan.biz");
        let person = json!({"upn": upn, "display_name": stored});
        tenant.control("users", person).await;
        let spelt = [folded, stored];
        let found = session.search_users_spelt(&spelt, 20).await.unwrap();
        let upns: Vec<&str> = found.iter().map(|user| user.upn.as_str()).collect();
        assert!(upns.contains(&upn.as_str()), "{stored}: {upns:?}");
    }
    let twice = session
        .search_users_spelt(&["山田", "山田"], 20)
        .await
        .unwrap();
    assert_eq!(twice.len(), 2, "each person once");
    assert!(
        session
            .search_users_spelt(&["", " "], 20)
            .await
            .unwrap()
            .is_empty()
    );
}
