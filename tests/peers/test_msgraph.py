"""Microsoft's Graph client for Python, unchanged, against the simulated tenant over https.

Signed in with azure-identity. Set are the address of Graph, the file of the CA, and the hosts a token
may be sent to.
"""

import json
from datetime import datetime, timedelta, timezone

import pytest
from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.serialization import ParseNodeFactoryRegistry
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.fido2_authentication_method import Fido2AuthenticationMethod
from msgraph.generated.models.file_attachment import FileAttachment
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.message import Message
from msgraph.generated.models.microsoft_authenticator_authentication_method import (
    MicrosoftAuthenticatorAuthenticationMethod,
)
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.password_authentication_method import PasswordAuthenticationMethod
from msgraph.generated.models.password_profile import PasswordProfile
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.models.temporary_access_pass_authentication_method import (
    TemporaryAccessPassAuthenticationMethod,
)
from msgraph.generated.models.temporary_access_pass_authentication_method_collection_response import (
    TemporaryAccessPassAuthenticationMethodCollectionResponse,
)
from msgraph.generated.models.user import User
from msgraph.generated.models.user_collection_response import UserCollectionResponse
from msgraph.generated.users.item.authentication.methods.item.reset_password.reset_password_post_request_body import (
    ResetPasswordPostRequestBody,
)
from msgraph.generated.users.item.check_member_groups.check_member_groups_post_request_body import (
    CheckMemberGroupsPostRequestBody,
)
from msgraph.generated.users.item.send_mail.send_mail_post_request_body import SendMailPostRequestBody
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core import PageIterator
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

from clients import Client, by_browser, by_device_code

PASSWORD_METHOD = "28c10230-6103-485e-b985-444c60001490"
SCOPES = """
openid profile offline_access User.Read User.Read.All User.ReadWrite.All Directory.Read.All
Group.Read.All Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadWrite.All
UserAuthenticationMethod.Read.All UserAuthenticationMethod.ReadWrite.All
UserAuthMethod-TAP.ReadWrite.All Policy.Read.AuthenticationMethod Policy.Read.All
User-PasswordProfile.ReadWrite.All User.RevokeSessions.All Mail.Send AuditLog.Read.All
Organization.Read.All RoleManagement.Read.Directory
"""

Query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters


@pytest.fixture(scope="module")
def scoped(tenant):
    tenant.switch(consented_scopes=" ".join(SCOPES.split()))
    return tenant


@pytest.fixture(scope="module")
def client(scoped):
    """The Authentication Administrator."""
    return Client(scoped, by_browser(scoped, scoped.operator(0)))


@pytest.fixture(scope="module")
def privileged(scoped):
    """The Privileged Authentication Administrator."""
    return Client(scoped, by_device_code(scoped, scoped.operator(1)))


def methods_of(client, person):
    return client.graph.users.by_user_id(person["id"]).authentication


def eventual(query):
    wanted = RequestConfiguration(query_parameters=query)
    wanted.headers.add("ConsistencyLevel", "eventual")
    return wanted


def refused(client, call):
    with pytest.raises(ODataError) as caught:
        client.run(call)
    error = caught.value
    assert error.error.code and error.error.message
    assert error.error.inner_error.request_id
    assert error.error.inner_error.client_request_id
    assert isinstance(error.error.inner_error.date, datetime)
    return error


def test_me_is_the_operator(client, tenant):
    me = client.run(client.graph.me.get())
    assert isinstance(me, User)
    assert me.user_principal_name == tenant.operator()["upn"]


def test_organization_names_its_domains(client, tenant):
    [organization] = client.run(client.graph.organization.get()).value
    assert organization.id == tenant.tenant_id
    defaults = [domain.name for domain in organization.verified_domains if domain.is_default]
    assert defaults == [tenant.operator()["upn"].split("@")[1]]


