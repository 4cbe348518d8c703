"""The performance room's pages: returns, releases, indicators and the records behind them."""
