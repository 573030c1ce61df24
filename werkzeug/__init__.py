"""Start and services on a developer's machine; the Makefile calls it, docs/betrieb.md tells of it.

`einrichten.sh` has made the virtual environment in which these modules run.
"""
