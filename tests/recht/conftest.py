"""Properties run without a time limit per example: a busy machine is no error of the law."""

from hypothesis import settings

settings.register_profile("recht", deadline=None)
settings.load_profile("recht")
