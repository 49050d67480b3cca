"""How the screens declare their keys, so that footer and help name them alike."""

from __future__ import annotations

from textual.binding import Binding

SCROLL = Binding.Group("Scroll")
OTHER_CITATIONS = Binding.Group("Other citations")


def key(
    pressed: str,
    display: str,
    action: str,
    name: str,
    does: str,
    *,
    show: bool = True,
    priority: bool = False,
    group: Binding.Group | None = None,
) -> Binding:
    """A key: how it is printed, its name in the footer, and what the help says it does."""
    return Binding(
        pressed, action, name, key_display=display, tooltip=does, show=show, priority=priority, group=group
    )
