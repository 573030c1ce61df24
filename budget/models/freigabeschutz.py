"""What the database asks before a Bescheid is released, whoever writes to it."""

from __future__ import annotations

from collections.abc import Collection

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


# What a further decision rests on: table of the fact, who wrote it, how it and the decision
# (`NEW`) find each other.
_GRUNDLAGEN = (
    ("budget_widerspruch", "erfasst_von_id", "f.id = NEW.widerspruch_id"),
    ("budget_beitragspruefung", "geprueft_von_id", "f.folgebescheid_id = NEW.id"),
    ("budget_unterbrechung", "bearbeitet_von_id", "f.folgebescheid_id = NEW.id"),
    ("budget_traegerwechsel", "erfasst_von_id", "f.aufhebung_id = NEW.id"),
)


def not_by_who_recorded_its_ground(vorlaeufig: Collection[str]) -> pgtrigger.Trigger:
    """Return a trigger that refuses a release by whoever has recorded what the decision rests on.

    Also where somebody else has written there since: the change history names all of them. Of
    steps the Chronik says it: the promise of the other carrier and, for the kinds `vorlaeufig`,
    who is competent and why the Leistung is provisional only.
    """
    fakten = " UNION ALL ".join(
        f"SELECT 1 FROM {tabelle} f JOIN {tabelle}event e ON e.pgh_obj_id = f.id "
        f"WHERE {bezug} AND e.{wer} = NEW.freigegeben_von_id"
        for tabelle, wer, bezug in _GRUNDLAGEN
    )
    arten = ", ".join(f"'{art}'" for art in sorted(vorlaeufig))
    return pgtrigger.Trigger(
        name="grundlage_von_anderen",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__freigegeben_von__df=pgtrigger.F("new__freigegeben_von")),
        func=f"""
            IF EXISTS (
                {fakten}
                UNION ALL SELECT 1 FROM budget_traegerwechsel f JOIN cases_ereignis e
                    ON e.gegenstand = 'traegerwechsel:' || f.id
                    WHERE f.aufhebung_id = NEW.id AND e.case_id = NEW.case_id
                    AND e.user_id = NEW.freigegeben_von_id
                UNION ALL SELECT 1 FROM cases_ereignis e
                    WHERE NEW.art IN ({arten}) AND e.case_id = NEW.case_id
                    AND e.art = 'zustaendigkeit' AND e.gegenstand = 'antrag:' || NEW.antrag_id
                    AND e.user_id = NEW.freigegeben_von_id
            ) THEN
                RAISE EXCEPTION 'Fallwerk: wer die Grundlage erfasst hat, gibt nicht frei';
            END IF;
            RETURN NEW;
        """,
    )
