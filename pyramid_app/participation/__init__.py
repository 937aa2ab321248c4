"""The pyramid: its levels, joining, moving and leaving, and inviting. Not here: who they are (``accounts``)."""
