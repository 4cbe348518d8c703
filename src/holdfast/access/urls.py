"""Sign-in, sign-out and authenticator-app pages (allauth's, behind our shells). Sign-up is closed: accounts are made."""

from allauth.account import views as account
from django.urls import path

urlpatterns = [
    path("sign-in", account.login, name="account_login"),
    path("sign-out", account.logout, name="account_logout"),
]
