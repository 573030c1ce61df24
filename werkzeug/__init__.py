"""Set-up, start and checks on a developer's machine; standard library only.

These modules run before the virtual environment exists. Only `postfach` and
`bestand` are started with the environment's interpreter.
"""
