"""Cases: notice, objection, decision, service, repair and expiry, each step by the book."""
