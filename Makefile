# Two commands do everything on a fresh machine with Python 3.11 or later, git and make:
#   make demo    the brief of 11 April 2025 in out/
#   make test    everything that is checked
PYTHON ?= python3
DATE ?= 2025-04-11

.PHONY: demo test setup soak bench pack lock clean

demo:
	@$(PYTHON) tools/bootstrap.py run
	@.venv/bin/ustress brief --as-of $(DATE) -o out/brief-$(DATE).html

test:
	@$(PYTHON) tools/bootstrap.py check
	@tools/system.sh
	@tools/check.sh

setup:
	@$(PYTHON) tools/bootstrap.py check

# Longer trials: two hundred kills at random; results are kept in benchmarks/results.
soak: setup
	@USTRESS_SOAK=1 .venv/bin/python -m pytest tests/soak

bench: setup
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; .venv/bin/python $$script || exit 1; done

# Rebuild the embedded figures from a folder of source tables: make pack TABLES=DIR
pack: setup
	@.venv/bin/python -m tools.build_pack --tables $(TABLES)

# Pin anew, with hashes (needs uv).
lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o constraints/run.txt
	uv pip compile pyproject.toml --group build --group check --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o constraints/check.txt

clean:
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis
