"""A fresh access token of OAuth 2 from a refresh token (RFC 6749, section 6), as mailboxes of Google and Microsoft ask.

What it costs to get the refresh token, once, is the firm's own consent in its provider's console; it is kept in the
environment, as is the client's secret, and goes to no address but the token endpoint that the settings name.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from premortem.errors import Unknown, Unreadable
from premortem.importing.placing.privacy import Imap

REFRESH_TOKEN, CLIENT_SECRET = "PREMORTEM_IMAP_REFRESH_TOKEN", "PREMORTEM_IMAP_CLIENT_SECRET"
PATIENCE = 30
"""Seconds that the provider may take for an answer."""
LONGEST = 64 * 1024
HERE = ("localhost", "127.0.0.1", "::1")
REMEDIES = {
    "invalid_grant": f"Get a new refresh token for {REFRESH_TOKEN}: this one ran out, or was taken back.",
    "invalid_client": f"Check client_id in the settings, and {CLIENT_SECRET}.",
    "unauthorized_client": "Allow the client to use refresh tokens in your provider's console.",
    "invalid_scope": "Check scope in the settings.",
}


class _Answer(Struct):
    """What a token endpoint says: a token (section 5.1), or why not (section 5.2)."""

    access_token: str = ""
    token_type: str = ""
    error: str = ""
    error_description: str = ""


def access_token(settings: Imap, environment: Mapping[str, str]) -> str:
    """A token that opens the mailbox for the next hour or so.

    Raises Unknown where the settings or the environment lack something, and Unreadable where the provider can't be
    reached or refuses.
    """
    refresh = environment.get(REFRESH_TOKEN)
    if not settings.token_url or not settings.client_id:
        what = "the settings don't say where a token is to be had"
        raise Unknown(what, "Write token_url and client_id into [imap] of mail.toml.")
    if not refresh:
        raise Unknown(f"nothing renews the token of {settings.user}", f"Set {REFRESH_TOKEN} in the environment.")
    url = urlsplit(settings.token_url)
    if url.scheme != "https" and (url.scheme, url.hostname in HERE) != ("http", True):
        raise Unknown(f"token_url '{settings.token_url}' is not secret on its way", "Write it with https.")
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": settings.client_id}
    form |= {"scope": settings.scope} if settings.scope else {}
    form |= {"client_secret": secret} if (secret := environment.get(CLIENT_SECRET)) else {}
    return _token_in(settings.token_url, *_asked(settings.token_url, form))


def _asked(url: str, form: dict[str, str]) -> tuple[int, bytes]:
    import httpx2

    try:
        with (
            httpx2.Client(timeout=PATIENCE, follow_redirects=False) as client,
            client.stream("POST", url, data=form, headers={"Accept": "application/json"}) as answer,
        ):
            told = b""
            for part in answer.iter_bytes():
                told += part
                if len(told) > LONGEST:
                    break
            return answer.status_code, told
    except (httpx2.HTTPError, httpx2.InvalidURL) as failed:
        why = f"it can't be reached ({type(failed).__name__})"
        raise Unreadable(url, "", why, "Check token_url, and whether you are connected.") from failed


def _token_in(url: str, status: int, told: bytes) -> str:
    try:
        answer = msgspec.json.decode(told, type=_Answer)
    except msgspec.MsgspecError as odd:
        why = f"it answered {status}, and not as a token endpoint does"
        raise Unreadable(url, "", why, "Check token_url: your provider's documentation has it.") from odd
    if answer.error or status != 200:
        why = f"it refuses: {answer.error or status} {answer.error_description}".strip(" .")
        raise Unreadable(url, "", why, REMEDIES.get(answer.error, "See what your provider says about this."))
    if not answer.access_token or answer.token_type.casefold() != "bearer":
        why = f"it gave no token that a mailbox takes ({answer.token_type or 'none'})"
        raise Unreadable(url, "", why, "Check token_url and scope in the settings.")
    return answer.access_token
