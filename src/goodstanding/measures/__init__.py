"""Memoranda, orders, feedback, the check at the counter."""
