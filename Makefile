# Touchstone: `make demo` shows it, `make test` tests it; `make help` lists the rest.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo app test screen lint bench hooks install

PYTHON ?=
TORCH_INDEX ?=
ARGS ?=
export PYTHON TORCH_INDEX

python := .venv/bin/python

help: ## this list
	@echo "Touchstone compares photos of a suspect item with genuine references."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile
	@echo
	@echo "  ARGS=\"...\"            more arguments for the command or for pytest"
	@echo "  TORCH_INDEX=ADDRESS   take torch from there, for instance a CPU-only build (README.md)"
	@echo "  PYTHON=python3.12     make .venv with this Python, 3.11 or newer"

demo: install ## the demo gallery and its suspects: in the window, or in text where there is no screen
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" = Darwin ]; then \
		exec $(python) -m app demo $(ARGS); \
	else \
		echo "No screen here: results in words, annotated pictures as files." >&2; \
		exec $(python) -m app demo --headless $(ARGS); \
	fi

app: install ## the window on your own gallery
	@exec $(python) -m app $(ARGS)

test: install ## every test, without a screen, in two processes; ARGS="-n 0" for one
	@QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
		$(python) -m pytest -n auto --maxprocesses 2 --dist loadfile $(ARGS)

screen: install ## the journey with real keys and mouse, on an X server of its own
	@TOUCHSTONE_REAL_INPUT=required QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1366x768x24" \
		$(python) -m pytest --headed tests/journeys/test_real_input.py $(ARGS)

lint: install ## style, types and the direction of imports
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(python) -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'

bench: install ## time and memory of an inspection on this computer
	@$(python) tests/benchmarks/inspect_speed.py $(ARGS)

hooks: install ## checks before every commit and push (needs git)
	$(python) -m pre_commit install --hook-type pre-commit --hook-type pre-push

install: ## .venv and the system packages; done by every other target where needed
	@.ci/install
	@.ci/system_packages --qt
