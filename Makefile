# What people and machines run; `make` alone lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared

# A checkout keeps its documents and index to itself.
export PILCROW_HOME ?= $(CURDIR)/.pilcrow
# Nothing is downloaded when Pilcrow runs.
export HF_HUB_OFFLINE = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# In the environment rather than on the command line, so that a question may hold any character.
Q ?= What did the Committee say about extradition?
export Q

# With PILCROW_ENGINE=milvus its client is installed besides.
MILVUS := $(if $(filter milvus,$(PILCROW_ENGINE)),$(VENV)/.milvus)

.DEFAULT_GOAL := help
BENCHES := $(addprefix bench-,answers api-schema chat chats follow-ups retrieval encoding parse hostile kills start chat-start citations conditions conversations chat-conversation chat-source chat-documents lists pages transcripts uploads)
LONG_BENCHES := $(addprefix bench-,api milvus scale ranking obliqa rival)

.PHONY: help setup ask chat serve test test-pages test-snapshots chat-picture coverage check bench openapi format constraints wheel clean $(BENCHES) $(LONG_BENCHES)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.developer ## install what developers need

ask: $(VENV)/.user $(MILVUS) ## answer a question: make ask Q="what about adoption?"
	@$(BIN)/pilcrow ask -- "$$Q" || test $$? -eq 3

chat: $(VENV)/.user $(MILVUS) ## open the terminal chat
	@$(BIN)/pilcrow chat

serve: $(VENV)/.user $(MILVUS) ## serve the HTTP API on this machine
	@$(BIN)/pilcrow serve

test: $(VENV)/.developer ## run the tests, files of them at a time on each core
	$(BIN)/pytest -n auto --dist loadfile

test-pages: $(VENV)/.browser ## try the pages in Chromium, which must be installed
	$(BIN)/pytest tests/browser tests/api/test_pages.py tests/api/test_question_page.py tests/api/test_page_safety.py

test-snapshots: $(VENV)/.developer ## compare the chat's window with pictures; RENEW=--renew keeps what is drawn now
	$(BIN)/pytest tests/tui_snapshots/snapshots.py $(RENEW)

chat-picture: $(VENV)/.developer ## draw the conversation that README shows
	$(BIN)/python -m tests.tui_snapshots.picture docs/chat.svg

coverage: $(VENV)/.developer ## run the tests and measure how much of the four rooms they run
	$(BIN)/pytest --cov --cov-report=term:skip-covered

check: $(VENV)/.developer ## lint, format, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BENCHES) ## measure; each table says what it shows

bench-answers: $(VENV)/.developer ## right citations, follow-ups, refusals and time to answer on labelled questions
	$(BIN)/python -m tests.benchmarks.answers $(DATA)

bench-chat: $(VENV)/.developer ## how soon the terminal chat shows a key while an answer streams, and what is long
	$(BIN)/python -m tests.benchmarks.chat

bench-chats: $(VENV)/.developer ## what conversations cost that clients of OpenAI's API send with every question
	$(BIN)/python -m tests.benchmarks.chats $(DATA)

bench-follow-ups: $(VENV)/.developer ## recall for follow-ups of other people's dialogues, as typed and rewritten
	$(BIN)/python -m tests.benchmarks.follow_ups $(DATA)

bench-refusal: $(VENV)/.developer ## how well answerable questions are told from others, both error rates
	$(BIN)/python -m tests.benchmarks.refusal $(DATA)

bench-support: $(VENV)/.developer ## how well claims that words support are told from others
	$(BIN)/python -m tests.benchmarks.support $(DATA)

bench-retrieval: $(VENV)/.developer ## right paragraphs for questions on headings and their rephrasings
	$(BIN)/python -m tests.benchmarks.retrieval $(DATA)

bench-obliqa: $(VENV)/.developer ## recall on regulations Pilcrow was not made for, and what ideas would give (minutes)
	$(BIN)/python -m tests.benchmarks.obliqa $(DATA)
	$(BIN)/python -m tests.benchmarks.obliqa_ideas $(DATA)

bench-rival: $(VENV)/.developer ## the same documents, model and questions in Pilcrow and txtai (minutes)
	$(BIN)/python -m tests.benchmarks.rival $(DATA)

bench-encoding: $(VENV)/.developer ## passages a second beside plain sentence-transformers and the processor's limit
	$(BIN)/python -m tests.benchmarks.encoding $(DATA)

