"""What an .xlsx workbook would unpack to and how far its sheets reach, before any library opens it.

The lowest room: the analytical core reads returns with it, and the plan its own spreadsheet. It knows no kind of list,
no Django and nobody's words for a refusal. Not here: rows and what they mean, which are their readers'. Rule: whoever
opens a workbook measures it first.
"""
