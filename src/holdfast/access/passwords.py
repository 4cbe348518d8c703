"""Why a password is refused, in our words: Django's own rules, each with its limit (AUTH_PASSWORD_VALIDATORS)."""

from django.contrib.auth import password_validation as rules


class UnlikeTheAccount(rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Choose a password that is not like your name or user name"


class LongEnough(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Enter at least {self.min_length} characters. Three words that do not belong together work well"


class NotCommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Choose another password: this one is on the lists that are tried first"
