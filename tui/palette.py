"""The command palette: everything that can be done now, found by its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode

from tui.actions import Action, key_display, reachable


class ActionProvider(Provider):
    """Finds actions of the registry by name and description."""

    async def discover(self) -> Hits:
        """All of them, in the order of the registry."""
        for action, node in self._actions():
            yield DiscoveryHit(_shown(action), partial(self._run, action, node), help=action.does)

    async def search(self, query: str) -> Hits:
        """Those whose name or description is like what is typed."""
        matcher = self.matcher(query)
        for action, node in self._actions():
            in_name, in_help = matcher.match(action.title), matcher.match(action.does) / 2
            if score := max(in_name, in_help):
                shown = matcher.highlight(_shown(action))
                yield Hit(score, shown, partial(self._run, action, node), help=action.does)

    def _actions(self) -> Iterator[tuple[Action, DOMNode]]:
        return reachable(self.screen)

    async def _run(self, action: Action, node: DOMNode) -> None:
        await self.app.run_action(action.call, node)


def _shown(action: Action) -> str:
    keys = ", ".join(map(key_display, action.keys.split(","))) if action.keys else ""
    return f"{action.title} ({keys})" if keys else action.title
