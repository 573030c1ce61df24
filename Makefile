# Jedes Ziel richtet sich selbst ein: `make run` genügt.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
define ALT
Fallwerk braucht Python 3.11 oder neuer; einrichten mit: apt install python3.11 python3.11-venv
endef
WERKZEUG = @cd '$(CURDIR)' && \
	{ $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo '$(ALT)' >&2; exit 1; }; } && exec $(PYTHON) -B -m
ARGS ?=
OUT ?= ausgabe
STAND ?= A

.DEFAULT_GOAL := help
.PHONY: help run stop demo musterfall test check format migrations fassung bench mutation clean

help: ## zeigt diese Liste
	@grep -hE '^[a-z]+: ##' '$(firstword $(MAKEFILE_LIST))' | sed -E 's/^([a-z]+): ## /  make \1\t/' | expand -t 20

run: ## richtet ein und startet Fallwerk mit Vorführdaten; Strg-C beendet
	$(WERKZEUG) werkzeug.starten

stop: ## beendet Fallwerk und was ein abgestürzter Lauf hinterließ
	$(WERKZEUG) werkzeug.stoppen

demo: ## setzt die Vorführdaten zurück
	$(WERKZEUG) werkzeug.aufrufen demo

musterfall: ## rechnet den Musterfall: make musterfall OUT=ordner STAND=A|B
	$(WERKZEUG) werkzeug.aufrufen musterfall '$(OUT)' '$(STAND)'

test: ## alle Tests, auch im Browser; ARGS="tests/recht -x" schränkt ein
	$(WERKZEUG) werkzeug.pruefen test $(ARGS)

check: ## Form, Regeln, Typen, Schichten, Migrationen, Tests ohne Browser
	$(WERKZEUG) werkzeug.pruefen check

format: ## bringt Code und Vorlagen in Form
	$(WERKZEUG) werkzeug.pruefen format

migrations: ## schreibt fehlende Migrationen
	$(WERKZEUG) werkzeug.aufrufen migrations $(ARGS)

fassung: ## friert die Migrationen einer Fassung ein und legt ihren Bestand ab: ARGS=0.4.0
	$(WERKZEUG) werkzeug.aufrufen fassung $(ARGS)

bench: ## misst Rechnung, Seiten und PDF gegen ihre Grenzen
	$(WERKZEUG) werkzeug.aufrufen bench $(ARGS)

mutation: ## setzt kleine Fehler in recht/ und zählt, wie viele die Tests bemerken (lange)
	$(WERKZEUG) werkzeug.aufrufen mutation $(ARGS)

clean: ## entfernt Umgebung, Dienste samt Daten und Zwischenstände
	$(WERKZEUG) werkzeug.stoppen --sauber
