"""schemathesis over the contract: every operation with right, generated and wrong requests.

Nothing may end in a 5xx or in an answer outside the contract, and every operation must be reached with
at least one 2xx or 3xx and one 4xx. A fixed seed and few examples keep it the same and short.
"""

import hashlib
import os
import secrets
import sys
from base64 import urlsafe_b64encode
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import parse_qsl

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "peers"))

from browser import Browser  # noqa: E402
from conftest import Tenant  # noqa: E402

CONTRACT = ROOT / "src-tauri" / "crates" / "contract" / "openapi.yaml"
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
EXAMPLES = 12
SEED = 20261122
PASSWORD_METHOD = "28c10230-6103-485e-b985-444c60001490"
REDIRECT = "http://localhost:51238"
#: Kinds of methods whose entries are found on the person who has every kind.
KINDS = {
    "Phone": "phoneMethods",
    "Email": "emailMethods",
    "SoftwareOath": "softwareOathMethods",
    "WindowsHello": "windowsHelloForBusinessMethods",
    "PlatformCredential": "platformCredentialMethods",
}
SCOPES = """
openid profile offline_access User.Read User.Read.All User.ReadWrite.All Directory.Read.All
Group.Read.All Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadWrite.All
UserAuthenticationMethod.Read.All UserAuthenticationMethod.ReadWrite.All
UserAuthMethod-TAP.ReadWrite.All UserAuthMethod-Passkey.ReadWrite.All
UserAuthMethod-MicrosoftAuthApp.ReadWrite.All Policy.Read.AuthenticationMethod Policy.Read.All
User-PasswordProfile.ReadWrite.All User.RevokeSessions.All Mail.Send AuditLog.Read.All
Organization.Read.All Domain.Read.All RoleManagement.Read.Directory
RoleEligibilitySchedule.Read.Directory ProfilePhoto.Read.All Policy.Read.ConditionalAccess
AdministrativeUnit.Read.All
"""


