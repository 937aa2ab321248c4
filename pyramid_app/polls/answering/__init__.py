"""The three ways to a sealed envelope: signed in, by the link in a letter, or first and then saying who one is."""
