"""The pages of question sets: which there are, a version to read, and a new version written in the browser.

Rule: what a version says is shown from the version; a sheet is answered at the room that asks (filling.py).
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.jobs.attachments import download
from holdfast.jobs.library_files import UnreadableLibraryFile
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import refuse, sent
from holdfast.pages.crumbs import crumbs
from holdfast.questions import reading, selectors, services, written
from holdfast.questions.forms import NewSetForm, VersionForm
from holdfast.questions.models import QuestionSet

SETS = ("Question sets", "question_sets")


@requires(Permission.SEE_PROGRAMME)
def question_sets(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "Question sets",
        "lede": "What audits and surveys ask, in versions that never change.",
        "sets": written.sets_table(selectors.question_sets(request.user, programme)),
        "may_write": may(request.user, Permission.MANAGE_QUESTIONS, programme),
    }
    return render(request, "questions/question_sets.html", context)


@requires(Permission.SEE_PROGRAMME)
def question_set(request: HttpRequest, programme: str, question_set: str) -> HttpResponse:
    found = selectors.one_set(request.user, programme, question_set)
    context = {
        "heading": found.title,
        "caption": "Question set",
        "breadcrumbs": crumbs(programme, SETS),
        "set": found,
        "versions": written.versions_table(found),
        "latest": selectors.latest(found),
        "may_write": may(request.user, Permission.MANAGE_QUESTIONS, programme),
    }
    return render(request, "questions/question_set.html", context)


@requires(Permission.SEE_PROGRAMME)
def set_version(request: HttpRequest, programme: str, question_set: str, number: int) -> HttpResponse:
    version = selectors.one_version(request.user, programme, question_set, number)
    wording = selectors.wording(version)
    context = {
        "heading": str(version),
        "caption": "Question set",
        "breadcrumbs": crumbs(programme, SETS, (version.question_set, "question_set", question_set)),
        "version": version,
        "facts": written.version_facts(version, wording),
        "guidance": wording.guidance,
        "sections": written.sections(wording),
        "scales": written.scale_tables(wording),
        "may_write": may(request.user, Permission.MANAGE_QUESTIONS, programme),
    }
    return render(request, "questions/set_version.html", context)


@requires(Permission.SEE_PROGRAMME)
def set_version_text(request: HttpRequest, programme: str, question_set: str, number: int) -> HttpResponse:
    version = selectors.one_version(request.user, programme, question_set, number)
    text = reading.as_text(version.content)
    name = f"{question_set}-version-{number}.yaml"
    return download(text, name, "text/plain; charset=utf-8")


@requires(Permission.MANAGE_QUESTIONS)
def add_question_set(request: HttpRequest, programme: str) -> HttpResponse:
    return _write(request, programme, NewSetForm(sent(request)), None)


@requires(Permission.MANAGE_QUESTIONS)
def change_question_set(request: HttpRequest, programme: str, question_set: str) -> HttpResponse:
    found = selectors.one_set(request.user, programme, question_set)
    last = selectors.latest(found)
    initial = {"text": reading.as_text(last.content) if last else ""}
    return _write(request, programme, VersionForm(sent(request), initial=initial), found)


def _write(request: HttpRequest, programme: str, form: VersionForm, found: QuestionSet | None) -> HttpResponse:
    """The page that writes a version: what is typed is read, held to the schema, and shown with what changes first."""
    differs = None
    if request.method == "POST" and form.is_valid():
        try:
            content = reading.from_text(form.cleaned_data["text"])
            differs = written.differs(found, content)
            if request.POST.get("how") == "keep":
                version = services.write_version(
                    by=request.user,
                    at=clock.now(),
                    programme=organisation.programme(request.user, programme),
                    content=content,
                    change=form.cleaned_data.get("change", ""),
                    of=found,
                )
                messages.success(request, f"{version} is kept. What is asked from now on is asked in these words.")
                return redirect(selectors.page_of(version))
        except UnreadableLibraryFile as odd:
            form.add_error("text", str(odd).removesuffix(".").replace(" and load it again", ""))
        except NotDone as refusal:
            refuse(form, refusal)
    context = {"heading": "Write a new version" if found else "Add a question set", "caption": str(found or "")}
    context |= {"form": form, "differs": differs, "breadcrumbs": crumbs(programme, SETS)}  # type: ignore[dict-item]
    return render(request, "questions/write_version.html", context)
