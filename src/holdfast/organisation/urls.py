"""The organisation room's addresses, under /<programme>/: who the programme is made of, and whose accounts."""

from django.urls import path

from holdfast.organisation.views import accounts, people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/agencies/add/", people.add_agency, name="add_agency"),
    path("people/teams/add/", people.add_team, name="add_team"),
    path("people/bodies/add/", people.add_body, name="add_body"),
    path("people/bodies/<slug:body>/other-name/", people.add_alias, name="add_alias"),
    path("people/posts/add/", people.add_post, name="add_post"),
    path("people/posts/<slug:post>/holder/", people.appoint, name="appoint"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/add/", accounts.add_account, name="add_account"),
    path("accounts/<str:username>/", accounts.account, name="account"),
    path("accounts/<str:username>/role/", accounts.grant_role, name="grant_role"),
    path("accounts/<str:username>/role/<int:holding>/end/", accounts.end_role, name="end_role"),
    path("accounts/<str:username>/password/", accounts.give_password, name="give_password"),
    path("accounts/<str:username>/second-step/remove/", accounts.remove_second_step, name="remove_second_step"),
    path("accounts/<str:username>/close/", accounts.close_account, name="close_account"),
    path("accounts/<str:username>/open/", accounts.open_account, name="open_account"),
]
