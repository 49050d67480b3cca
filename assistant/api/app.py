"""The application: an assistant behind HTTP."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from anyio import to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp

from assistant.api.closing import Closing, LastResponses
from assistant.api.gate import Gate
from assistant.api.guards import add_guards
from assistant.api.handlers import HANDLERS
from assistant.api.metrics import Metrics
from assistant.api.middleware import BodyLimit, HeadAsGet, PathLimit
from assistant.api.openapi import DescribedApi, operation_id
from assistant.api.pages.site import Site
from assistant.api.records import Records
from assistant.api.request_ids import RequestIds
from assistant.api.routes.chat import chat
from assistant.api.routes.citations import citations
from assistant.api.routes.conversations import conversations
from assistant.api.routes.documents import documents
from assistant.api.routes.health import health
from assistant.api.routes.metrics import metrics
from assistant.api.routes.pages import pages
from assistant.api.routes.questions import questions
from assistant.api.security_headers import SecurityHeaders
from assistant.api.uploads import Uploads
from assistant.api.warm_up import WarmUp
from assistant.service import Assistant
from assistant.settings import Settings
from corpus import __version__

_THREADS = 8  # for all but questions, which the gate counts; each reads one document or conversation

_DESCRIPTION = """\
Pilcrow answers questions about paragraph-numbered documents and cites the printed paragraph number of
every statement it makes. Every error is a problem document (RFC 9457) with a `code` that never changes.
"""
_TAGS = [
    {"name": "questions", "description": "Answers with citations, and search."},
    {"name": "conversations", "description": "What was asked, and how it was answered then."},
    {"name": "documents", "description": "What is held: listed, read, put and deleted."},
    {"name": "citations", "description": "References and quotations of a text, looked up in what is held."},
    {"name": "openai", "description": "Questions of clients and chat interfaces made for OpenAI's API."},
    {"name": "health", "description": "For whatever watches the server."},
]


def create_app(open_assistant: Callable[[], Assistant], settings: Settings) -> FastAPI:
    """An application that opens its assistant when it starts and closes it when it ends.

    Raises `SettingsInvalid` for a file of keys that cannot be one.
    """
    app = _Api(
        settings,
        title="Pilcrow",
        version=__version__,
        summary="Answers about paragraph-numbered documents, with verified citations.",
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=_TAGS,
        # the framework's pages load their scripts from elsewhere
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        exception_handlers=dict(HANDLERS),
        lifespan=_lifespan(open_assistant, settings),
    )
    app.state.created = int(time.time())
    app.state.site = Site.build(settings.max_question)
    for router in (questions, conversations, documents, citations, chat, health, metrics, pages):
        app.include_router(router)
    app.add_middleware(BodyLimit)
    app.add_middleware(PathLimit)
    add_guards(app, settings)
    return app


class _Api(DescribedApi):
    """The application with the layers that see every response, that to an unexpected error included."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        super().__init__(**options)
        self.state.settings = settings
        self.state.closing = Closing()

    def build_middleware_stack(self) -> ASGIApp:
        """What handles a request, the framework's layers inside ours."""
        inner = LastResponses(HeadAsGet(super().build_middleware_stack()), self.state.closing)
        return RequestIds(Records(SecurityHeaders(inner), log_questions=self.state.settings.log_questions))


def _lifespan(
    open_assistant: Callable[[], Assistant], settings: Settings
) -> Callable[[FastAPI], AbstractAsyncContextManager[dict[str, Any]]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        assistant = await to_thread.run_sync(open_assistant)
        warm_up = WarmUp(assistant.warm_up)
        warm_up.start()
        gate = Gate(settings.max_concurrent, settings.max_waiting)
        uploads = Uploads(assistant.collection.home, settings.max_upload * 2**20)
        for call in (gate.last_call, uploads.stop, assistant.stop_reading):
            app.state.closing.at_last_call(call)
        try:
            yield {
                "assistant": assistant,
                "warm_up": warm_up,
                "gate": gate,
                "uploads": uploads,
                "metrics": Metrics(assistant, gate),
            }
        finally:
            await to_thread.run_sync(warm_up.stop)
            await to_thread.run_sync(assistant.close)

    return lifespan