class World:
    """A tenant with somebody who may everything, and things to ask for."""

    def __init__(self):
        self.tenant = Tenant()
        self.tenant.switch(consented_scopes=" ".join(SCOPES.split()), log_lag_s=0)
        domain = self.tenant.operator()["upn"].split("@")[1]
        self.admin = {"upn": f"contract.admin@{domain}", "password": "Sim-contract-admin-1"}
        self.tenant.control(
            "POST",
            "users",
            {
                **self.admin,
                "mail": f"contract.admin@{domain}",
                "display_name": "契約 管理",
                "roles": ["Global Administrator"],
            },
        )
        self.root = f"https://{self.tenant.host}"
        self.people = [self.tenant.person("plain", n)["id"] for n in range(4, 9)]
        self.person = self.people[0]
        self.token = self.tokens()["access_token"]

    def end(self):
        self.tenant.end()

    def verifier(self):
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        return verifier, urlsafe_b64encode(digest).rstrip(b"=").decode()

    def asking(self, challenge="x" * 43):
        return {
            "client_id": self.tenant.client_id,
            "response_type": "code",
            "redirect_uri": REDIRECT,
            "scope": "https://graph.microsoft.com/.default openid profile offline_access",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "prompt": "login",
        }

    def grant(self):
        """The form that redeems a fresh code."""
        verifier, challenge = self.verifier()
        query = requests.models.PreparedRequest()
        query.prepare_url(f"{self.tenant.authority}/oauth2/v2.0/authorize", self.asking(challenge))
        fields = {"loginfmt": self.admin["upn"], "passwd": self.admin["password"]}
        landed = Browser(self.tenant.ca_file).sign_in(query.url, fields, REDIRECT)
        return {
            "grant_type": "authorization_code",
            "client_id": self.tenant.client_id,
            "redirect_uri": REDIRECT,
            "code": landed["code"],
            "code_verifier": verifier,
        }

    def tokens(self):
        answer = requests.post(
            f"{self.tenant.authority}/oauth2/v2.0/token",
            data=self.grant(),
            verify=self.tenant.ca_file,
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def graph(self, method, path, body=None):
        answer = requests.request(
            method,
            f"{self.tenant.graph}{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token}"},
            verify=self.tenant.ca_file,
            timeout=30,
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer

    def entry(self, kind, case):
        person = self.tenant.person(case)["id"]
        [entry, *_] = self.graph("GET", f"/users/{person}/authentication/{kind}").json()["value"]
        return {"user": person, "method": entry["id"]}

    def new_pass(self):
        path = f"/users/{self.person}/authentication/temporaryAccessPassMethods"
        made = self.graph("POST", path, {"lifetimeInMinutes": 60}).json()
        return {"user": self.person, "method": made["id"]}, made["temporaryAccessPass"]

    def new_passkey(self):
        place, value = self.new_pass()
        upn = next(u["upn"] for u in self.tenant.info["users"] if u["id"] == self.person)
        order = {"upn": upn, "pass": value, "route": "passkey", "os": "ios"}
        done = self.tenant.control("POST", "phone/register", order)
        assert done["ok"], done
        keys = self.graph("GET", f"/users/{self.person}/authentication/fido2Methods").json()
        return {"user": self.person, "method": keys["value"][-1]["id"]}

    def reset(self):
        path = f"/users/{self.person}/authentication/methods/{PASSWORD_METHOD}/resetPassword"
        location = self.graph("POST", path, {}).headers["Location"]
        operation, query = location.split("/operations/")[1].split("?")
        place = {"user": self.person, "operation": operation}
        return {"path_parameters": place, "query": dict(parse_qsl(query))}

    def logged(self, log):
        return {"entry": self.graph("GET", f"/auditLogs/{log}?$top=1").json()["value"][0]["id"]}

    def managed(self):
        """Somebody with a manager, or nobody."""
        for user in self.tenant.info["users"]:
            url = f"{self.tenant.graph}/users/{user['id']}/manager"
            bearer = {"Authorization": f"Bearer {self.token}"}
            if requests.get(url, headers=bearer, verify=self.tenant.ca_file, timeout=30).ok:
                return user["id"]
        return self.person

    def pictured(self):
        for user in self.tenant.info["users"]:
            url = f"{self.tenant.graph}/users/{user['id']}/photo/$value"
            bearer = {"Authorization": f"Bearer {self.token}"}
            if requests.get(url, headers=bearer, verify=self.tenant.ca_file, timeout=30).ok:
                return user["id"]
        return self.person

    def group(self):
        groups = self.graph("GET", "/groups").json()["value"]
        return next(g["id"] for g in groups if not g["isAssignableToRole"])


def right(world):
    """For each operation the parts of a request that must succeed."""
    tenant, person = world.tenant, world.person
    of = {"user": person}
    named = {"tenant": tenant.tenant_id}
    mail = {
        "message": {
            "subject": "x",
            "body": {"contentType": "Text", "content": "x"},
            "toRecipients": [{"emailAddress": {"address": "a@cablechan.example"}}],
        },
        "saveToSentItems": False,
    }
    group = world.group()
    unit = tenant.control("POST", "units", {"display_name": "contract"})["id"]
    role = world.graph("GET", "/directoryRoles").json()["value"][0]["id"]
    domain = tenant.operator()["upn"].split("@")[1]
    # Groups decide what may be done to their people, so somebody else goes in and out.
    joiner = tenant.person("plain", 9)["id"]
    member = {"@odata.id": f"{tenant.graph}/directoryObjects/{joiner}"}
    supposed = {
        "signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": person},
        "signInContext": {
            "@odata.type": "#microsoft.graph.userActionContext",
            "userAction": "registerSecurityInformation",
        },
        "signInConditions": {"ipAddress": "192.0.2.7", "devicePlatform": "iOS"},
    }
    phone = lambda: world.entry("microsoftAuthenticatorMethods", "has_phone_sign_in")  # noqa: E731
    push = lambda: world.entry("microsoftAuthenticatorMethods", "has_push")  # noqa: E731
    at = {"path_parameters": of}
    config = {"configuration": "TemporaryAccessPass"}
    host = {"authorization_endpoint": f"{tenant.authority}/oauth2/v2.0/authorize"}
    return {
        **dict.fromkeys(
            "readUser memberOf rolesOf revokeSignInSessions listMethods listMethodsBeta listPasses"
            " listAuthenticators listPasskeys listPasswords listPhones listEmails"
            " listSoftwareOaths listWindowsHellos listPlatformCredentials groupsOf"
            " directMemberOf directGroupsOf directRolesOf".split(),
            lambda: at,
        ),
        **dict.fromkeys(
            "countMemberships countGroupsOf countRolesOf countDirectMemberships"
            " countDirectGroupsOf countDirectRolesOf".split(),
            lambda: {**at, "headers": {"ConsistencyLevel": "eventual"}},
        ),
        **dict.fromkeys(
            ["readDirectoryRole", "listDirectoryRoleMembers"],
            lambda: {"path_parameters": {"role": role}},
        ),
        **{
            f"{act}{name}": lambda kind=kind: {
                "path_parameters": world.entry(kind, "every_method")
            }
            for act in ("read", "delete")
            for name, kind in KINDS.items()
        },
        "readPassword": lambda: {"path_parameters": {**of, "method": PASSWORD_METHOD}},
        "countUsers": lambda: {"headers": {"ConsistencyLevel": "eventual"}},
        "photoFacts": lambda: {"path_parameters": {"user": world.pictured()}},
        "readDomain": lambda: {"path_parameters": {"domain": domain}},
        "listTransitiveMembers": lambda: {"path_parameters": {"group": group}},
        **dict.fromkeys(
            ["readSignIn", "readSignInBeta"],
            lambda: {"path_parameters": world.logged("signIns")},
        ),
        "readDirectoryAudit": lambda: {"path_parameters": world.logged("directoryAudits")},
        "patchUser": lambda: {**at, "body": {"passwordPolicies": "None"}},
        "photo": lambda: {"path_parameters": {"user": world.pictured()}},
        "manager": lambda: {"path_parameters": {"user": world.managed()}},
        **dict.fromkeys(
            ["checkMemberGroups", "checkMemberGroupsOfObject"],
            lambda: {**at, "body": {"groupIds": [group]}},
        ),
        "sendMailAs": lambda: {"path_parameters": {"user": world.admin["upn"]}, "body": mail},
        "sendMail": lambda: {"body": mail},
        **dict.fromkeys(
            ["readMethod", "readMethodBeta"],
            lambda: {"path_parameters": {**of, "method": PASSWORD_METHOD}},
        ),
        "resetPassword": lambda: {
            "path_parameters": {**of, "method": PASSWORD_METHOD},
            "body": {},
        },
        "resetPasswordMethod": lambda: {
            "path_parameters": {**of, "method": PASSWORD_METHOD},
            "body": {},
        },
        "readOperation": world.reset,
        "createPass": lambda: {**at, "body": {"lifetimeInMinutes": 60}},
        "readPass": lambda: {"path_parameters": world.new_pass()[0]},
        "deletePass": lambda: {"path_parameters": world.new_pass()[0]},
        "readAuthenticator": lambda: {"path_parameters": phone()},
        "readAuthenticatorDevice": lambda: {"path_parameters": phone()},
        "deleteAuthenticator": lambda: {"path_parameters": push()},
        "readPasskey": lambda: {"path_parameters": world.new_passkey()},
        "deletePasskey": lambda: {"path_parameters": world.new_passkey()},
        "readConfiguration": lambda: {"path_parameters": config},
        "readGroup": lambda: {"path_parameters": {"group": group}},
        "readAdministrativeUnit": lambda: {"path_parameters": {"unit": unit}},
        "listMembers": lambda: {"path_parameters": {"group": group}},
        "addMember": lambda: {"path_parameters": {"group": group}, "body": member},
        "removeMember": lambda: {"path_parameters": {"group": group, "member": joiner}},
        "readRegistrationDetails": lambda: {"path_parameters": {"details": person}},
        "evaluateAccess": lambda: {"body": supposed},
        "batch": lambda: {"body": {"requests": [{"id": "1", "method": "GET", "url": "/me"}]}},
        "instanceDiscovery": lambda: {"path_parameters": {"tenant": "common"}, "query": host},
        "openidConfiguration": lambda: {"path_parameters": named},
        "keys": lambda: {"path_parameters": named},
        "userRealm": lambda: {"path_parameters": {"tenant": "common", "name": world.admin["upn"]}},
        "token": lambda: {"path_parameters": named, "body": world.grant()},
        "deviceCode": lambda: {
            "path_parameters": named,
            "body": {"client_id": tenant.client_id, "scope": "User.Read"},
        },
        "authorize": lambda: {"path_parameters": named, "query": world.asking()},
        "authorizeForm": lambda: {"path_parameters": named, "body": world.asking()},
        "login": lambda: {"path_parameters": named, "body": begun(world)},
        "loginAgain": lambda: {"path_parameters": named, "query": begun(world)},
        **dict.fromkeys(["logout", "devicePage"], lambda: {"path_parameters": named}),
        **dict.fromkeys(["logoutForm"], lambda: {"path_parameters": named, "body": {}}),
        "devicePageForm": lambda: {"path_parameters": named, "body": {"otc": "WRONGCODE"}},
    }