def test_a_pass_is_made_listed_read_and_deleted(client, tenant):
    passes = methods_of(client, tenant.person("plain", 0)).temporary_access_pass_methods
    wish = TemporaryAccessPassAuthenticationMethod(lifetime_in_minutes=60, is_usable_once=True)
    made = client.run(passes.post(wish))
    assert made.temporary_access_pass and len(made.temporary_access_pass) >= 8
    assert made.lifetime_in_minutes == 60 and made.is_usable_once is True
    assert made.is_usable is True and made.method_usability_reason == "EnabledByPolicy"
    assert isinstance(made.start_date_time, datetime)
    [listed] = client.run(passes.get()).value
    assert listed.id == made.id and listed.temporary_access_pass is None
    item = passes.by_temporary_access_pass_authentication_method_id(made.id)
    assert client.run(item.get()).method_usability_reason == "EnabledByPolicy"
    client.run(item.delete())
    assert client.run(passes.get()).value == []
    assert refused(client, item.get()).response_status_code == 404


def test_a_pass_may_start_later(client, tenant):
    passes = methods_of(client, tenant.person("plain", 1)).temporary_access_pass_methods
    start = datetime.now(timezone.utc) + timedelta(hours=2)
    made = client.run(passes.post(TemporaryAccessPassAuthenticationMethod(start_date_time=start)))
    assert made.is_usable is False and made.method_usability_reason == "NotYetValid"
    assert abs(made.start_date_time - start) < timedelta(seconds=1)


def test_a_second_pass_replaces_the_first(client, tenant):
    passes = methods_of(client, tenant.person("plain", 2)).temporary_access_pass_methods
    first = client.run(passes.post(TemporaryAccessPassAuthenticationMethod()))
    second = client.run(passes.post(TemporaryAccessPassAuthenticationMethod()))
    [listed] = client.run(passes.get()).value
    assert listed.id == second.id != first.id


def test_a_lifetime_out_of_range_is_refused(client, tenant):
    passes = methods_of(client, tenant.person("plain", 3)).temporary_access_pass_methods
    wish = TemporaryAccessPassAuthenticationMethod(lifetime_in_minutes=43201)
    error = refused(client, passes.post(wish))
    assert error.response_status_code == 400
    assert "LifetimeInMinutes" in error.error.message


def test_protected_people_are_refused_to_a_lesser_role(client, privileged, tenant):
    person = tenant.person("protected")
    wish = TemporaryAccessPassAuthenticationMethod()
    passes = methods_of(client, person).temporary_access_pass_methods
    assert refused(client, passes.post(wish)).response_status_code == 403
    passes = methods_of(privileged, person).temporary_access_pass_methods
    assert privileged.run(passes.post(wish)).temporary_access_pass


def test_methods_have_their_own_types(client, tenant):
    listed = client.run(methods_of(client, tenant.person("has_phone_sign_in")).methods.get()).value
    kinds = {type(method) for method in listed}
    assert {PasswordAuthenticationMethod, MicrosoftAuthenticatorAuthenticationMethod} <= kinds
    [entry] = [m for m in listed if isinstance(m, MicrosoftAuthenticatorAuthenticationMethod)]
    assert entry.display_name and entry.phone_app_version
    assert isinstance(entry.created_date_time, datetime)
    listed = client.run(methods_of(client, tenant.person("has_push")).methods.get()).value
    [entry] = [m for m in listed if isinstance(m, MicrosoftAuthenticatorAuthenticationMethod)]
    assert entry.created_date_time is None


def test_an_authenticator_entry_has_its_device(client, tenant):
    entries = methods_of(
        client, tenant.person("has_phone_sign_in")
    ).microsoft_authenticator_methods
    [entry] = client.run(entries.get()).value
    item = entries.by_microsoft_authenticator_authentication_method_id(entry.id)
    device = client.run(item.device.get())
    assert device.device_id and device.operating_system