bench-parse: $(VENV)/.developer ## numbers, headings and furniture of real PDF files, pages a second
	$(BIN)/python -m tests.benchmarks.parse $(DATA)

bench-hostile: $(VENV)/.developer ## what becomes of files that are cut off, altered or mixed up
	$(BIN)/python -m tests.benchmarks.hostile $(DATA)

bench-kills: $(VENV)/.developer ## what an ingest leaves behind that is killed at a random moment
	$(BIN)/python -m tests.benchmarks.kills $(DATA)

bench-scale: $(VENV)/.developer ## a million passages: build, size, memory, search, change (an hour, 7 GB; not in bench)
	$(BIN)/python -m tests.benchmarks.scale $(DATA) --curve --svg docs/scale.svg

bench-milvus: $(VENV)/.developer ## the same passages in both engines: what they find, how soon, what they take (half an hour)
	$(BIN)/python -m tests.benchmarks.engines $(DATA)

bench-start: $(VENV)/.developer ## how long commands take to start
	$(BIN)/python -m tests.benchmarks.start

bench-chat-start: $(VENV)/.developer ## how long the chat takes until its window is painted, beside Textual itself
	$(BIN)/python -m tests.benchmarks.chat_start

bench-citations: $(VENV)/.developer ## references and quotations, right and wrong ones: what becomes of them
	$(BIN)/python -m tests.benchmarks.citations $(DATA)
	$(BIN)/python -m tests.benchmarks.quotations $(DATA)
	$(BIN)/python -m tests.benchmarks.citation_check $(DATA)
	$(BIN)/python -m tests.benchmarks.citation_acts $(DATA)

bench-conditions: $(VENV)/.developer ## what phrases, AND, OR, NOT and * cost a search
	$(BIN)/python -m tests.benchmarks.conditions $(DATA)

bench-chat-source: $(VENV)/.developer ## how long a document takes to be read in the chat, beside a widget for each line
	$(BIN)/python -m tests.benchmarks.source_pane $(DATA)

bench-chat-documents: $(VENV)/.developer ## what a key costs in the list of documents of the chat
	$(BIN)/python -m tests.benchmarks.documents_list

bench-chat-conversation: $(VENV)/.developer ## how long a kept conversation takes to be on the screen, and words in it to be found
	$(BIN)/python -m tests.benchmarks.chat_conversation $(DATA)

bench-conversations: $(VENV)/.developer ## what keeping a question costs, and how long conversations take to find
	$(BIN)/python -m tests.benchmarks.conversations

bench-transcripts: $(VENV)/.developer ## what filing a long conversation and citing a place cost
	$(BIN)/python -m tests.benchmarks.transcripts

bench-lists: $(VENV)/.developer ## complete lists beside a search and beside reading every paragraph
	$(BIN)/python -m tests.benchmarks.complete_lists $(DATA)

bench-uploads: $(VENV)/.developer ## how long questions take while documents are put over HTTP
	$(BIN)/python -m tests.benchmarks.uploads $(DATA)

bench-api: $(VENV)/.developer ## the HTTP API under load, its memory, beside txtai's, and after kills (20 minutes)
	$(BIN)/python -m tests.benchmarks.api $(DATA)

bench-api-schema: $(VENV)/.developer ## thousands of requests made from the API's description, with all checks
	$(BIN)/python -m tests.benchmarks.api_schema

bench-pages: $(VENV)/.developer ## what the page of a document costs beside the same document as JSON
	$(BIN)/python -m tests.benchmarks.pages $(DATA)

bench-ranking: $(VENV)/.developer ## what was tried in ranking, one part of it changed at a time (minutes)
	$(BIN)/python -m tests.benchmarks.ranking $(DATA)

openapi: $(VENV)/.developer ## write docs/openapi.json anew
	$(BIN)/python -m assistant.api > docs/openapi.json

format: $(VENV)/.developer ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

constraints: $(VENV)/.developer ## pin what is installed
	$(BIN)/pip freeze --exclude-editable | sed 's/^torch==\([0-9.]*\).*/torch==\1/' > constraints.txt

wheel: $(VENV)/.developer ## build the wheel into dist/
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean: ## delete what make made, the documents of this checkout among it
	rm -rf $(VENV) .bench .pilcrow dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis .coverage*

$(VENV)/.user: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Pilcrow needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.milvus: $(VENV)/.user
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[milvus]'
	@touch $@

$(VENV)/.developer: $(VENV)/.user
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(VENV)/.browser: $(VENV)/.developer
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[browser]'
	@touch $@
