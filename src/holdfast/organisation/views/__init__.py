"""The room's pages: who the programme is made of (people), and accounts and their roles (accounts)."""
