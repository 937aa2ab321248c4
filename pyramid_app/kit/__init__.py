"""Pure tools: no database, no Flask, no clock. What is *not* here: anything that knows a parent, a poll or a page."""
