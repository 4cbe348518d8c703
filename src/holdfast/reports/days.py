"""A date in an address: 2013-12-31. Anything else is no page of ours."""

from datetime import date


class DayInAddress:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError for a day that does not exist, which Django answers with "page not found"."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()
