"""The call: one question to an OpenAI-compatible endpoint, with a limit on its time, its size and its tries.

Words go to the host that was named and nowhere else: no redirection is followed, a proxy is used only where the
connection is encrypted from end to end, and nothing but the request's own headers is sent, whatever the environment
holds for other programs. What the endpoint says of its errors is not repeated, since it could say anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from premortem.errors import Unknown
from premortem.listening.language_model.prompt import Asked

if TYPE_CHECKING:
    from openai import OpenAI

TRIES = 4
"""How often a question is put to an endpoint that is busy or out of order."""
LONGEST_WAIT = 30.0
"""Seconds between two tries, whatever the endpoint asks for."""
LARGEST = 2_000_000
"""Bytes of an answer."""
SECONDS = 120.0
"""How long an answer may take, unless PREMORTEM_LLM_TIMEOUT says otherwise."""

_SENT = frozenset(
    {
        *("host", "accept", "connection", "content-type", "content-length", "user-agent", "authorization"),
        "x-stainless-raw-response",  # by this one the client knows how it asked
    }
)


class NoAnswer(Exception):
    """No answer that could be used; `over` where asking again in this run would be in vain."""

    def __init__(self, why: str, over: bool = False) -> None:
        super().__init__(why)
        self.over = over


class Address(Struct, frozen=True):
    """Where words are sent, to which model, with which key; `address` makes it and looks that it can be used."""

    url: str
    model: str
    key: str = ""
    seconds: float = SECONDS

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def encrypted(self) -> bool:
        return urlsplit(self.url).scheme == "https"


def address(environ: Mapping[str, str], url: str | None = None, model: str | None = None) -> Address:
    """The address that options and environment give. Raises Unknown, with what to do, where one is missing or odd.

    The key comes from the environment alone: other users of a machine can read a command line.
    """
    url = (url or environ.get("PREMORTEM_LLM_URL", "")).strip()
    model = (model or environ.get("PREMORTEM_LLM_MODEL", "")).strip()
    if not url:
        raise Unknown("nothing tells where the language model is", "Set PREMORTEM_LLM_URL, or give --llm-url.")
    if not model:
        raise Unknown("nothing tells which language model to ask", "Set PREMORTEM_LLM_MODEL, or give --llm-model.")
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        fine = fine and not (parts.username or parts.password or parts.query or parts.fragment)
    except ValueError:
        fine = False
    if not fine:
        remedy = "Write it as http://localhost:8080/v1 or https://host/v1, without a name, key or question in it."
        raise Unknown("the address of the language model can't be used", remedy)
    return Address(url, model, environ.get("PREMORTEM_LLM_KEY", "").strip(), _seconds(environ))


def _seconds(environ: Mapping[str, str]) -> float:
    told = environ.get("PREMORTEM_LLM_TIMEOUT", "").strip()
    try:
        seconds = float(told) if told else SECONDS
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise Unknown(f"PREMORTEM_LLM_TIMEOUT is '{told}'", "Give seconds, more than 0 and at most 3600.")
    return seconds


class _Message(Struct):
    content: str | None = None


class _Choice(Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(Struct):
    choices: list[_Choice]


class Endpoint:
    """A language model at an address. Nothing is connected before the first question.

    Raises Unknown, with what to install, where the package that speaks to it is missing.
    """

    def __init__(self, address: Address, pause: Callable[[float], None] = time.sleep) -> None:
        self.address = address
        self._pause = pause
        self._client = _client(address)
        self._options: dict[str, Any] = {"temperature": 0}

    def answer(self, asked: Asked) -> str:
        """What the model says. Raises NoAnswer, whose text says why in words for a remark."""
        for attempt in range(1, TRIES + 1):
            try:
                return _content(self._once(asked))
            except _Busy as busy:
                if attempt == TRIES:
                    raise NoAnswer(f"{busy}, {TRIES} times") from None
                self._pause(min(busy.wait if busy.wait is not None else 2.0 ** (attempt - 1), LONGEST_WAIT))
        raise AssertionError  # pragma: no cover  the last try returns or raises

    def _once(self, asked: Asked) -> bytes:
        import httpx2
        import openai

        try:
            return self._sent(asked)
        except openai.APITimeoutError:
            raise NoAnswer(f"it gave no answer within {self.address.seconds:g} seconds") from None
        except openai.APIConnectionError:
            raise NoAnswer("it can't be reached", over=True) from None
        except openai.APIStatusError as error:
            return self._refused(asked, error.status_code, error.response.headers.get("retry-after"))
        except httpx2.TimeoutException:
            raise NoAnswer(f"it gave no whole answer within {self.address.seconds:g} seconds") from None
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise NoAnswer(f"the client failed ({type(error).__name__})") from None

    def _sent(self, asked: Asked) -> bytes:
        """The body of the answer, as it came. The limit of time holds for the whole, not for each of its bytes."""
        end = time.monotonic() + self.address.seconds
        body = bytearray()
        with self._client.chat.completions.with_streaming_response.create(
            model=self.address.model,
            messages=[{"role": "system", "content": asked.guide}, {"role": "user", "content": asked.data}],
            **self._options,
        ) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    raise NoAnswer("its answer is longer than any could be")
                if time.monotonic() > end:
                    raise NoAnswer(f"it gave no whole answer within {self.address.seconds:g} seconds")
        return bytes(body)

    def _refused(self, asked: Asked, status: int, retry_after: str | None) -> bytes:
        if status == 400 and self._options:  # some models let nobody choose their temperature
            self._options = {}
            return self._once(asked)
        if status == 429 or status >= 500:
            raise _Busy("it is asked too often" if status == 429 else f"it is out of order ({status})", retry_after)
        if status in (401, 403):
            raise NoAnswer("it refuses the key: see PREMORTEM_LLM_KEY", over=True)
        if status == 404:
            raise NoAnswer(f"it knows no model '{self.address.model}', or its address is another", over=True)
        if 300 <= status < 400:
            raise NoAnswer("it sends on to another address, which is not followed", over=True)
        raise NoAnswer(f"it refuses the question ({status})")


class _Busy(Exception):
    """The endpoint may answer later; `wait` is the time it asks for, in seconds."""

    def __init__(self, why: str, retry_after: str | None) -> None:
        super().__init__(why)
        told = (retry_after or "").strip()
        self.wait = float(told) if told.isascii() and told.replace(".", "", 1).isdigit() else None


def _content(body: bytes) -> str:
    try:
        choices = msgspec.json.decode(body, type=_Completion).choices
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise NoAnswer("it does not speak the chat-completions protocol") from None
    if not choices or not choices[0].message.content:
        raise NoAnswer("its answer is empty")
    if choices[0].finish_reason == "length":
        raise NoAnswer("its answer is cut off")
    if choices[0].finish_reason not in (None, "stop"):
        raise NoAnswer("its answer was withheld")
    return choices[0].message.content


def _client(address: Address) -> OpenAI:
    try:
        import httpx2
        from openai import OpenAI
    except ImportError:
        remedy = "Install it with: pip install 'premortem[llm]'."
        raise Unknown("the package that speaks to language models, openai, is not installed", remedy) from None
    http = httpx2.Client(
        follow_redirects=False,
        trust_env=address.encrypted,
        timeout=address.seconds,
        event_hooks={"request": [_only_its_own], "response": [_no_errors_read]},
    )
    key = address.key or "none"
    return OpenAI(base_url=address.url, api_key=key, max_retries=0, timeout=address.seconds, http_client=http)


def _only_its_own(request: Any) -> None:
    """Headers of other programs (an organisation, a project, custom ones) stay here, and what machine this is."""
    for name in list(request.headers):
        if name.lower() not in _SENT:
            del request.headers[name]
    request.headers["user-agent"] = "premortem"


def _no_errors_read(response: Any) -> None:
    if not response.is_success:
        response.close()
