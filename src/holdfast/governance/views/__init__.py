"""The pages of bodies, meetings and what they decide. By noun."""

from holdfast.governance.views.meetings import meetings

__all__ = ["meetings"]
