"""A draft on its way: to the consultative group, to whoever has to keep it, to the Group's show of hands."""
