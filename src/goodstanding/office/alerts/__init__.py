"""Alerts: what an organisation is told by mail and webhook, and whether it was reached.

`collecting` finds what is to be told, `sending.fan_out` for whom, `sending` tells it, `reach` says what came of it.
"""
