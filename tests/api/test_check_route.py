"""Drafts checked over HTTP: what is wrong in them, told a part at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.api.problems import MAX_TEXT
from assistant.checking.reading import draft_of_text
from assistant.service import Assistant
from index.collection import Collection
from index.embedded import EmbeddedEngine
from tests.api.conftest import LAOS, serving
from tests.api.posting import posted
from tests.api.problem_documents import problem

CHECK = "/v1/citations/check"
LACKS = "the State party lacks a specific law on extradition"
ALTERED = LACKS.replace("specific", "precise")
DRAFT = f"""# Extradition

The Committee was “seriously concerned that {LACKS}”.[^1] It also said that “{ALTERED}”.[^2]

Others said that “the moon is made of very old cheese” (CRC/C/LAO/CO/3-6, para. 7).

[^1]: {LAOS}, para. 33.

[^2]: Ibid., and {LAOS}, para. 99.
"""


def checked(client: TestClient, text: str, **more: Any) -> dict[str, Any]:
    return posted(client, CHECK, text=text, **more)


def test_what_is_wrong_in_a_draft_is_found_and_nothing_else(client: TestClient) -> None:
    report = checked(client, DRAFT)
    found = [(each["code"], DRAFT[each["start"] : each["end"]]) for each in report["findings"]]
    assert found == [("altered", ALTERED), ("no_such_paragraph", f"{LAOS}, para. 99")]
    assert report["not_held"] == ["CRC/C/LAO/CO/3-6"]
    altered = report["findings"][0]
    match = report["quotations"][altered["quotation"]]["match"]
    assert [each["printed"] for each in match["diff"] if each["kind"] != "equal"] == ["specific"]
    tied = report["references"][altered["reference"]]
    assert DRAFT[tied["start"] : tied["end"]] == "Ibid."
    assert report["references"][tied["stands_for"]]["resolution"]["pinpoints"] == ["33"]
    assert (report["limit"], report["next_offset"]) == (250, None)


def test_a_report_is_the_assistants_own(client: TestClient, assistant: Assistant) -> None:
    report = checked(client, DRAFT)
    own = assistant.check(draft_of_text(DRAFT)).model_dump(mode="json")
    when = report.pop("checked_at"), report.pop("limit")
    assert when
    del own["checked_at"]
    assert report == own


def test_a_long_draft_is_told_in_parts_which_together_have_all_findings(
    client: TestClient, assistant: Assistant
) -> None:
    lines = [f"It said “{ALTERED}” ({LAOS}, para. 33), and that is wrong ({LAOS}, para. 99)."] * 100
    text = "\n\n".join(lines)
    parts = [checked(client, text)]
    while parts[-1]["next_offset"] is not None:
        parts.append(checked(client, text, offset=parts[-1]["next_offset"]))
    assert [part["next_offset"] is None for part in parts] == [False, True]
    found = [(each["code"], each["start"]) for part in parts for each in part["findings"]]
    whole = assistant.check(draft_of_text(text)).findings
    assert found == [(each.code, each.start) for each in whole]
    assert len(found) == 200


@pytest.mark.parametrize("text", ["", " \n", "Nothing is cited.", "\x00"])
def test_a_text_that_cites_nothing_has_no_findings(client: TestClient, text: str) -> None:
    report = checked(client, text)
    assert report["findings"] == report["references"] == report["quotations"] == []


def test_signs_of_markdown_mean_something_only_in_markdown(client: TestClient) -> None:
    text = f"<!-- {LAOS}, para. 99 -->\n\nSee {LAOS}, para. 34."
    assert checked(client, text)["findings"] == []
    report = checked(client, text, format="text")
    assert [each["code"] for each in report["findings"]] == ["no_such_paragraph"]
    assert (report["draft"]["format"], report["draft"]["characters"]) == ("text", len(text))


def test_a_longer_draft_is_refused(client: TestClient) -> None:
    problem(client.post(CHECK, json={"text": "x" * (MAX_TEXT + 1)}), 422, "text_too_long")
    (field,) = problem(client.post(CHECK, json={"text": "x", "name": "y"}), 422, "request_invalid")["fields"]
    assert field["field"] == "name"


def test_drafts_are_checked_where_there_is_no_model(home: Path) -> None:
    def no_model(_: object) -> Any:
        raise AssertionError("the model was asked for")

    opened = Assistant(Collection(home, EmbeddedEngine(home / "index"), no_model))
    with serving(opened) as client:
        assert [each["code"] for each in checked(client, DRAFT)["findings"]] == [
            "altered",
            "no_such_paragraph",
        ]