def test_a_passkey_comes_with_its_aaguid(client, tenant):
    person = tenant.person("plain", 6)
    passes = methods_of(client, person).temporary_access_pass_methods
    made = client.run(passes.post(TemporaryAccessPassAuthenticationMethod()))
    order = {"upn": person["upn"], "pass": made.temporary_access_pass}
    done = tenant.control("POST", "phone/register", {**order, "route": "passkey", "os": "ios"})
    assert done["ok"], done
    [key] = client.run(methods_of(client, person).fido2_methods.get()).value
    assert isinstance(key, Fido2AuthenticationMethod)
    assert key.aa_guid == "90a3ccdf-635c-4729-a248-9b709135078f"
    assert isinstance(key.created_date_time, datetime)


def test_an_old_entry_can_be_removed(client, tenant):
    entries = methods_of(client, tenant.person("has_push")).microsoft_authenticator_methods
    [entry] = client.run(entries.get()).value
    client.run(entries.by_microsoft_authenticator_authentication_method_id(entry.id).delete())
    assert client.run(entries.get()).value == []


def test_the_policy_parses_whole(client):
    policy = client.run(client.graph.policies.authentication_methods_policy.get())
    by_id = {found.id: found for found in policy.authentication_method_configurations}
    tap = by_id["TemporaryAccessPass"]
    assert tap.minimum_lifetime_in_minutes <= tap.default_lifetime_in_minutes
    assert tap.default_lifetime_in_minutes <= tap.maximum_lifetime_in_minutes
    assert tap.default_length >= 8 and tap.is_usable_once in (True, False)
    assert [target.id for target in tap.include_targets] == ["all_users"]
    assert by_id["MicrosoftAuthenticator"].feature_settings
    assert by_id["Fido2"].key_restrictions
    assert policy.registration_enforcement


@pytest.mark.parametrize("name", ["TemporaryAccessPass", "microsoftAuthenticator", "FIDO2"])
def test_one_configuration_by_any_casing(client, name):
    configurations = (
        client.graph.policies.authentication_methods_policy.authentication_method_configurations
    )
    found = client.run(configurations.by_authentication_method_configuration_id(name).get())
    assert found.id.lower() == name.lower()
    assert found.state.value == "enabled"


def test_people_are_paged_to_the_end(client, tenant):
    query = Query(top=5, select=["id", "displayName", "userPrincipalName"])
    page = client.run(client.graph.users.get(RequestConfiguration(query_parameters=query)))
    assert isinstance(page, UserCollectionResponse) and len(page.value) == 5
    assert page.odata_next_link.startswith(tenant.graph)
    seen = []

    def take(user):
        seen.append(user.user_principal_name)
        return True

    client.run(PageIterator(page, client.adapter).iterate(take))
    expected = {user["upn"] for user in tenant.info["users"]}
    expected |= {operator["upn"] for operator in tenant.info["operators"]}
    assert len(seen) == len(set(seen)) and expected <= set(seen)


def test_people_are_searched_with_eventual_consistency(client):
    query = Query(search='"displayName:山田"', count=True, top=1)
    page = client.run(client.graph.users.get(eventual(query)))
    assert page.odata_count == 2 and len(page.value) == 1
    following = client.run(client.graph.users.with_url(page.odata_next_link).get(eventual(None)))
    assert len(following.value) == 1 and following.value[0].id != page.value[0].id


def test_search_without_the_header_is_refused(client):
    query = RequestConfiguration(query_parameters=Query(search='"displayName:山田"'))
    assert refused(client, client.graph.users.get(query)).response_status_code == 400


def test_people_are_filtered(client, tenant):
    person = tenant.person("plain", 0)
    query = Query(filter=f"startswith(userPrincipalName,'{person['upn'][:5]}')")
    page = client.run(client.graph.users.get(RequestConfiguration(query_parameters=query)))
    assert person["id"] in [user.id for user in page.value]


def test_a_name_with_an_apostrophe_is_found_by_key(client, tenant):
    [person] = [user for user in tenant.info["users"] if "'" in user["upn"]]
    assert client.run(client.graph.users.by_user_id(person["upn"]).get()).id == person["id"]


