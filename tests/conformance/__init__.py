"""Cases by which another engine can prove itself: rulebook, records, day, and what must come out."""
