"""Who the programme is made of: council, programme, teams, agencies, bodies with their aliases, people and posts.

Also who holds which role over what, which it registers with access. Not here: what a role may do (access).
Rule: a person is a post and an account, never a child.
"""
