"""The API: its routes, found by their place in `routes/`, and how they read and write JSON."""

from __future__ import annotations

import json
import pkgutil
from functools import cached_property
from importlib import import_module
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.operation import Operation, PathView
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from premortem.api import routes
from premortem.api.problems import NotJson, problem_of
from premortem.api.schema import completed

ABOUT = "Deals, what is known of them, and what is not: all that the pages show and do. Send a key as a bearer token."


class _Read(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise NotJson
        return msgspec.json.decode(request.body)


class _Write(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return msgspec.json.encode(data)


class Doors(NinjaAPI):
    """django-ninja's API, with our problems and msgspec's schemas."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        answer = problem_of(request, exc)
        if answer is None:
            raise exc
        return answer

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    @cached_property
    def described(self) -> bytes:
        """The description in OpenAPI, made once."""
        return msgspec.json.encode(completed(json.loads(json.dumps(self.get_openapi_schema(path_prefix="api/")))))


def _found() -> Doors:
    """The API with every module of `routes`: its `router`, listed under the module's name as its subject."""
    doors = Doors(
        title="premortem",
        version="1",
        description=ABOUT,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        renderer=_Write(),
        parser=_Read(),
    )
    for module in pkgutil.iter_modules(routes.__path__):
        found = import_module(f"{routes.__name__}.{module.name}").router
        for path, some in found.path_operations.items():
            for one in some.operations:
                one.tags = [module.name]
            here = doors.default_router.path_operations.setdefault(path, PathView())
            here.operations += some.operations  # two subjects may share an address: it is read here, written there
    return doors


doors = _found()


def description(request: HttpRequest) -> HttpResponse:
    """What the API is, in OpenAPI 3.1; for anybody, since it tells nothing of the firm."""
    return HttpResponse(doors.described, content_type="application/json")
