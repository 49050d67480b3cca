"""Lists of rows: moving in them, and drawing only what is seen."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui.widgets.row_list import RowList


class Listing(App[None]):
    """A list of numbers and what it told."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.drawn: list[int] = []
        self.told: list[str] = []
        self.count = count
        self.list: RowList[int] = RowList(self._draw, empty="nothing")

    def _draw(self, row: int, width: int) -> str:
        self.drawn.append(row)
        return f"row {row} [bold]of[/] {width} \x1b[31m"

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.show(range(self.count))
        self.list.focus()

    def on_row_list_chosen(self) -> None:
        self.told.append(f"chosen {self.list.highlighted}")

    def on_row_list_left_above(self) -> None:
        self.told.append("left")


def rows_of(app: Listing) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def test_only_rows_in_sight_are_drawn_and_nothing_in_them_is_obeyed() -> None:
    app = Listing(100_000)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("pagedown", "end")
        await pilot.pause()
        assert set(app.drawn) <= {*range(30), *range(99_970, 100_000)}
        assert rows_of(app)[-1].startswith("› row 99999 [bold]of[/]")
        assert not any("\x1b" in row for row in rows_of(app))


async def test_the_highlight_moves_with_the_keys_and_stays_in_sight() -> None:
    app = Listing(50)
    async with app.run_test(size=(40, 10)) as pilot:
        for key, at in (("down", 1), ("up", 0), ("pagedown", 9), ("end", 49), ("down", 49), ("home", 0)):
            await pilot.press(key)
            await pilot.pause()
            assert app.list.highlighted == at
            assert any(row.startswith(f"› row {at} ") for row in rows_of(app))


async def test_going_up_from_the_first_row_leaves_the_list() -> None:
    app = Listing(3)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "up")
        assert app.told == []
        await pilot.press("up")
        await pilot.pause()
        assert app.told == ["left"]


async def test_a_click_highlights_and_chooses_a_row() -> None:
    app = Listing(30)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        await pilot.click(app.list, offset=(5, 2))
        await pilot.pause()
        assert app.list.highlighted == 22
        assert app.told == ["chosen 22"]


async def test_an_empty_list_says_so_and_has_no_row() -> None:
    app = Listing(0)
    async with app.run_test(size=(40, 10)) as pilot:
        await _press_everything(pilot)
        assert app.list.highlighted is None
        assert rows_of(app)[0] == "  nothing"
        await pilot.click(app.list, offset=(5, 0))
        assert app.told.count("chosen None") == 0


async def test_fewer_rows_keep_the_highlight_within_them() -> None:
    app = Listing(30)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        app.list.show([7, 8], at=5)
        await pilot.pause()
        assert app.list.highlighted == 8
        assert rows_of(app)[:2] == [row for row in rows_of(app) if "row" in row]


async def _press_everything(pilot: Pilot[None]) -> None:
    await pilot.press("down", "up", "pagedown", "pageup", "end", "home")
    await pilot.pause()