def test_a_guests_name_with_a_hash_is_found_by_key(client, tenant):
    person = tenant.person("guest_external")
    assert client.run(client.graph.users.by_user_id(person["upn"]).get()).id == person["id"]


def test_nobody_is_a_404_in_graphs_envelope(client):
    error = refused(client, client.graph.users.by_user_id("nobody@elsewhere.invalid").get())
    assert error.response_status_code == 404
    assert error.error.code == "Request_ResourceNotFound"


def test_roles_of_a_person(client, tenant):
    person = tenant.person("protected")
    member_of = client.graph.users.by_user_id(person["id"]).transitive_member_of
    roles = client.run(member_of.graph_directory_role.get()).value
    everything = client.run(member_of.get()).value
    assert {type(found).__name__ for found in everything} <= {"DirectoryRole", "Group"}
    assert [role.display_name for role in roles if role.role_template_id]


def test_membership_is_checked_by_group(client, tenant):
    person = tenant.person("out_of_scope")
    user = client.graph.users.by_user_id(person["id"])
    groups = [found for found in client.run(user.transitive_member_of.get()).value]
    strange = "00000000-0000-0000-0000-00000000beef"
    body = CheckMemberGroupsPostRequestBody(group_ids=[groups[0].id, strange])
    assert client.run(user.check_member_groups.post(body)).value == [groups[0].id]


def test_groups_and_their_members(client, tenant):
    groups = client.run(client.graph.groups.get()).value
    assert groups and all(group.display_name for group in groups)
    person = tenant.person("out_of_scope")
    holders = []
    for group in groups:
        members = client.run(client.graph.groups.by_group_id(group.id).members.get()).value
        holders += [group.id for member in members if member.id == person["id"]]
    assert len(holders) == 1


def test_a_batch_answers_each_part(client, tenant):
    person = tenant.person("plain", 0)
    content = BatchRequestContent()
    content.add_request("me", item(client, client.graph.me.to_get_request_information(), "me"))
    one = client.graph.users.by_user_id(person["id"])
    content.add_request("one", item(client, one.to_get_request_information(), "one"))
    nobody = client.graph.users.by_user_id("nobody@elsewhere.invalid")
    content.add_request("no", item(client, nobody.to_get_request_information(), "no"))
    answer = client.run(BatchRequestBuilder(client.adapter).post(content))
    assert answer.get_response_status_codes() == {"me": 200, "one": 200, "no": 404}
    assert bodies(client, content, {"one": User})["one"].id == person["id"]


def item(client, information, name, depends_on=None):
    """A part of a batch; its address is taken from the client's own request."""
    information.path_parameters["baseurl"] = client.adapter.base_url
    return BatchRequestItem(information, name, depends_on)


def bodies(client, content, models):
    """The same batch again, its parts' bodies as models.

    The pinned msgraph-core reads a part's body only where it is a base64 text, and Graph gives JSON as
    JSON; so the answer is taken as bytes and parsed with the client's own parser.
    """
    builder = BatchRequestBuilder(client.adapter)
    request = client.run(builder.to_post_request_information(content))
    answer = json.loads(client.run(client.adapter.send_primitive_async(request, "bytes", {})))
    parsed = {}
    for part in answer["responses"]:
        if part["id"] in models:
            body = json.dumps(part["body"]).encode()
            node = ParseNodeFactoryRegistry().get_root_parse_node("application/json", body)
            parsed[part["id"]] = node.get_object_value(models[part["id"]])
    return parsed