def begun(world):
    """The fields of a sign-in page that waits for an account."""
    answer = requests.get(
        f"{world.tenant.authority}/oauth2/v2.0/authorize",
        params=world.asking(),
        verify=world.tenant.ca_file,
        timeout=30,
    )
    token = answer.text.split('name="flowToken" value="')[1].split('"')[0]
    return {"flowToken": token}


def wrong(operation, world):
    """Parts of a request that must be refused."""
    parameters = {p.name: "no-such-thing" for p in operation.path_parameters}
    if "user" in parameters and len(parameters) > 1:
        parameters["user"] = world.person
    asked = {"path_parameters": parameters} if parameters else {}
    if operation.definition.raw["operationId"] == "instanceDiscovery":
        asked["query"] = {"authorization_endpoint": "https://login.elsewhere.invalid/x/authorize"}
    return asked


class Walk:
    def __init__(self, world):
        self.world = world
        self.seen = defaultdict(Counter)
        self.broken = []

    def send(self, name, case, token=True):
        headers = {"Authorization": f"Bearer {self.world.token}"} if token else {}
        try:
            response = case.call(
                base_url=self.world.root,
                headers=headers,
                verify=self.world.tenant.ca_file,
                allow_redirects=False,
                timeout=30,
            )
            self.seen[name][response.status_code] += 1
            case.validate_response(response, checks=CHECKS)
        except requests.exceptions.RequestException as problem:
            self.broken.append(f"{name}: no answer: {problem}")
        except (FailureGroup, AssertionError) as problem:
            self.broken.append(f"{name}: {told(problem)}")

    def operation(self, operation, rights):
        name = operation.definition.raw["operationId"]
        media = next(iter(operation.body), None)
        kind = {"media_type": media.media_type} if media is not None else {}
        parts = rights.get(name, dict)()
        if name in rights or not operation.path_parameters:
            for token in (True, False):
                case = operation.Case(**parts, **(kind if "body" in parts else {}))
                self.send(name, case, token)
        self.send(name, operation.Case(**wrong(operation, self.world)))
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            self.generated(name, operation, mode)

    def generated(self, name, operation, mode):
        people = st.sampled_from([*self.world.people, "nobody@elsewhere.invalid"])

        @hypothesis.seed(SEED)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), person=people)
        def each(case, person):
            if "user" in (case.path_parameters or {}):
                case.path_parameters["user"] = person
            if "tenant" in (case.path_parameters or {}):
                case.path_parameters["tenant"] = self.world.tenant.tenant_id
            self.send(name, case)

        try:
            each()
        except hypothesis.errors.Unsatisfiable:
            pass  # there is no wrong form of a request without parts


