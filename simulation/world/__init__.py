"""The world of one run: its columns, ties, ids of people, queues of business units, tickets."""
