"""Which deal a mail, a call or a meeting belongs to, by people, account, thread and time; never by a guess."""
