"""Surveys of a race: thousands of races at once, in a window of their own."""

from gdstudio.ui.survey.window import SurveyWindow

__all__ = ["SurveyWindow"]
