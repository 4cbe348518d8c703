"""The performance room: at start-up it says what its kinds of job do."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "holdfast.performance"
    label = "performance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.jobs.queue import register_job
        from holdfast.performance.models import HOLD_TO_RULES, READ_A_RETURN
        from holdfast.performance.services import calculation, faults, intake, releases
        from holdfast.performance.trail import SENTENCES

        register_job(READ_A_RETURN, run=intake.read_queued_return, give_up=intake.give_up_reading)
        register_job(
            releases.CALCULATE_A_RELEASE,
            run=calculation.calculate_queued_release,
            give_up=calculation.give_up_calculating,
        )
        register_job(HOLD_TO_RULES, run=faults.hold_queued_return, give_up=faults.give_up_holding)
        register_actions(SENTENCES)
