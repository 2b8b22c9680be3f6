"""Single sign-on by OpenID Connect, set by the environment; docs/serve.md tells how.

PREMORTEM_OIDC_ISSUER    the provider's address, as https://login.firm.example
PREMORTEM_OIDC_CLIENT    under which name it knows premortem
PREMORTEM_OIDC_SECRET    the secret that belongs to that name
PREMORTEM_OIDC_NAME      what the button says; 'single sign-on' without it
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def providers(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """What allauth needs to know of the provider; nothing where none is set."""
    issuer = environment.get("PREMORTEM_OIDC_ISSUER")
    if not issuer:
        return {}
    app = {
        "provider_id": "sso",
        "name": named(environment),
        "client_id": environment.get("PREMORTEM_OIDC_CLIENT", ""),
        "secret": environment.get("PREMORTEM_OIDC_SECRET", ""),
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def named(environment: Mapping[str, str] = os.environ) -> str:
    return environment.get("PREMORTEM_OIDC_NAME") or "single sign-on"


def form_hosts(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Where the button's form may lead: browsers hold the way to the provider against the page's own rules."""
    issuer = urlsplit(environment.get("PREMORTEM_OIDC_ISSUER", ""))
    return [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []
