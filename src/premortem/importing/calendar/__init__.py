"""A calendar's file (.ics): meetings, who was invited, and what they answered."""
