"""The stylesheet of the HTML file, as an address that carries its own content: the file asks nothing of anybody."""

from base64 import b64encode
from typing import Final

RULES: Final = """
body{font:18px/1.5 Georgia,"Times New Roman",serif;color:#0b0c0c;max-width:52rem;margin:0 auto;padding:1.5rem}
body{overflow-wrap:anywhere}
h1,h2,h3,th,caption,.small,nav{font-family:Arial,Helvetica,sans-serif}
h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.5rem;border-top:3px solid #16324f;padding-top:.75rem;margin-top:3rem}
h3{font-size:1.15rem;margin-top:2.5rem}a{color:#1d4f91}
.small,.govuk-body-s{font-size:.9rem;color:#383f43}
.hf-scroll,.hf-chart__drawing{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:1rem 0 1.5rem;font-size:.95rem}
caption{text-align:left;font-weight:bold;padding-bottom:.5rem}
th,td{min-width:4.5rem;text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #b1b4b6}
thead th{border-bottom:2px solid #0b0c0c}tbody th{font-weight:normal}
.govuk-table__header--numeric,.govuk-table__cell--numeric{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.govuk-tag{font:bold .85rem Arial,Helvetica,sans-serif;border:1px solid #505a5f;padding:.05rem .4rem;white-space:nowrap}
.invented{border:3px solid #0b0c0c;padding:.5rem .75rem}
blockquote{margin:1.5rem 0;padding:.5rem 1.25rem;border-left:6px solid #16324f}
figure{margin:1rem 0}figcaption{font-weight:bold;font-family:Arial,Helvetica,sans-serif}svg{width:100%;height:auto}
dt{font-weight:bold}dd{margin:0 0 .75rem}.hash{overflow-wrap:anywhere;font-family:monospace}
.govuk-visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
summary{cursor:pointer}summary h2,summary h3{display:inline}details{margin:1rem 0}
@media print{body{font-size:11pt;padding:0}h2{break-before:page}table,figure{break-inside:avoid}}
@media print{details>:not(summary){display:block}details::details-content{content-visibility:visible;block-size:auto}}
"""
STYLESHEET: Final = "data:text/css;base64," + b64encode(RULES.strip().encode()).decode()
