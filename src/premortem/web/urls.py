"""Which address shows which page."""

from django.urls import URLPattern, URLResolver, include, path

from premortem.web import joining
from premortem.web.pages import deal, deals, firm, imports, people, playbook, rules, settings, today, touch

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("deals/", deals.deals, name="deals"),
    path("deals/save/", deals.save_view, name="save_view"),
    path("deals/<str:deal>/", deal.deal, name="deal"),
    path("deals/<str:deal>/sheet/", deal.sheet, name="sheet"),
    path("deals/<str:deal>/waive/<str:check>/", deal.waive, name="waive"),
    path("deals/<str:deal>/touches/<str:touch>/", touch.touch, name="touch"),
    path("deals/<str:deal>/touches/<str:touch>/facts/", touch.add_fact, name="add_fact"),
    path("deals/<str:deal>/facts/<str:fact>/", touch.judge, name="judge"),
    path("people/", people.people, name="people"),
    path("people/<str:deal>/<str:person>/", people.person, name="person"),
    path("import/", imports.imports, name="import"),
    path("import/<int:number>/", imports.upload, name="upload"),
    path("rules/", rules.rules, name="rules"),
    path("rules/playbook/", playbook.playbook, name="playbook"),
    path("rules/<str:check>/", rules.rule, name="rule"),
    path("settings/", settings.settings, name="settings"),
    path("settings/theme/", settings.theme, name="theme"),
    path("settings/tokens/", settings.token, name="token"),
    path("settings/tokens/<int:number>/end/", settings.token_end, name="token_end"),
    path("settings/firm/", firm.firm, name="firm"),
    path("settings/firm/invite/", firm.invite, name="invite"),
    path("settings/firm/invitations/<int:number>/end/", firm.invite_end, name="invite_end"),
    path("settings/firm/teams/", firm.team_add, name="team_add"),
    path("settings/firm/teams/<int:number>/", firm.team, name="team"),
    path("settings/firm/members/<int:number>/", firm.member, name="member"),
    path("settings/firm/members/<int:number>/link/", firm.member_link, name="member_link"),
    path("settings/firm/members/<int:number>/factor/", firm.member_factor, name="member_factor"),
    path("settings/firm/looks/", firm.looks, name="looks"),
    path("first/<str:word>/", joining.first, name="first"),
    path("join/<str:word>/", joining.join, name="join"),
    path("account/email/", joining.closed),
    path("account/password/reset/", joining.forgotten, name="account_forgotten"),
    path("account/", include("allauth.urls")),
]
