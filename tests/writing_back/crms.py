"""Three CRMs as their documented APIs answer, each with a few deals in it; what is written to them stays."""

from __future__ import annotations

from typing import Any

from tests.writing_back.answering import Answer, Call

LARGE, SMALL, GONE, RULED = (f"006Dn00000A{name}ZZIA" for name in ("aaa", "aaB", "aac", "aad"))
CUSTOM = {"custom": True, "updateable": True, "calculated": False, "nillable": True, "length": 0}


class SalesforceLike:
    """Opportunities, after the REST API's describe and sObject Collections."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {}
        self.refuses: dict[str, tuple[str, str]] = {}
        """Records that are not saved, with the status code and message."""
        self.fields = [
            {**CUSTOM, "name": "Premortem_Findings__c", "label": "Blind spots", "type": "double"},
            {**CUSTOM, "name": "Premortem_High__c", "label": "High blind spots", "type": "string", "length": 20},
            {**CUSTOM, "name": "Premortem_Question__c", "label": "Next question", "type": "textarea", "length": 60},
            {**CUSTOM, "name": "Premortem_Chance__c", "label": "Chance", "type": "percent"},
            {**CUSTOM, "name": "Premortem_Seen__c", "label": "Premortem seen", "type": "datetime"},
            {**CUSTOM, "name": "Premortem_Formula__c", "label": "Twice", "type": "double", "updateable": False},
            {**CUSTOM, "name": "Our_Guess__c", "label": "Stage", "type": "string", "length": 80},
            {**CUSTOM, "name": "Next_Account__c", "label": "Next account", "type": "reference"},
            {
                **CUSTOM,
                **{"name": "Premortem_Category__c", "label": "By evidence", "type": "picklist"},
                "restrictedPicklist": True,
                "picklistValues": [
                    {"value": one, "label": one, "active": True}
                    for one in ("Commit", "Best Case", "Pipeline", "Not on the forecast")
                ],
            },
            {"name": "StageName", "label": "Stage", "type": "picklist", "custom": False, "updateable": True},
        ]

    def __call__(self, call: Call) -> Answer:
        if call.path.endswith("/sobjects/Opportunity/describe"):
            return Answer(200, {"name": "Opportunity", "fields": self.fields})
        if call.method == "POST" and call.path.endswith("/composite/sobjects/Opportunity"):
            assert len(call.body["ids"]) <= 2000
            return Answer(200, [self._one(id, call.body["fields"]) for id in call.body["ids"]])
        assert call.method == "PATCH"
        assert call.path.endswith("/composite/sobjects")
        assert len(call.body["records"]) <= 200
        assert call.body["allOrNone"] is False
        return Answer(200, [self._save(dict(one)) for one in call.body["records"]])

    def _one(self, id: str, fields: list[str]) -> dict[str, Any] | None:
        record = self.records.get(id)
        return None if record is None else {"Id": id, **{name: record.get(name) for name in fields if name != "Id"}}

    def _save(self, record: dict[str, Any]) -> dict[str, Any]:
        assert record.pop("attributes") == {"type": "Opportunity"}
        id = record.pop("id")
        if id in self.refuses:
            code, message = self.refuses[id]
            return {"id": id, "success": False, "errors": [{"statusCode": code, "message": message, "fields": []}]}
        self.records[id].update(record)
        return {"id": id, "success": True, "errors": []}


class HubSpotLike:
    """Deals, after the CRM API's batches, which answer 207 where some records fail and 400 where a value does."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {}
        self.takes_not: set[str] = set()
        """Deals whose values a rule of the firm's refuses."""

    def __call__(self, call: Call) -> Answer:
        if call.method == "GET":
            return Answer(200, {"results": [_property(*one) for one in PROPERTIES]})
        inputs = call.body["inputs"]
        assert len(inputs) <= 100
        if call.path.endswith("/batch/read"):
            found = [one["id"] for one in inputs if one["id"] in self.records]
            return self._answer(found, [one["id"] for one in inputs if one["id"] not in self.records])
        if bad := [one["id"] for one in inputs if one["id"] in self.takes_not]:
            says = f"Property values were not valid: the rule for {bad[0]}"
            return Answer(400, {"status": "error", "category": "VALIDATION_ERROR", "message": says})
        for one in inputs:
            if one["id"] in self.records:
                self.records[one["id"]].update(one["properties"])
        found = [one["id"] for one in inputs if one["id"] in self.records]
        return self._answer(found, [one["id"] for one in inputs if one["id"] not in self.records])

    def _answer(self, found: list[str], gone: list[str]) -> Answer:
        at = "2026-11-22T09:00:00.000Z"
        body: dict[str, Any] = {"status": "COMPLETE", "startedAt": at, "completedAt": at}
        body["results"] = [
            {"id": id, "properties": self.records[id], "createdAt": at, "updatedAt": at, "archived": False}
            for id in found
        ]
        if not gone:
            return Answer(200, body)
        says = "Could not get some DEAL objects, they may be deleted or not exist."
        error = {
            **{"status": "error", "category": "OBJECT_NOT_FOUND", "message": says, "context": {"ids": gone}},
            **{"errors": [], "links": {}},
        }
        return Answer(207, {**body, "numErrors": 1, "errors": [error]})


