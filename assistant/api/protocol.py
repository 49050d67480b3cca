"""What is answered to bytes that are no HTTP, before there is a request that routes could handle."""

from __future__ import annotations

import secrets
import sys
from http import HTTPStatus

import h11
from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from assistant.api.problems import respond_api
from assistant.api.request_ids import HEADER, current_request_id


class ProblemProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 over h11, with problem documents for what it would answer in plain text."""

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be parsed, and close; called while the parser's error is handled."""
        if self.cycle is not None:
            self.cycle.disconnected = True  # what comes of a request before it has nowhere to go
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            request_id = secrets.token_hex(8)
            token = current_request_id.set(request_id)
            response = _problem(sys.exception())
            current_request_id.reset(token)
            extra = [(HEADER.encode(), request_id.encode()), (b"Connection", b"close")]
            start = h11.Response(
                status_code=response.status_code,
                headers=[*response.raw_headers, *extra],
                reason=STATUS_PHRASES[response.status_code],
            )
            for event in (start, h11.Data(data=bytes(response.body)), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def _problem(error: BaseException | None) -> Response:
    """The parser hints where a line or the headers are too long; all else is malformed."""
    hint = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else None
    if hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
        return respond_api({"path": ""}, "headers_too_large", "The path or the headers are too long.")
    return respond_api({"path": ""}, "malformed_http", "This is no HTTP request.")
