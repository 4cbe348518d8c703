"""The organisation room's addresses, under /<programme>/: who the programme is made of, and whose accounts."""

from django.urls import path

from holdfast.organisation import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/agencies/add/", views.add_agency, name="add_agency"),
    path("people/teams/add/", views.add_team, name="add_team"),
    path("people/bodies/add/", views.add_body, name="add_body"),
    path("people/bodies/<slug:body>/other-name/", views.add_alias, name="add_alias"),
    path("people/bodies/<slug:body>/change/", views.change_body, name="change_body"),
    path("people/posts/add/", views.add_post, name="add_post"),
    path("people/posts/<slug:post>/holder/", views.appoint, name="appoint"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/add/", views.add_account, name="add_account"),
    path("accounts/<str:username>/", views.account, name="account"),
    path("accounts/<str:username>/role/", views.grant_role, name="grant_role"),
    path("accounts/<str:username>/role/<int:holding>/end/", views.end_role, name="end_role"),
    path("accounts/<str:username>/password/", views.send_password_link, name="send_password_link"),
    path("accounts/<str:username>/second-step/remove/", views.remove_second_step, name="remove_second_step"),
    path("accounts/<str:username>/close/", views.close_account, name="close_account"),
    path("accounts/<str:username>/open/", views.open_account, name="open_account"),
]