PROPERTIES = (
    ("premortem_findings", "number", "number", False, False),
    ("premortem_question", "string", "textarea", False, False),
    ("premortem_category", "enumeration", "select", False, False),
    ("premortem_chance", "number", "number", False, False),
    ("closedate", "datetime", "date", True, False),
    ("premortem_sum", "number", "calculation_equation", False, True),
)


def _property(name: str, kind: str, field_kind: str, theirs: bool, calculated: bool) -> dict[str, Any]:
    words = ("commit", "best_case", "pipeline", "not_on_the_forecast")
    options = [
        {"label": one.replace("_", " ").title(), "value": one, "displayOrder": 0, "hidden": False} for one in words
    ]
    return {
        **{"name": name, "label": name, "type": kind, "fieldType": field_kind, "groupName": "dealinformation"},
        **{"description": "", "options": options if kind == "enumeration" else [], "hubspotDefined": theirs},
        "calculated": calculated,
        "modificationMetadata": {"archivable": True, "readOnlyDefinition": theirs, "readOnlyValue": calculated},
    }


class OdooLike:
    """Leads, after Odoo's JSON-RPC; with `two` after its JSON-2."""

    def __init__(self, two: bool = False) -> None:
        self.two = two
        self.records: dict[int, dict[str, Any]] = {}
        self.refuses: dict[int, tuple[str, str]] = {}
        """Records that are not saved, with the exception's name and message."""
        self.external = {("crm", "crm_case_1"): 7}

    def __call__(self, call: Call) -> Answer:
        if self.two:
            if call.headers.get("Authorization") != "bearer the-key":
                return Answer(401, {"name": "werkzeug.exceptions.Unauthorized", "message": "Invalid apikey"})
            _, _, _, model, method = call.path.split("/")
            ids = call.body.pop("ids", None)
            found = self._do(model, method, ids, call.body)
            if isinstance(found, tuple):
                return Answer(422, {"name": found[0], "message": found[1], "arguments": [found[1]], "context": {}})
            return Answer(200, found)
        params = call.body["params"]
        if params["service"] == "common":
            return self._result(call, 2 if params["args"][2] == "the-key" else False)
        _, _, _, model, method, args, told = params["args"]
        return self._result(call, self._do(model, method, args[0] if args else None, told))

    def _result(self, call: Call, found: Any) -> Answer:
        envelope: dict[str, Any] = {"jsonrpc": "2.0", "id": call.body["id"]}
        if isinstance(found, tuple):
            data = {"name": found[0], "message": found[1], "arguments": [found[1]], "debug": "Traceback"}
            return Answer(200, {**envelope, "error": {"code": 200, "message": "Odoo Server Error", "data": data}})
        return Answer(200, {**envelope, "result": found})

    def _do(self, model: str, method: str, ids: list[int] | None, told: dict[str, Any]) -> Any:
        if model == "ir.model.data":
            keys = [key for key in self.external if key[0] in told["domain"][1][2] and key[1] in told["domain"][2][2]]
            return [{"id": 1, "module": one[0], "name": one[1], "res_id": self.external[one]} for one in keys]
        if method == "fields_get":
            return {name: LEAD[name] for name in told["allfields"] if name in LEAD}
        if method == "search_read":
            wanted = [id for id in told["domain"][0][2] if id in self.records]
            return [{"id": id, **{name: self.records[id].get(name, False) for name in told["fields"]}} for id in wanted]
        assert method == "write"
        for id in ids or []:
            if id in self.refuses:
                return self.refuses[id]
            if id not in self.records:
                return "odoo.exceptions.MissingError", "Record does not exist or has been deleted."
        for id in ids or []:
            self.records[id].update(told["vals"])
        return True


LEAD: dict[str, dict[str, Any]] = {
    "x_findings": {"string": "Blind spots", "type": "integer", "readonly": False, "store": True},
    "x_question": {"string": "Ask next", "type": "char", "size": 60, "readonly": False, "store": True},
    "x_chance": {"string": "Chance", "type": "float", "readonly": False, "store": True},
    "x_chance_words": {"string": "Chance", "type": "char", "readonly": False, "store": True},
    "x_seen": {"string": "Told", "type": "datetime", "readonly": False, "store": True},
    "x_category": {
        **{"string": "By evidence", "type": "selection", "readonly": False, "store": True},
        "selection": [["commit", "Commit"], ["best", "Best case"], ["pipe", "Pipeline"], ["no", "Not on the forecast"]],
    },
}
