"""How words come in: on the web, by phone, on paper, from a meeting, as an e-mail, as a list. All are counted alike."""
