"""Errors of the package. Every message is a German sentence that an office can read."""


class RechtFehler(ValueError):
    """Base of all errors of ``recht``."""


class EingabeUngueltig(RechtFehler):
    """A value that no rule accepts: a negative amount, an unknown kind, 30 February.

    ``feld`` names the argument that is wrong where a caller can point at it.
    """

    def __init__(self, text: str, feld: str = "") -> None:
        super().__init__(text)
        self.feld = feld


class NormUngueltig(RechtFehler):
    """A text that is no citation in the short form."""


class AusserhalbDerDeckung(RechtFehler):
    """A day for which the package holds no verified law."""


class LandUnbekannt(RechtFehler):
    """A code that is none of the sixteen Länder."""


class FristUnbekannt(RechtFehler):
    """A Frist that the catalogue does not hold, or not under this Rechtsstand."""


class ParameterUnbekannt(RechtFehler):
    """A value that is not held at all, or not for this day."""
