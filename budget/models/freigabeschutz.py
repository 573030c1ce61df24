"""What the database asks before a Bescheid is released, whoever writes to it."""

from __future__ import annotations

import pgtrigger

from budget.states import BESCHEID_FREI, Vereinbarungszustand


def signed_only() -> pgtrigger.Trigger:
    """Return a trigger that refuses a released Bescheid over an unsigned Zielvereinbarung."""
    done = ", ".join(f"'{state.value}'" for state in BESCHEID_FREI)
    return pgtrigger.Trigger(
        name="nur_mit_unterschrift",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("stand", "TEXT")],
        func=f"""
            IF NEW.state NOT IN ({done}) OR NEW.zielvereinbarung_id IS NULL THEN
                RETURN NEW;
            END IF;
            SELECT state INTO stand FROM budget_zielvereinbarung
                WHERE id = NEW.zielvereinbarung_id;
            IF stand <> '{Vereinbarungszustand.UNTERZEICHNET.value}' THEN
                RAISE EXCEPTION 'Fallwerk: kein Bescheid ohne unterzeichnete Zielvereinbarung';
            END IF;
            RETURN NEW;
        """,
    )


def not_by_who_set_amounts() -> pgtrigger.Trigger:
    """Return a trigger that refuses a release by whoever has written an amount it rests on.

    Who sent a change stands in the context of the history, with the account in its metadata.
    """
    return pgtrigger.Trigger(
        name="betrag_von_anderen",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__freigegeben_von__df=pgtrigger.F("new__freigegeben_von")),
        func="""
            IF EXISTS (
                SELECT 1 FROM budget_teilbudgetevent e
                JOIN pghistory_context c ON c.id = e.pgh_context_id
                WHERE e.persoenliches_budget_id = NEW.persoenliches_budget_id
                AND c.metadata->>'user' = NEW.freigegeben_von_id::TEXT
            ) THEN
                RAISE EXCEPTION 'Fallwerk: wer einen Betrag gesetzt hat, gibt nicht frei';
            END IF;
            RETURN NEW;
        """,
    )
