"""The library that definitions are written in, loaded when the first record is asked and not when a card is read.

Loading it takes three times as long as everything else that a page or a command needs. Not here: the engines that run
an expression (engines.py). Rule: nothing asks it for a name while a module is being loaded.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis as ibis
else:

    class _WhenAsked:
        def __getattr__(self, name: str) -> Any:
            import ibis

            return getattr(ibis, name)

    ibis = _WhenAsked()
