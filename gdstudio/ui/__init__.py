"""The window: Qt widgets that draw what the engine computed and turn what a hand does into edits.

Nothing here has arithmetic of its own: numbers come from `gdstudio.engine`, through `session.Session` and its
worker.
"""
