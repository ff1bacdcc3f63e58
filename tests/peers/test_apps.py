"""Apps without a person, and confidential clients, as azure-identity and msal have them."""

from datetime import datetime, timedelta, timezone

import msal
import pytest
import requests
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    AuthorizationCodeCredential,
    CertificateCredential,
    ClientAssertionCredential,
    ClientSecretCredential,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.temporary_access_pass_authentication_method import (
    TemporaryAccessPassAuthenticationMethod,
)
from msgraph.generated.users.item.authentication.methods.item.reset_password.reset_password_post_request_body import (
    ResetPasswordPostRequestBody,
)

from browser import Browser
from clients import Client, answers

SECRET = "an-apps-own-secret"
DEFAULT = "https://graph.microsoft.com/.default"
PERMISSIONS = """
User.Read.All UserAuthenticationMethod.ReadWrite.All UserAuthMethod-TAP.ReadWrite.All
"""
PASSWORD_METHOD = "28c10230-6103-485e-b985-444c60001490"
REDIRECT = "http://localhost:51239/"


def register(tenant, **more):
    order = {"application_permissions": " ".join(PERMISSIONS.split()), **more}
    return tenant.control("POST", "clients", {"name": "Night batch", **order})


def cloud(tenant):
    return {
        "tenant_id": tenant.tenant_id,
        "authority": f"https://{tenant.host}",
        "disable_instance_discovery": True,
        "connection_verify": tenant.ca_file,
    }


@pytest.fixture(scope="module")
def app(tenant):
    return register(tenant, secret=SECRET, redirect_uris=[REDIRECT])["client_id"]


