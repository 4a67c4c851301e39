"""Tells the time in a zone: a Flask application for gunicorn to serve."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask, abort, jsonify

app = Flask(__name__)


@app.get("/time/<path:zone>")
def time_in(zone):
    try:
        now = datetime.now(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        abort(404, f"There is no time zone {zone!r}.")
    return jsonify(zone=zone, time=now.isoformat(timespec="seconds"))
