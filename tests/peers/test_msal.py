"""msal for Python, unchanged, against the simulated tenant over https."""

import json
from base64 import b64decode

import msal
import pytest
import requests

from browser import Browser
from clients import answers, open_with

REDIRECT = "http://localhost:51234"
SCOPES = ["User.Read", "User.Read.All", "UserAuthenticationMethod.Read.All"]


def app(tenant, authority=None, **options):
    options.setdefault("instance_discovery", False)
    return msal.PublicClientApplication(
        tenant.client_id,
        authority=authority or tenant.authority,
        verify=tenant.ca_file,
        **options,
    )


def by_code(tenant, client, account, **options):
    """The whole flow: address, pages, code, tokens."""
    options.setdefault("prompt", "login")
    challenge = options.pop("claims_challenge", None)
    flow = client.initiate_auth_code_flow(
        SCOPES, redirect_uri=REDIRECT, claims_challenge=challenge, **options
    )
    browser = Browser(tenant.ca_file)
    landed = browser.sign_in(flow["auth_uri"], answers(account), REDIRECT)
    return client.acquire_token_by_auth_code_flow(flow, landed)


def check_tokens(result, tenant, account):
    assert "access_token" in result, result
    claims = result["id_token_claims"]
    assert claims["tid"] == tenant.tenant_id
    assert claims["preferred_username"] == account["upn"]
    assert claims["aud"] == tenant.client_id
    assert result["token_type"] == "Bearer"
    assert result["expires_in"] > 0
    assert "User.Read" in result["scope"]


def me(tenant, token, **headers):
    return requests.get(
        f"{tenant.graph}/me",
        headers={"Authorization": f"Bearer {token}", **headers},
        verify=tenant.ca_file,
        timeout=30,
    )


@pytest.mark.parametrize("named", ["guid", "domain", "organizations", "common"])
def test_the_authority_may_be_named_in_every_way(tenant, named):
    domain = tenant.operator()["upn"].split("@")[1]
    name = {"guid": tenant.tenant_id, "domain": domain}.get(named, named)
    client = app(tenant, authority=f"https://{tenant.host}/{name}")
    assert client.authority.token_endpoint.startswith(f"https://{tenant.host}/")
    assert client.authority.device_authorization_endpoint.endswith("/devicecode")


@pytest.mark.parametrize("named", ["organizations", "common", "guid"])
def test_a_sign_in_at_any_authority_ends_in_this_tenant(tenant, named):
    name = tenant.tenant_id if named == "guid" else named
    client = app(tenant, authority=f"https://{tenant.host}/{name}")
    check_tokens(by_code(tenant, client, tenant.operator()), tenant, tenant.operator())


def test_instance_discovery_at_the_tenants_own_address(tenant):
    discovery = f"https://{tenant.host}/common/discovery/instance"
    client = app(tenant, instance_discovery=discovery)
    assert client.authority.token_endpoint.startswith(f"https://{tenant.host}/")
    check_tokens(by_code(tenant, client, tenant.operator()), tenant, tenant.operator())


def test_instance_discovery_does_not_know_a_strange_host(tenant):
    discovery = f"https://{tenant.host}/common/discovery/instance"
    with pytest.raises(ValueError, match="invalid_instance"):
        app(
            tenant,
            authority="https://login.elsewhere.invalid/" + tenant.tenant_id,
            instance_discovery=discovery,
        )


def test_a_known_authority_needs_no_discovery(tenant):
    client = app(tenant, instance_discovery=None, validate_authority=False)
    check_tokens(by_code(tenant, client, tenant.operator()), tenant, tenant.operator())


@pytest.mark.parametrize("mode", ["query", "form_post"])
def test_code_with_pkce(tenant, mode):
    account = tenant.operator()
    client = app(tenant)
    result = by_code(tenant, client, account, response_mode=mode)
    check_tokens(result, tenant, account)
    assert me(tenant, result["access_token"]).json()["userPrincipalName"] == account["upn"]
    [known] = client.get_accounts(account["upn"])
    assert known["home_account_id"] == f"{known['local_account_id']}.{tenant.tenant_id}"


def test_login_hint_and_domain_hint_are_taken(tenant):
    account = tenant.operator()
    result = by_code(
        tenant,
        app(tenant),
        account,
        login_hint=account["upn"],
        domain_hint=account["upn"].split("@")[1],
    )
    check_tokens(result, tenant, account)


