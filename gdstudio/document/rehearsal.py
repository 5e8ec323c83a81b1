"""Going through a lesson without a screen: every step is evaluated and raced, every challenge tried. No Qt."""

from __future__ import annotations

from gdstudio.document import lessons
from gdstudio.document.challenges import Challenge
from gdstudio.document.goals import outcome
from gdstudio.document.lessons import Step
from gdstudio.document.model import Document, DocumentError
from gdstudio.engine import EngineError


def faults(document: Document) -> list[str]:
    """What is broken in a document's lesson, a sentence each; empty when all is well."""
    if not lessons.has_steps(document):
        return ["it has no lesson with steps"]
    try:
        steps = lessons.read_lesson(document).steps
    except DocumentError as error:
        return [str(error)]
    return [f"step {number}: {fault}" for number, step in enumerate(steps, 1) for fault in _of_step(step)]


def _of_step(step: Step) -> list[str]:
    found = []
    try:
        shown = outcome(step.document)
        if step.play == "race" and shown.race is None:
            found.append("it plays a race, but no racer is switched on")
        if step.play == "backward" and not shown.trace.gradients:
            found.append("it plays the backward pass, but there is no gradient")
        if step.challenge is not None:
            found += _of_challenge(step.challenge)
    except (EngineError, DocumentError) as error:
        found.append(str(error))
    return found


def _of_challenge(challenge: Challenge) -> list[str]:
    found = []
    offences = challenge.offences(challenge.solution)
    if offences:
        found.append(f"the solution changes what may not be changed: {', '.join(offences)}")
    elif not challenge.solved(outcome(challenge.solution)):
        found.append("the solution does not meet the goals of the challenge")
    if challenge.solved(outcome(challenge.first_try)):
        found.append("the first try meets the goals of the challenge already")
    if challenge.solved(outcome(challenge.start)):
        found.append("the challenge is met before anything is done")
    return found
