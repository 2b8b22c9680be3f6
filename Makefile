# `make setup` makes .venv with the command `premortem`; `make demo` shows it at work, in a browser too; `make test`
# judges everything.
# All that it takes is Python 3.11 or later and make.

PYTHON ?= python3
VENV := .venv/bin

.PHONY: setup demo test lint types imports unit bench-ledger bench-listening bench-checks bench-reviewing bench-replay bench-forecast bench-web bench-contests bench-exporting bench-mailing train clean

setup: .venv/ready

.venv/ready: pyproject.toml uv.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "premortem needs Python 3.11 or later; say which with: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(VENV)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	$(VENV)/uv sync --quiet --frozen --inexact --python $(VENV)/python
	touch $@

demo: setup
	$(VENV)/premortem demo --serve

test: lint types imports unit

lint: setup
	$(VENV)/ruff check .
	$(VENV)/ruff format --check --quiet .

types: setup
	$(VENV)/mypy

imports: setup
	$(VENV)/lint-imports

unit: setup
	$(VENV)/pytest -n auto

bench-ledger: setup
	$(VENV)/python bench/ledger.py

# Measures the readers beside others and writes the table of docs/listening.md; ARGS='--deals FOLDER' for other deals.
bench-listening: setup
	$(VENV)/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	$(VENV)/python -m bench.listening $(ARGS)

# What the checks see of the labelled deals, by the labels' own facts and by what the reader hears; ARGS='--deals FOLDER'.
bench-checks: setup
	$(VENV)/python -m bench.checks --facts labels $(ARGS)
	$(VENV)/python -m bench.checks --facts reader $(ARGS)

# A hundred thousand deals of fifty entries reviewed from the ledger; ARGS='--deals 10000' for fewer.
bench-reviewing: setup
	$(VENV)/python -m bench.reviewing $(ARGS)

# Deals that were not won, looked back on: is the main cause among the first factors, and was it seen in time?
bench-replay: setup
	$(VENV)/python -m bench.replaying $(ARGS)
	$(VENV)/python -m bench.replay_speed

# Forecasts beside the bars that others reached on the same material, a made-up firm whose truth is known, and speed.
bench-forecast: setup
	$(VENV)/python -m bench.forecast_tables
	$(VENV)/python -m bench.forecast_histories
	$(VENV)/python -m bench.forecast_speed

# How quick each page is with 20,000 deals and a million entries, in process and with eight users at once.
bench-web: setup
	$(VENV)/python -m bench.web $(ARGS)

# A contest of ten thousand people and a million bookings.
bench-contests: setup
	$(VENV)/python -m bench.contests $(ARGS)

# A CRM's export of a hundred thousand deals with a million rows of history.
bench-exporting: setup
	$(VENV)/python -m bench.exporting $(ARGS)

# A mailbox of fifty thousand mails, placed.
bench-mailing: setup
	$(VENV)/python -m bench.mailing $(ARGS)

# Fits the claim reader on the corpus; see corpus/GUIDE.md. It takes torch, and the better part of an hour on two cores.
train: setup
	$(VENV)/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	$(VENV)/python -m training.fit corpus build/model

clean:
	rm -rf .venv build dist