def test_a_code_works_once(tenant):
    client = app(tenant)
    flow = client.initiate_auth_code_flow(SCOPES, redirect_uri=REDIRECT, prompt="login")
    landed = Browser(tenant.ca_file).sign_in(
        flow["auth_uri"], answers(tenant.operator()), REDIRECT
    )
    first = client.acquire_token_by_auth_code_flow(dict(flow), landed)
    assert "access_token" in first
    second = client.acquire_token_by_auth_code_flow(dict(flow), landed)
    assert second["error"] == "invalid_grant"
    assert second["error_codes"] == [54005]


def test_a_wrong_verifier_is_refused(tenant):
    client = app(tenant)
    flow = client.initiate_auth_code_flow(SCOPES, redirect_uri=REDIRECT, prompt="login")
    landed = Browser(tenant.ca_file).sign_in(
        flow["auth_uri"], answers(tenant.operator()), REDIRECT
    )
    flow["code_verifier"] = "x" * 43
    result = client.acquire_token_by_auth_code_flow(flow, landed)
    assert result["error"] == "invalid_grant"
    assert result["error_codes"][0] in (50148, 501481)
    assert result["error_description"].startswith(f"AADSTS{result['error_codes'][0]}: ")
    assert result["correlation_id"] and result["trace_id"] and result["timestamp"]


def test_cancelling_comes_back_as_an_error(tenant):
    client = app(tenant)
    flow = client.initiate_auth_code_flow(SCOPES, redirect_uri=REDIRECT, prompt="login")
    browser = Browser(tenant.ca_file)
    landed = browser.sign_in(flow["auth_uri"], {}, REDIRECT, button="cancel")
    result = client.acquire_token_by_auth_code_flow(flow, landed)
    assert result["error"] == "access_denied"


def test_interactive_sign_in_through_msals_own_listener(tenant):
    account = tenant.operator()

    open_with(tenant, account)
    result = app(tenant).acquire_token_interactive(SCOPES, prompt="login", timeout=60)
    check_tokens(result, tenant, account)


def test_silent_calls_use_the_cache_and_then_the_refresh_token(tenant):
    client = app(tenant)
    first = by_code(tenant, client, tenant.operator())
    [account] = client.get_accounts()
    cached = client.acquire_token_silent(SCOPES, account)
    assert cached["access_token"] == first["access_token"]
    kept = client.token_cache.search(msal.TokenCache.CredentialType.REFRESH_TOKEN)
    before = next(iter(kept))["secret"]
    renewed = client.acquire_token_silent(SCOPES, account, force_refresh=True)
    assert renewed["access_token"] != first["access_token"]
    kept = client.token_cache.search(msal.TokenCache.CredentialType.REFRESH_TOKEN)
    assert next(iter(kept))["secret"] != before, "the refresh token rotates"
    assert me(tenant, renewed["access_token"]).status_code == 200


def test_a_refresh_token_of_nobody_is_refused(tenant):
    result = app(tenant).acquire_token_by_refresh_token("no such token", SCOPES)
    assert result["error"] == "invalid_grant"
    assert result["error_codes"]


def test_default_scope_gives_everything_consented(tenant):
    client = app(tenant)
    for scope in ["https://graph.microsoft.com/.default", f"{tenant.graph}/.default"]:
        flow = client.initiate_auth_code_flow([scope], redirect_uri=REDIRECT, prompt="login")
        landed = Browser(tenant.ca_file).sign_in(
            flow["auth_uri"], answers(tenant.operator()), REDIRECT
        )
        result = client.acquire_token_by_auth_code_flow(flow, landed)
        assert "UserAuthenticationMethod.Read.All" in result.get("scope", ""), result


def test_an_unknown_client_is_refused_in_entras_shape(tenant):
    client = msal.PublicClientApplication(
        "11111111-2222-3333-4444-555555555555",
        authority=tenant.authority,
        verify=tenant.ca_file,
        instance_discovery=False,
    )
    flow = client.initiate_device_flow(SCOPES)
    assert flow["error"] in ("unauthorized_client", "invalid_client")
    assert flow["error_codes"] == [700016]


def device_flow(tenant, client):
    tenant.switch(device_code_interval_s=1)
    flow = client.initiate_device_flow(SCOPES)
    assert "user_code" in flow, flow
    assert flow["user_code"] in flow["message"]
    assert flow["verification_uri"] in flow["message"]
    assert flow["expires_in"] == 900
    return flow


def once(_flow):
    return True


def enter_code(tenant, flow, account, button=None):
    fields = {"otc": flow["user_code"], "code": flow["user_code"], **answers(account)}
    return Browser(tenant.ca_file).walk(flow["verification_uri"], fields, button)


