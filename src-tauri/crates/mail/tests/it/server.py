"""The mail server of the tests: aiosmtpd, as a test wants it. It says its port, keeps each mail as a file with what was
said around it, and ends when its standard input does."""

import asyncio
import json
import logging
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

FOLDER = Path(sys.argv[1])
WANTS = json.loads(sys.argv[2])
GOOD = "250 OK"


class Handler:
    """Takes every mail, but for what a test wants refused."""

    def __init__(self):
        self.mails = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        hidden = WANTS.get("hides", [])
        return [line for line in responses if not any(word in line for word in hidden)]

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if "sender" in WANTS:
            return WANTS["sender"]
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return GOOD

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in WANTS.get("recipients", {}):
            return WANTS["recipients"][address]
        envelope.rcpt_tos.append(address)
        return GOOD

    async def handle_DATA(self, server, session, envelope):
        if "mail" in WANTS:
            return WANTS["mail"]
        self.mails += 1
        said = {
            "hello": session.host_name,
            "encrypted": session.ssl is not None or WANTS.get("tls", False),
            "signed_in": session.authenticated is True,
            "from": envelope.mail_from,
            "options": envelope.mail_options,
            "to": envelope.rcpt_tos,
        }
        (FOLDER / f"{self.mails}.eml").write_bytes(envelope.original_content)
        (FOLDER / f"{self.mails}.json").write_text(json.dumps(said), encoding="utf-8")
        return GOOD


def authenticator(server, session, envelope, mechanism, auth_data):
    """One name and one password are known."""
    if "sign_in" in WANTS:
        return AuthResult(success=False, handled=False, message=WANTS["sign_in"])
    known = isinstance(auth_data, LoginPassword) and [
        auth_data.login.decode(),
        auth_data.password.decode(),
    ] == WANTS["credentials"]
    return AuthResult(success=known, handled=False)


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "cert.pem", FOLDER / "key.pem")
    implicit = WANTS.get("tls", False)
    plain = WANTS.get("plain", False)
    handler = Handler()
    asks = "credentials" in WANTS
    loop = asyncio.get_running_loop()

    def session():
        return SMTP(
            handler,
            hostname="relay.example",
            data_size_limit=WANTS.get("most_bytes", 1 << 25),
            enable_SMTPUTF8=WANTS.get("utf8", True),
            tls_context=None if implicit or plain else context,
            require_starttls=not implicit and not plain,
            auth_required=asks,
            auth_require_tls=not implicit,
            auth_exclude_mechanism=WANTS.get("not_by", []),
            authenticator=authenticator if asks else None,
            loop=loop,
        )

    server = await loop.create_server(
        session, "127.0.0.1", 0, ssl=context if implicit else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


# What it complains of is what the tests want.
logging.disable(logging.CRITICAL)
asyncio.run(main())
