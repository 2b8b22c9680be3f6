"""A mailbox: a file of mails (mbox), a Maildir, a folder of .eml files, or a folder on a server."""
