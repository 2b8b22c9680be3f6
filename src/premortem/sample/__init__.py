"""The sample company: forty deals of a hosting firm, with calls, mails and notes as they come."""