@pytest.fixture(scope="module")
def certificate():
    """A key with its certificate, in PEM: both, and the certificate alone."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "night-batch")])
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    return private + public, public.decode()


def secret_credential(tenant, app):
    return ClientSecretCredential(client_id=app, client_secret=SECRET, **cloud(tenant))


def test_a_secret_gets_a_token(tenant, app):
    token = secret_credential(tenant, app).get_token(DEFAULT)
    assert token.token and token.expires_on > datetime.now(timezone.utc).timestamp()


def test_a_wrong_secret_is_refused_with_its_number(tenant, app):
    wrong = ClientSecretCredential(client_id=app, client_secret="wrong", **cloud(tenant))
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        wrong.get_token(DEFAULT)


def test_a_certificate_gets_a_token(tenant, certificate):
    both, public = certificate
    app = register(tenant, certificates=[public])["client_id"]
    credential = CertificateCredential(client_id=app, certificate_data=both, **cloud(tenant))
    assert credential.get_token(DEFAULT).token
    stranger = register(tenant, secret=SECRET)["client_id"]
    wrong = CertificateCredential(client_id=stranger, certificate_data=both, **cloud(tenant))
    with pytest.raises(ClientAuthenticationError, match="AADSTS"):
        wrong.get_token(DEFAULT)


def test_an_assertion_that_is_none_is_refused(tenant, app):
    credential = ClientAssertionCredential(
        client_id=app, func=lambda: "no.assertion.atall", **cloud(tenant)
    )
    with pytest.raises(ClientAuthenticationError, match="AADSTS"):
        credential.get_token(DEFAULT)


def test_msal_keeps_an_apps_token_and_asks_for_no_refresh_token(tenant, app):
    client = msal.ConfidentialClientApplication(
        app,
        client_credential=SECRET,
        authority=tenant.authority,
        instance_discovery=False,
        verify=tenant.ca_file,
    )
    first = client.acquire_token_for_client([DEFAULT])
    assert first["token_source"] == "identity_provider" and "refresh_token" not in first
    again = client.acquire_token_for_client([DEFAULT])
    assert again["token_source"] == "cache"
    assert again["access_token"] == first["access_token"]
    refused = client.acquire_token_for_client(["https://vault.azure.net/.default"])
    assert refused["error_codes"] == [500011]


def test_a_confidential_client_redeems_a_code(tenant, app):
    client = msal.ConfidentialClientApplication(
        app,
        client_credential=SECRET,
        authority=tenant.authority,
        instance_discovery=False,
        verify=tenant.ca_file,
    )
    flow = client.initiate_auth_code_flow(["User.Read"], redirect_uri=REDIRECT)
    browser = Browser(tenant.ca_file)
    landed = browser.sign_in(flow["auth_uri"], answers(tenant.operator()), REDIRECT)
    tokens = client.acquire_token_by_auth_code_flow(flow, landed)
    assert tokens["id_token_claims"]["preferred_username"] == tenant.operator()["upn"]


def test_a_code_credential_keeps_to_the_protocol(tenant, app):
    tenant.switch(pkce_of_confidential=False)
    address = (
        f"{tenant.authority}/oauth2/v2.0/authorize?client_id={app}&response_type=code"
        f"&redirect_uri={REDIRECT}&scope=User.Read%20offline_access%20openid"
    )
    browser = Browser(tenant.ca_file)
    landed = browser.sign_in(address, answers(tenant.operator()), REDIRECT)
    credential = AuthorizationCodeCredential(
        client_id=app,
        client_secret=SECRET,
        authorization_code=landed["code"],
        redirect_uri=REDIRECT,
        **cloud(tenant),
    )
    assert credential.get_token("https://graph.microsoft.com/User.Read").token


def test_an_app_makes_a_pass_and_reads_it(tenant, app):
    client = Client(tenant, secret_credential(tenant, app))
    person = tenant.person("protected")
    methods = client.graph.users.by_user_id(person["id"]).authentication
    body = TemporaryAccessPassAuthenticationMethod(lifetime_in_minutes=30)
    made = client.run(methods.temporary_access_pass_methods.post(body))
    assert made.temporary_access_pass
    listed = client.run(methods.temporary_access_pass_methods.get()).value
    assert [found.id for found in listed] == [made.id]
    client.run(
        methods.temporary_access_pass_methods.by_temporary_access_pass_authentication_method_id(
            made.id
        ).delete()
    )


def test_there_is_no_me_and_no_reset_for_an_app(tenant, app):
    client = Client(tenant, secret_credential(tenant, app))
    with pytest.raises(ODataError) as caught:
        client.run(client.graph.me.get())
    assert "delegated" in caught.value.error.message
    person = tenant.person("plain", 1)
    method = (
        client.graph.users.by_user_id(person["id"])
        .authentication.methods.by_authentication_method_id(PASSWORD_METHOD)
        .reset_password
    )
    with pytest.raises(ODataError) as caught:
        client.run(method.post(ResetPasswordPostRequestBody(new_password="Nobody-knows-1")))
    assert caught.value.response_status_code == 403


def test_a_password_that_is_due_is_changed_on_the_way(tenant):
    patching = register(
        tenant,
        secret=SECRET,
        application_permissions="User-PasswordProfile.ReadWrite.All",
        roles=["User Administrator"],
    )["client_id"]
    token = secret_credential(tenant, patching).get_token(DEFAULT).token
    person = tenant.person("plain", 2)
    patched = requests.patch(
        f"{tenant.graph}/users/{person['id']}",
        headers={"Authorization": f"Bearer {token}"},
        json={"passwordProfile": {"password": "Given-by-desk-1"}},
        verify=tenant.ca_file,
        timeout=30,
    )
    assert patched.status_code == 204, patched.text
    client = msal.PublicClientApplication(
        tenant.client_id,
        authority=tenant.authority,
        instance_discovery=False,
        verify=tenant.ca_file,
    )
    flow = client.initiate_auth_code_flow(["User.Read"], redirect_uri="http://localhost:51240")
    fields = {
        "loginfmt": person["upn"],
        "passwd": "Given-by-desk-1",
        "currentpasswd": "Given-by-desk-1",
        "newpasswd": "Harder-2-guess",
        "confirmnewpasswd": "Harder-2-guess",
    }
    redirect = "http://localhost:51240"
    landed = Browser(tenant.ca_file).sign_in(flow["auth_uri"], fields, redirect)
    tokens = client.acquire_token_by_auth_code_flow(flow, landed)
    assert tokens["id_token_claims"]["oid"] == person["id"]
