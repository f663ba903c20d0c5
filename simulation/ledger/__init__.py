"""The ledger: tables of what happened, the credit that sales give,
and reads that can no longer receive credit.
"""