def test_a_batch_keeps_its_order(client, tenant):
    passes = methods_of(client, tenant.person("plain", 7)).temporary_access_pass_methods
    wish = TemporaryAccessPassAuthenticationMethod(lifetime_in_minutes=60)
    content = BatchRequestContent()
    make = passes.to_post_request_information(wish)
    content.add_request("make", item(client, make, "make"))
    look = passes.to_get_request_information()
    content.add_request("look", item(client, look, "look", ["make"]))
    answer = client.run(BatchRequestBuilder(client.adapter).post(content))
    assert answer.get_response_status_codes() == {"make": 201, "look": 200}
    models = {
        "make": TemporaryAccessPassAuthenticationMethod,
        "look": TemporaryAccessPassAuthenticationMethodCollectionResponse,
    }
    parsed = bodies(client, content, models)
    assert parsed["make"].temporary_access_pass
    assert [found.id for found in parsed["look"].value] == [parsed["make"].id]


def test_a_password_is_reset_to_a_generated_one(client, tenant):
    methods = methods_of(client, tenant.person("plain", 5)).methods
    reset = methods.by_authentication_method_id(PASSWORD_METHOD).reset_password
    answer = client.run(reset.post(ResetPasswordPostRequestBody()))
    assert answer.new_password and len(answer.new_password) >= 8


def test_a_password_is_reset_to_a_given_one(client, tenant):
    methods = methods_of(client, tenant.person("plain", 5)).methods
    reset = methods.by_authentication_method_id(PASSWORD_METHOD).reset_password
    client.run(reset.post(ResetPasswordPostRequestBody(new_password="Correct-Horse-7-Battery")))
    weak = ResetPasswordPostRequestBody(new_password="short")
    assert refused(client, reset.post(weak)).response_status_code == 400


def test_a_password_profile_is_patched(privileged, tenant):
    person = tenant.person("plain", 8)
    profile = PasswordProfile(
        password="Correct-Horse-9-Battery", force_change_password_next_sign_in=False
    )
    privileged.run(
        privileged.graph.users.by_user_id(person["id"]).patch(User(password_profile=profile))
    )


def test_sessions_are_revoked(client, tenant):
    person = tenant.person("plain", 8)
    user = client.graph.users.by_user_id(person["id"])
    assert client.run(user.revoke_sign_in_sessions.post()).value is True


def test_mail_is_sent_with_a_picture(client, tenant):
    to = tenant.person("plain", 0)["mail"]
    picture = FileAttachment(
        odata_type="#microsoft.graph.fileAttachment",
        name="code.png",
        content_type="image/png",
        content_bytes=b"\x89PNG\r\n",
    )
    picture.content_id = "code"
    picture.is_inline = True
    message = Message(
        subject="お知らせ",
        body=ItemBody(content_type=BodyType.Html, content="<p>受付からのお知らせ</p>"),
        to_recipients=[Recipient(email_address=EmailAddress(address=to))],
        attachments=[picture],
    )
    body = SendMailPostRequestBody(message=message, save_to_sent_items=False)
    client.run(client.graph.me.send_mail.post(body))


def test_registration_details_parse(scoped):
    domain = scoped.operator()["upn"].split("@")[1]
    account = {"upn": f"report.reader@{domain}", "password": "Sim-report-reader-1"}
    scoped.control(
        "POST", "users", {**account, "display_name": "報告 読子", "roles": ["Reports Reader"]}
    )
    reader = Client(scoped, by_browser(scoped, account))
    report = reader.graph.reports.authentication_methods.user_registration_details
    details = reader.run(report.get()).value
    assert details and all(isinstance(found.last_updated_date_time, datetime) for found in details)


def test_a_throttled_call_is_tried_again_by_the_client(client, tenant):
    tenant.fault(method="GET", path="/v1.0/organization", fault="status:429", retry_after="1")
    assert client.run(client.graph.organization.get()).value


def test_a_claims_challenge_is_met_by_the_client(client, tenant):
    tenant.fault(method="GET", path="/v1.0/organization", fault="claims")
    try:
        assert client.run(client.graph.organization.get()).value
    except APIError as error:
        pytest.fail(f"the client did not get over the challenge: {error}")


def test_the_client_missed_nothing(client, tenant):
    client.run(client.graph.me.get())
    assert tenant.state()["unknown_requests"] == []
