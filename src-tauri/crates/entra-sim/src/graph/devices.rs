//! What a person has registered: phones of Authenticator entries, and computers.

use serde_json::{Map, Value, json};

use crate::clock::{directory_time, graph_time};
use crate::directory::methods::Computer;
use crate::graph::caller::Caller;
use crate::graph::error::ODataError;
use crate::graph::methods::{device_object, device_of};
use crate::graph::odata::members;
use crate::graph::users;
use crate::graph::{GraphCall, GraphReply};
use crate::state::Inner;

/// Every device the person registered.
pub(crate) fn registered(
    state: &Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
) -> Result<GraphReply, ODataError> {
    let user = users::readable(state, caller, key)?;
    let phones = user.authenticators();
    let phones = phones.filter_map(|entry| device_of(state, entry));
    let computers = user.computers.iter().map(computer_object);
    let all = phones.map(device_object).chain(computers).map(|object| {
        let object = typed(object);
        let Some(select) = &call.query.select else {
            return Value::Object(object);
        };
        let kept = |name: &String| name == "id" || name.starts_with('@') || select.contains(name);
        Value::Object(object.into_iter().filter(|(name, _)| kept(name)).collect())
    });
    let path = format!("/users/{}/registeredDevices", user.id);
    let all = all.collect();
    Ok(GraphReply::Ok(call.query.page(
        &call.root,
        &path,
        "directoryObjects",
        all,
    )))
}

fn typed(mut object: Map<String, Value>) -> Map<String, Value> {
    object.insert("@odata.type".to_owned(), json!("#microsoft.graph.device"));
    object
}

fn computer_object(computer: &Computer) -> Map<String, Value> {
    members(json!({
        "id": computer.id,
        "deletedDateTime": null,
        "accountEnabled": true,
        "alternativeSecurityIds": [],
        "approximateLastSignInDateTime": directory_time(computer.registered),
        "deviceId": computer.device_id,
        "displayName": computer.display_name,
        "isCompliant": true,
        "isManaged": true,
        "isRooted": false,
        "manufacturer": null,
        "model": null,
        "onPremisesSyncEnabled": null,
        "operatingSystem": "Windows",
        "operatingSystemVersion": "10.0.26100.1",
        "physicalIds": [],
        "profileType": "RegisteredDevice",
        "registrationDateTime": graph_time(computer.registered),
        "trustType": "AzureAd",
    }))
}
