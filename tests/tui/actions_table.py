"""The table of all actions in the documents: `python -m tests.tui.actions_table` writes it anew."""

from __future__ import annotations

from pathlib import Path

from tui.actions import ACTIONS, PLACES, key_display

PAGE = Path(__file__).parents[2] / "docs" / "chat.md"
BEGIN = "<!-- actions: written by python -m tests.tui.actions_table -->\n"
END = "<!-- actions end -->"


def table() -> str:
    """The registry as Markdown, a table for each place."""
    parts: list[str] = []
    for place, (title, about) in PLACES.items():
        rows = [
            f"| {', '.join(f'`{key_display(key)}`' for key in action.keys.split(',') if key) or 'palette'} "
            f"| {action.does} | `{action.id}` |"
            for action in ACTIONS
            if action.where == place
        ]
        parts.append(
            "\n".join([f"**{title}.** {about}", "", "| keys | does | name |", "| --- | --- | --- |", *rows])
        )
    return "\n\n".join(parts) + "\n"


def with_table(page: str) -> str:
    """A page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
