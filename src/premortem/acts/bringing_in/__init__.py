"""How what a firm has comes in: deal folders, exports, mail, calendars, recordings; and how it is taken back."""
