from notes import create_app


def test_a_note_is_kept():
    client = create_app().test_client()
    assert client.post("/notes", data="water the plants").status_code == 201
    assert client.get("/notes").get_json() == ["water the plants"]


def test_an_empty_note_is_refused():
    assert create_app().test_client().post("/notes", data="  ").status_code == 400
