"""Files that people bring: pictures made anew without what they say of place and camera, papers beside their words."""
