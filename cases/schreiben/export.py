"""Many letters as one PDF for the printer.

Merging drops the tags that make a PDF accessible; the batch is for paper only, the frozen letter
stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pikepdf


def merge_pdfs(pdfs: Iterable[bytes]) -> tuple[bytes, int]:
    """Return the letters one after the other as one PDF, and its number of pages.

    The same letters give the same bytes.
    """
    with pikepdf.new() as stapel:
        for pdf in pdfs:
            with pikepdf.open(BytesIO(pdf)) as brief:
                stapel.pages.extend(brief.pages)
        out = BytesIO()
        stapel.save(out, deterministic_id=True)
        return out.getvalue(), len(stapel.pages)
