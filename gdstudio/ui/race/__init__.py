"""The race panel: racers and their hyper-parameters, playback, curves."""

from gdstudio.ui.race.panel import RacePanel

__all__ = ["RacePanel"]