def told(problem):
    inner = getattr(problem, "exceptions", None)
    if inner:
        return " | ".join(told(one) for one in inner)
    return " ".join(str(problem).split())[:400]


def main():
    world = World()
    walk = Walk(world)
    try:
        rights = right(world)
        schema = schemathesis.openapi.from_path(str(CONTRACT))
        operations = [found.ok() for found in schema.get_all_operations()]
        # Putting in stands before taking out.
        for operation in sorted(operations, key=lambda o: o.method == "delete"):
            walk.operation(operation, rights)
    finally:
        world.end()
    good = 0
    print(f"{'operation':28} {'2xx/3xx':>8} {'4xx':>6} {'5xx':>5}  statuses")
    for operation in operations:
        name = operation.definition.raw["operationId"]
        seen = walk.seen[name]
        count = lambda *classes: sum(n for s, n in seen.items() if s // 100 in classes)  # noqa: E731
        done, refused, down = count(2, 3), count(4), count(5)
        statuses = " ".join(f"{status}:{n}" for status, n in sorted(seen.items()))
        whole = done and refused and not down
        good += bool(whole)
        mark = "ok" if whole else "FAILED"
        print(f"{name:28} {done:8} {refused:6} {down:5}  {mark:6} {statuses}")
    total = sum(sum(seen.values()) for seen in walk.seen.values())
    distinct = Counter(walk.broken)
    for line, times in distinct.most_common():
        print(f"FAILED  {line} ({times} times)")
    failed = len(operations) - good + len(distinct)
    print(f"{total} requests on {len(operations)} operations, seed {SEED}")
    print(f"{good} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
