"""Who may do what, and the record that they did it.

Here: accounts, sign-in, permissions and roles as code, the check at every door (`requires`, `public`, `check`), the
rule every write obeys (`service`), the one clock, and the trail. Not here: which roles a person holds over what; the
organisation room registers that (`register_grants`), and until it does nobody may do anything.
Other rooms import from `holdfast.access.doors`, `.permissions`, `.writes`, `.trail` and `.clock`.
"""
