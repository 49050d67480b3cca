"""What the tests of drafts stand on."""

from tests.assistant.citations.conftest import resolver as resolver
