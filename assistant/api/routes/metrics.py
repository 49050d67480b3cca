"""Metrics for Prometheus.

Reading the catalog may block, so it is a plain function, which the framework runs in a thread.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.api import examples
from assistant.api.dependencies import TheMetrics
from assistant.api.openapi import error_responses

metrics = APIRouter(tags=["health"])


@metrics.get(
    "/metrics",
    name="metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    response_description="All values, as text or in the OpenMetrics format, whichever is asked for.",
    responses=examples.METRICS | error_responses("internal_error"),
)
def show_metrics(metrics: TheMetrics, request: Request) -> Response:
    """Tell requests, answers, failed checks, the gate and the size of the index; never what is asked."""
    content, media_type = metrics.exposed(request.headers.get("Accept", ""))
    return Response(content, headers={"Content-Type": media_type})
