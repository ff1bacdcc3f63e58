//! What a selection keeps of members that are of different types.

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;

/// What a member of any type keeps where only a name and a number are asked for, and its id where such keep theirs.
fn kept(member: &Value, id: &str) -> Value {
    let mut kept = member.as_object().unwrap().clone();
    kept.retain(|name, _| {
        [id, "@odata.type", "displayName", "phoneNumber"].contains(&name.as_str())
    });
    json!(kept)
}

#[tokio::test]
async fn what_is_selected_of_members_of_different_types() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::HasPhoneSignIn);
    let computer = json!({"upn": upn, "computer": "PC-1"});
    desk.control("POST", "users/change", &computer).await;
    for (path, own) in [
        (format!("/users/{id}/registeredDevices"), "id"),
        (format!("/users/{id}/authentication/methods"), "id"),
        ("/me/transitiveMemberOf".to_owned(), "displayName"),
    ] {
        let members =
            async |select: &str| desk.get(&format!("{path}{select}")).await.json()["value"].take();
        let whole = members("").await;
        assert_ne!(whole, json!([]), "{path}");
        assert_eq!(members("?$select=*").await, whole, "{path}");
        let expected: Vec<Value> = whole
            .as_array()
            .unwrap()
            .iter()
            .map(|one| kept(one, own))
            .collect();
        let named = members("?$select=displayName,phoneNumber").await;
        assert_eq!(named, json!(expected), "{path}");
    }
}
