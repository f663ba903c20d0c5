"""How the house is built: rooms, arrows between them, and how the code reads; ``python -m tests.house`` prints it."""
