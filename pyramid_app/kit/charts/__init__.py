"""Facts become pictures: SVG that is escaped, scales to its column, and works without script or style rules.

In here: ``bars`` (a question's result), ``pyramid`` (the levels, each a link), ``flow`` (a chain, top to bottom), and
``qr_svg``, ``qr_png`` (a link for a camera). A page colours the first three by class (``chart-bar``, ``pyramid-band``,
``flow-dot``) and says how wide ``chart`` may grow; without a style sheet they are blue.
Not in here: which numbers may be drawn (that is ``kit.disclosure``), the sentences around a chart, and the table
that stands beside it.
"""

from pyramid_app.kit.charts.bars import bars
from pyramid_app.kit.charts.flow import Box, Layer, flow
from pyramid_app.kit.charts.pyramid import Level, pyramid
from pyramid_app.kit.charts.qr import qr_png, qr_svg

__all__ = ["Box", "Layer", "Level", "bars", "flow", "pyramid", "qr_png", "qr_svg"]
