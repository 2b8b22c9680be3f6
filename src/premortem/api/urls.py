"""Which address leads to which route, each behind the gate."""

from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from premortem.api.doors import description, doors
from premortem.api.gate import gate, nothing

app_name = "api"
urlpatterns = [
    path("openapi.json", require_safe(description), name="openapi"),
    *(
        URLPattern(one.pattern, gate(one.callback), one.default_args, one.name)
        for one in doors.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ),
    re_path(r"^", gate(nothing), name="nothing"),
]
