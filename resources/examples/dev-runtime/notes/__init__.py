"""Keeps notes, for as long as it runs."""

from flask import Flask, jsonify, request


def create_app():
    app = Flask(__name__)
    notes = []

    @app.get("/notes")
    def every_note():
        return jsonify(notes)

    @app.post("/notes")
    def add_note():
        note = request.get_data(as_text=True).strip()
        if not note:
            return jsonify(error="An empty note is none."), 400
        notes.append(note)
        return jsonify(number=len(notes)), 201

    return app
