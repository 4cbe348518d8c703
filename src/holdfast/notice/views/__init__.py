"""The room's pages: reading where the programme stands (reading), and saying something of it (saying)."""
