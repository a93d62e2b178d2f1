"""What the page of a credit file says: entries, what ended, what counts today, and why the grades are so."""

from goodstanding.portal.filepage.entries import PER_PAGE, Ended, Entries, EntryView, read_entries
from goodstanding.portal.filepage.grades import GradeView, read_grades
from goodstanding.portal.filepage.results import Results, results_of
from goodstanding.portal.filepage.then import Then, only_what_today_shows
from goodstanding.portal.filepage.verdict import Verdict, verdict

__all__ = [
    "PER_PAGE",
    "Ended",
    "Entries",
    "EntryView",
    "GradeView",
    "Results",
    "Then",
    "Verdict",
    "only_what_today_shows",
    "read_entries",
    "read_grades",
    "results_of",
    "verdict",
]
