"""Webhooks: addresses of other programs that are told, signed, when something happens in a deal.

events.py       what there is to hear of, and the shape of a message
news.py         what the database noted → events
words.py        the names and words that go along where an admin says so
signing.py      secrets and signatures, after Standard Webhooks
addresses.py    which addresses may be sent to
posting.py      one POST: the only code here that connects
sending.py      what is due goes out, is tried again, is given up
work.py         the task that comes again while a webhook is on
"""
