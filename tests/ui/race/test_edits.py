from __future__ import annotations

from gdstudio.document.model import RacerSettings
from gdstudio.engine import optimizers
from gdstudio.ui.race import edits, rules
from tests.ui.race.support import ADAM, SGD, line_fit


def test_a_racer_named_after_its_rule_is_renamed_with_it():
    document = edits.set_optimizer(line_fit(SGD, ADAM), 0, "adagrad")
    assert document.race.racers[0].name == "AdaGrad"
    assert edits.set_optimizer(document, 0, "adam").race.racers[0].name == "Adam 2"


def test_a_name_of_its_own_stays():
    document = line_fit(SGD.replace(name="Tortoise"))
    assert edits.set_optimizer(document, 0, "adam").race.racers[0].name == "Tortoise"


def test_the_learning_rate_is_kept_between_gradient_rules_and_not_by_line_searches():
    document = line_fit(SGD)
    assert edits.set_optimizer(document, 0, "adam").race.racers[0].options == {"learning_rate": 0.1}
    assert edits.set_optimizer(document, 0, "newton").race.racers[0].options == {}


def test_an_added_racer_is_new_and_starts_beside_the_selected_one():
    document = line_fit(SGD.replace(start=(0.0, 1.0)), ADAM)
    racer = edits.another_racer(document, 0)
    assert racer.optimizer == "momentum"
    assert racer.start == (0.0, 1.0)
    assert racer.options == {"learning_rate": 0.1}


def test_reset_keeps_the_learning_rate():
    document = line_fit(ADAM.replace(options={"learning_rate": 0.05, "beta1": 0.5}))
    assert edits.reset_options(document, 0).race.racers[0].options == {"learning_rate": 0.05}
    assert edits.reset_options(line_fit(ADAM), 0).race.racers[0] == ADAM


def test_every_optimizer_stands_in_exactly_one_group():
    listed = [name for group in rules.groups() for name, _ in group.rules]
    assert sorted(listed) == sorted(optimizers.names())


def test_summaries_name_what_was_changed_first():
    adam = RacerSettings("Adam", "adam", {"beta2": 0.99, "amsgrad": True})
    assert rules.summary(adam).startswith("beta2 0.99, amsgrad")
    assert rules.summary(RacerSettings(optimizer="sgd")) == ""
    nesterov = RacerSettings(optimizer="nesterov", options={"nesterov": False})
    assert rules.summary(nesterov) == "no nesterov, momentum 0.9"


def test_summaries_begin_with_what_changes_the_gradient_and_the_rate():
    racer = RacerSettings(
        optimizer="adam", schedule=("cosine", {}), batch_size=4, noise=0.5, clip_norm=1.0, convention="torch"
    )
    assert rules.summary(racer).startswith("cosine schedule, batch 4, noise 0.5, PyTorch, clip norm 1")
