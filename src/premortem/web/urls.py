"""Which address shows which page."""

from django.urls import URLPattern, URLResolver, include, path

from premortem.web import joining
from premortem.web.pages import deal, deals, imports, people, rules, settings, today, touch

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("deals/", deals.deals, name="deals"),
    path("deals/save/", deals.save_view, name="save_view"),
    path("deals/<str:deal>/", deal.deal, name="deal"),
    path("deals/<str:deal>/sheet/", deal.sheet, name="sheet"),
    path("deals/<str:deal>/waive/<str:check>/", deal.waive, name="waive"),
    path("deals/<str:deal>/touches/<str:touch>/", touch.touch, name="touch"),
    path("deals/<str:deal>/facts/<str:fact>/", touch.judge, name="judge"),
    path("people/", people.people, name="people"),
    path("people/<str:deal>/<str:person>/", people.person, name="person"),
    path("import/", imports.imports, name="import"),
    path("import/<int:number>/", imports.upload, name="upload"),
    path("rules/", rules.rules, name="rules"),
    path("settings/", settings.settings, name="settings"),
    path("first/<str:word>/", joining.first, name="first"),
    path("join/<str:word>/", joining.join, name="join"),
    path("account/", include("allauth.urls")),
]
