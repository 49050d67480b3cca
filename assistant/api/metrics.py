"""What Prometheus is told: requests, answers, checks, the gate and the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from assistant.answer import Answer
from assistant.answer_cache import AnswerCache
from assistant.api.gate import Gate
from assistant.errors import PilcrowError
from assistant.service import Assistant
from corpus import __version__

CitationKind = Literal["reference", "quotation", "finding"]
LookedUp = tuple[CitationKind, str]
"""What was found in a text and its verdict, or the code of a finding."""

_SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_PHASE_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)
_CHECKS = ("exists", "verbatim", "supported")
_TURNED_AWAY = ("server_busy", "conversation_full", "conversation_busy", "client_gone", "shutting_down")


class Metrics:
    """The metrics of one server, in a registry of its own."""

    def __init__(self, assistant: Assistant, gate: Gate) -> None:
        self._registry = registry = CollectorRegistry()
        by_route = ("method", "route", "status")
        self._requests = Counter("pilcrow_http_requests", "Requests answered.", by_route, registry=registry)
        self._seconds = Histogram(
            "pilcrow_http_request_duration_seconds",
            "From a request to the last byte of its response.",
            by_route,
            buckets=_SECONDS,
            registry=registry,
        )
        self._in_progress = Gauge(
            "pilcrow_http_requests_in_progress", "Requests being handled.", registry=registry
        )
        self._answers = Counter(
            "pilcrow_answers", "Questions by what came of them.", ("outcome",), registry=registry
        )
        self._phases = Histogram(
            "pilcrow_answer_phase_seconds",
            "How long each phase of answering took, and all of it.",
            ("phase",),
            buckets=_PHASE_SECONDS,
            registry=registry,
        )
        self._failed_checks = Counter(
            "pilcrow_failed_checks", "Citations that did not pass a check.", ("check",), registry=registry
        )
        for check in _CHECKS:
            self._failed_checks.labels(check)  # so that an alert finds a zero before the first one
        self._looked_up = Counter(
            "pilcrow_citations",
            "Citations of texts by what became of them.",
            ("kind", "verdict"),
            registry=registry,
        )
        build = Gauge("pilcrow_build_info", "The version that runs.", ("version",), registry=registry)
        build.labels(__version__).set(1)
        registry.register(_GateState(gate))
        registry.register(_IndexState(assistant))
        registry.register(_CacheState(assistant.answer_cache))
        ProcessCollector(registry=registry)

    def begin(self) -> None:
        """A request has come."""
        self._in_progress.inc()

    def end(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request has been answered."""
        self._in_progress.dec()
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(method, route, status).observe(seconds)

    def came_of(self, answers: Iterable[Answer], looked_up: Mapping[LookedUp, int]) -> None:
        """What a request was answered where it asked, and what became of the citations that it sent."""
        for answer in answers:
            self._answered(answer)
        for (kind, verdict), number in looked_up.items():
            self._looked_up.labels(kind, verdict).inc(number)

    def _answered(self, answer: Answer) -> None:
        self._answers.labels(outcome_of(answer)).inc()
        for phase, milliseconds in answer.timings_ms.items():
            self._phases.labels(phase).observe(milliseconds / 1000)
        for check in _CHECKS:
            failed = sum(getattr(citation.checks, check) is False for citation in answer.citations)
            self._failed_checks.labels(check).inc(failed)

    def exposed(self, accept: str) -> tuple[bytes, str]:
        """All values in the format that an Accept header asks for, and its content type."""
        encoder, content_type = choose_encoder(accept)
        return encoder(self._registry), content_type


class _GateState(Collector):
    """How many questions wait and are in work, read when asked for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def describe(self) -> Iterable[Metric]:
        return self.collect()

    def collect(self) -> Iterator[Metric]:
        yield _gauge("gate_in_work", "Questions being worked on.", self._gate.in_work)
        yield _gauge("gate_waiting", "Questions waiting to be worked on.", self._gate.waiting)
        turned_away = CounterMetricFamily(
            "pilcrow_gate_turned_away", "Questions that were not worked on.", labels=["reason"]
        )
        for reason in _TURNED_AWAY:
            turned_away.add_metric([reason], self._gate.turned_away[reason])
        yield turned_away


class _CacheState(Collector):
    """How many answers were kept ones, read when asked for."""

    def __init__(self, cache: AnswerCache) -> None:
        self._cache = cache

    def describe(self) -> Iterable[Metric]:
        return self.collect()

    def collect(self) -> Iterator[Metric]:
        looked_up = CounterMetricFamily(
            "pilcrow_answer_cache", "Answers looked for among those kept.", labels=["result"]
        )
        looked_up.add_metric(["hit"], self._cache.hits)
        looked_up.add_metric(["miss"], self._cache.misses)
        yield looked_up


class _IndexState(Collector):
    """What is held and searched, read when asked for; without values where it cannot be read."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def describe(self) -> Sequence[Metric]:
        return ()  # the names are free, and nothing need be read to know so

    def collect(self) -> Iterator[Metric]:
        try:
            held = self._assistant.info()
        except PilcrowError:
            yield _gauge("index_readable", "Whether catalog and index can be read.", 0)
            return
        yield _gauge("index_readable", "Whether catalog and index can be read.", 1)
        yield _gauge("index_documents", "Documents held, current editions.", held.documents)
        yield _gauge("index_paragraphs", "Paragraphs of them.", held.paragraphs)
        yield _gauge(
            "index_passages", "Passages that are searched.", held.index.passages if held.index else 0
        )
        yield _gauge("index_generation", "The generation that is published.", held.generation)


def outcome_of(answer: Answer) -> str:
    """`answered`, or why not."""
    return answer.refusal_reason or "answered"


def _gauge(name: str, description: str, value: float) -> Metric:
    return GaugeMetricFamily(f"pilcrow_{name}", description, value)
