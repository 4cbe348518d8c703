"""Every read of the governance room. The first argument is the account (or SYSTEM), and no permission means no rows."""

from holdfast.governance.selectors.meetings import meetings

__all__ = ["meetings"]
