"""The host and its own words and rules: every local thing is a setting with a default, a history and a reason."""
