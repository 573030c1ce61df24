# Jedes Ziel richtet sich selbst ein: `make run` genügt.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
define ALT
Fallwerk: Es fehlt Python 3.11 oder neuer; bitte einrichten mit: apt install python3.11 python3.11-venv
endef
# Richtet ein (base: das Produkt, dev: auch die Prüfwerkzeuge) und ruft das Werkzeug. Stirbt make,
# endet es mit.
RICHTE = @cd '$(CURDIR)' && export PYTHON='$(PYTHON)' BEGINN=$$(date +%s.%N) && \
	{ "$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo '$(ALT)' >&2; exit 1; }; } && sh werkzeug/einrichten.sh
WERKZEUG = exec setpriv --pdeathsig TERM .venv/bin/python -B -m werkzeug
MIT_TESTDIENSTEN = $(RICHTE) dev && $(WERKZEUG) test
ARGS ?=
OUT ?= ausgabe
STAND ?= A

.DEFAULT_GOAL := help
.PHONY: help run stop demo musterfall test check format migrations fassung bench stoerungen mutation audit clean

help: ## zeigt diese Liste
	@grep -hE '^[a-z]+: ##' '$(firstword $(MAKEFILE_LIST))' | sed -E 's/^([a-z]+): ## /  make \1\t/' | expand -t 20

run: ## richtet ein und startet Fallwerk mit Vorführdaten; Strg-C beendet
	$(RICHTE) base && $(WERKZEUG) run

stop: ## beendet Fallwerk und was ein abgestürzter Lauf hinterließ
	$(RICHTE) base && $(WERKZEUG) stop

demo: ## setzt die Vorführdaten zurück
	$(RICHTE) base && $(WERKZEUG) demo

musterfall: ## rechnet den Musterfall: make musterfall OUT=ordner STAND=A|B
	$(RICHTE) base && $(WERKZEUG) musterfall '$(OUT)' '$(STAND)'

test: ## alle Tests, auch im Browser; ARGS="tests/recht -x" schränkt ein
	$(MIT_TESTDIENSTEN) pytest $(ARGS)

check: ## Form, Regeln, Typen, Schichten, Migrationen, Tests ohne Browser
	$(MIT_TESTDIENSTEN) $(MAKE) --no-print-directory pruefschritte

format: ## bringt Code und Vorlagen in Form
	$(RICHTE) dev && PATH="$$PWD/.venv/bin:$$PATH" && \
	{ ruff check --fix --quiet .; ruff format . && djlint --reformat --quiet templates; }

migrations: ## schreibt fehlende Migrationen
	$(MIT_TESTDIENSTEN) python manage.py makemigrations $(ARGS)

fassung: ## friert die Migrationen einer Fassung ein und legt ihren Bestand ab: ARGS=0.4.0
	$(MIT_TESTDIENSTEN) python -m tools.fassung $(ARGS)

bench: ## misst Rechnung, Seiten und PDF gegen ihre Grenzen
	$(RICHTE) dev && $(WERKZEUG) vorfuehrung python -m bench $(ARGS)

stoerungen: ## stört eigene Dienste hart und zählt Verlorenes und Doppeltes; GROSS=1 mit 10.000
	$(RICHTE) dev && exec setpriv --pdeathsig TERM .venv/bin/python -B -m tools.stoerungen $(ARGS)

mutation: ## setzt Fehler in Recht, Fundstellen, Prüfungen, Services; zählt die bemerkten (lange)
	$(RICHTE) dev && exec .venv/bin/python tools/pruefe_mutation.py $(ARGS)

audit: ## prüft die festgelegten Fassungen auf bekannte Schwachstellen; 3 heißt nichts geprüft
	$(RICHTE) dev && exec .venv/bin/python -m tools.audit

clean: ## entfernt Umgebung, Dienste samt Daten und Zwischenstände
	@if [ -x .venv/bin/python ]; then .venv/bin/python -B -m werkzeug clean; fi
	@rm -rf .venv .dienste staticfiles htmlcov .coverage .*_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo 'Umgebung, Dienste und Zwischenstände sind entfernt.'

# Die Schritte von `make check`, nach der Zeit, die sie brauchen; der erste, der scheitert, beendet sie.
# mypy rechnet auf einem Kern und lange: Währenddessen beginnen auf dem anderen die Tests.
.PHONY: pruefschritte
pruefschritte:
	ruff format --check .
	ruff check .
	djlint --check templates
	djlint --lint --quiet templates
	lint-imports --no-logo
	mypy & typen=$$!; python manage.py makemigrations --check --dry-run && pytest -q -m 'not browser'; rest=$$?; wait $$typen && exit $$rest
	@echo 'make check: alles in Ordnung.'
