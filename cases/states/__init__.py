"""States and steps as tables, one module per noun."""
