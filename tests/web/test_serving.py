"""Starting the pages where somebody else is already."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from premortem.errors import Unknown
from premortem.web.serving import serve


def test_pages_never_share_a_port_with_something_else() -> None:
    said: list[str] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        with pytest.raises(Unknown, match=rf"something else is at http://localhost:{port} already"):
            serve("127.0.0.1", port, worker=False, workers=1, say=said.append)
    assert said == []
