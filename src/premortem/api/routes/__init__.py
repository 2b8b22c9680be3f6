"""One module a subject, found by its place: nothing is registered anywhere else. How to add a route:

    router = Router()

    @router.get("deals/{deal}/review", response=Shown[ReviewDocument])
    def review(request: HttpRequest, deal: str, as_of: date | None = None) -> ReviewDocument:
        '''The deal's review as of a day: this sentence is the route's description in OpenAPI.'''
        member = access.see(request, deal)
        ...
        access.note_look(member, deal)
        return an_act(...)

1.  A module here with `router = Router()`. Addresses begin without a slash and end without one; the function's name is
    the operation's id, so it is said once in all modules.
2.  Who asks is known already: `access.here`, `see`, `change`, `manage` as in a page, `request.user.get_username()`.
3.  An act's document goes out as it is: `response=Shown[Document]`. A body is a Struct of what may be told, declared
    `frozen=True, forbid_unknown_fields=True`, and taken as `given: Given[Wish]`. Lists that grow go out in parts
    (`parts.py`). What has no document of an act gets a small Struct beside its route.
4.  Raise what acts and `access` raise: Unknown, PermissionDenied, Http404 become problem details. For a status of your
    own, `problems.Refused(409, "what went wrong and what to do")`. Of Unknown, a GET says 404, a write 422.
    What a query may ask is in `asked.py`: `as_of: Day | None = None`; `by(request)` tells who writes, and now.
5.  Where people's words go out, `access.note_look`.
6.  A line in tests/api/cases.py; and where it does what a page does, that page's name there in PAGES.

The key's scope, its limit, the time zone of its member, Idempotency-Key and problem details are the gate's: no route
thinks of them.
"""
