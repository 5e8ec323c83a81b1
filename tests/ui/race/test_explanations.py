"""Views that want the same step explained get one explanation; another racer's is another."""

from __future__ import annotations

import pytest

from gdstudio.ui.race.explanations import Explanations
from gdstudio.ui.session import Session
from tests.ui.race.support import ADAM, MOMENTUM, bowl


@pytest.fixture
def session(qtbot):
    session = Session(bowl(MOMENTUM, ADAM, steps=6))
    with qtbot.waitSignal(session.settled, timeout=30_000):
        pass
    yield session
    session.close()


def explainer_of(session: Session, row: int):
    result, racers = session.race_result, session.document.race.racers
    service = Explanations.of(session)
    return service.explainer(racers[row], result.paths[row], result.learning_rates[row], row)


def explained(session: Session, qtbot, asker: str, version: int, row: int, step: int, block=lambda _: 0):
    service = Explanations.of(session)
    with qtbot.waitSignal(service.explained, timeout=30_000) as caught:
        service.ask(asker, version, explainer_of(session, row), step, block)
    assert caught.args[:2] == [asker, version]
    return caught.args[2]


def test_the_page_and_the_arrows_share_an_explanation(session, qtbot):
    first = explained(session, qtbot, "why", 1, row=1, step=3)
    assert explained(session, qtbot, "moments", 1, row=1, step=3) is first
    assert explained(session, qtbot, "why", 2, row=1, step=4) is not first


def test_there_is_one_service_and_one_explainer_for_a_racer(session):
    assert Explanations.of(session) is Explanations.of(session)
    assert explainer_of(session, 0) is explainer_of(session, 0)
    assert explainer_of(session, 0) is not explainer_of(session, 1)


def test_a_step_of_no_block_is_not_explained(session, qtbot):
    assert explained(session, qtbot, "moments", 1, row=0, step=2, block=lambda _: None) is None
