"""How we are doing, in figures that everybody may see: computed by the database, each with how it is computed."""
