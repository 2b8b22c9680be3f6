"""REST: the acts for other programs, as JSON. `doors.py` puts it together; `routes/` has one module a subject."""