def test_device_code_waits_and_then_gives_tokens(tenant):
    account = tenant.operator()
    client = app(tenant)
    flow = device_flow(tenant, client)
    waiting = client.acquire_token_by_device_flow(flow, exit_condition=once)
    assert waiting["error"] == "authorization_pending"
    assert waiting["error_codes"] == [70016]
    end = enter_code(tenant, flow, account)
    assert not end.complaint, end.text
    result = client.acquire_token_by_device_flow(flow)
    check_tokens(result, tenant, account)
    assert me(tenant, result["access_token"]).status_code == 200


def test_a_device_code_works_once(tenant):
    client = app(tenant)
    flow = device_flow(tenant, client)
    enter_code(tenant, flow, tenant.operator())
    assert "access_token" in client.acquire_token_by_device_flow(flow)
    tenant.advance(60)
    try:
        again = client.acquire_token_by_device_flow(dict(flow), exit_condition=once)
    finally:
        tenant.advance(-60)
    assert again["error"] in ("invalid_grant", "bad_verification_code", "expired_token")


def test_a_declined_device_code(tenant):
    client = app(tenant)
    flow = device_flow(tenant, client)
    enter_code(tenant, flow, tenant.operator(), button="cancel")
    result = client.acquire_token_by_device_flow(flow, exit_condition=once)
    assert result["error"] == "authorization_declined", result


def test_an_expired_device_code(tenant):
    client = app(tenant)
    flow = device_flow(tenant, client)
    tenant.advance(flow["expires_in"] + 60)
    try:
        result = client.acquire_token_by_device_flow(flow, exit_condition=once)
    finally:
        tenant.advance(-flow["expires_in"] - 60)
    assert result["error"] in ("expired_token", "code_expired"), result
    assert result["error_codes"][0] in (70019, 70020)


def test_a_wrong_user_code_is_said_on_the_page(tenant):
    client = app(tenant)
    flow = device_flow(tenant, client)
    page = enter_code(tenant, dict(flow, user_code="WRONGCODE"), tenant.operator())
    assert page.complaint


def challenge_of(answer):
    header = answer.headers["www-authenticate"]
    assert 'error="insufficient_claims"' in header
    encoded = header.split('claims="')[1].split('"')[0]
    return b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


def test_a_claims_challenge_is_answered_with_a_new_token(tenant):
    client = app(tenant, client_capabilities=["CP1"])
    first = by_code(tenant, client, tenant.operator())
    assert "access_token" in first, first
    tenant.fault(method="GET", path="/v1.0/me", fault="claims")
    refused = me(tenant, first["access_token"])
    assert refused.status_code == 401
    challenge = challenge_of(refused)
    json.loads(challenge)
    [account] = client.get_accounts()
    renewed = client.acquire_token_silent_with_error(SCOPES, account, claims_challenge=challenge)
    assert renewed and "access_token" in renewed, renewed
    assert renewed["access_token"] != first["access_token"]
    assert me(tenant, renewed["access_token"]).status_code == 200


def test_a_pass_signs_its_person_in(tenant):
    operator = app(tenant)
    flow = operator.initiate_auth_code_flow(
        ["UserAuthMethod-TAP.ReadWrite.All", *SCOPES], redirect_uri=REDIRECT, prompt="login"
    )
    landed = Browser(tenant.ca_file).sign_in(
        flow["auth_uri"], answers(tenant.operator()), REDIRECT
    )
    token = operator.acquire_token_by_auth_code_flow(flow, landed)["access_token"]
    person = tenant.person("plain", 4)
    made = requests.post(
        f"{tenant.graph}/users/{person['id']}/authentication/temporaryAccessPassMethods",
        headers={"Authorization": f"Bearer {token}"},
        json={"lifetimeInMinutes": 60, "isUsableOnce": False},
        verify=tenant.ca_file,
        timeout=30,
    )
    assert made.status_code == 201, made.text
    client = app(tenant)
    flow = client.initiate_auth_code_flow(["User.Read"], redirect_uri=REDIRECT, prompt="login")
    fields = {"loginfmt": person["upn"], "accesspass": made.json()["temporaryAccessPass"]}
    landed = Browser(tenant.ca_file).sign_in(flow["auth_uri"], fields, REDIRECT)
    result = client.acquire_token_by_auth_code_flow(flow, landed)
    assert result["id_token_claims"]["oid"] == person["id"], result
