"""The stable codes of what can be wrong with a row, and what to do about each.

Codes are part of the public interface: reports, problem files and tests name them; none is ever reused.
Faults of identifiers come from their scheme: `identifier-<fault>`, for instance `identifier-check`.
"""

from __future__ import annotations

REMEDIES: dict[str, str] = {
    # the row cannot be cut into cells
    "too-few-cells": "Give the row as many cells as the header has; an empty cell needs its separator too.",
    "too-many-cells": "Put quotes around a cell that holds the separator, or remove the extra cells.",
    "unclosed-quote": "Close the quote that this row opens, or double a quote that belongs to the text.",
    "stray-quote": "Double a quote that belongs to the text, and put quotes around the whole cell.",
    "undecodable": "Save the file again in the encoding that the contract names; this row's bytes are not in it.",
    "nul-byte": "Remove the NUL character; it is no text, and often means a damaged transfer.",
    "json-line": "Write one complete JSON object on the line.",
    "json-repeated-key": "State each field of the object once.",
    "nested-value": "Give each field a single value: text, number, true, false or null.",
    "spreadsheet-error": "Mend the formula; the cell holds a spreadsheet's error, no value.",
    "spreadsheet-rounded": "Format the column as text and enter the number again: the spreadsheet has rounded it.",
    # one cell
    "required": "Fill the cell; the contract requires it.",
    "date-format": "Write the date in the format that the contract states.",
    "date-invalid": "Give a day that the calendar has.",
    "date-placeholder": "Leave the cell empty if the day is not known; 1900-01-01 is a placeholder.",
    "date-range": "Give a day from 1900-01-02 to 2199-12-31; leave the cell empty if there is none.",
    "date-in-future": "Give the day on which it happened; it cannot lie in the future.",
    "date-order": "The end lies before the start: correct one of the two days.",
    "number-format": "Write digits only, with the separators that the contract states.",
    "number-fraction": "Write a whole number.",
    "number-decimals": "Write no more decimals than the smallest unit has.",
    "number-range": "Give a number within the bounds that the contract states.",
    "number-too-large": "Give a number of at most 9,007,199,254,740,991 smallest units.",
    "code-unknown": "Use one of the codes that the contract lists.",
    "pattern": "Write the cell in the form that the contract states.",
    "too-long": "Shorten the text to the length that the contract states.",
    # the row as a whole
    "key-missing": "Fill the cells that name the row; without them a correction could not find it.",
    "conflicting-key": "Two rows of this file say different things under one key: keep the right one.",
    "instrument-missing": "State the number of the legally effective document.",
    "item-unknown": "Use one of the kinds of record that the contract maps to the catalogue.",
    "kind-unknown": "Use one of the kinds of organisation that the contract lists.",
    "seriousness-unknown": "Use one of the degrees of seriousness that the contract lists.",
    "currency-unknown": "Write the currency as three capital letters (ISO 4217).",
    "role-unknown": "Use one of the roles that the contract lists.",
    "tie-unknown": "Use one of the ties that the contract lists.",
    "tie-to-itself": "Name another organisation; a tie joins two.",
    # not admitted by section 1 of the design: no value is shown
    "personal-number": "Remove the natural person's number from the row; it may not be kept anywhere.",
    "subject-not-admitted": "Do not send this row: the organisation is not a subject of public credit files.",
    # notes: the row was loaded
    "decided-before-occurred": "Check the two days; the decision lies before what it is about.",
    "legacy-identifier": "Correct the other identifier; the row was loaded without it.",
    "replacement-character": "Send the text again: an earlier conversion has lost characters of it.",
    "control-character": "Remove the control character from the text.",
}

NOTES = ("decided-before-occurred", "legacy-identifier", "replacement-character", "control-character")
"""Rules whose breach is told without keeping the row out."""

NOT_ADMITTED = "Do not send this row: the contract's rule {rule!r} shows that it is not admitted."
BROKEN_IDENTIFIER = "Check the identifier against the register; as written it cannot be right."


def remedy(rule: str) -> str:
    """What to do about a rule broken, one sentence."""
    if rule in REMEDIES:
        return REMEDIES[rule]
    if rule.startswith("identifier-"):
        return BROKEN_IDENTIFIER
    return NOT_ADMITTED.format(rule=rule)
