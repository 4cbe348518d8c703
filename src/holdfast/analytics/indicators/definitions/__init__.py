"""The definitions, one file each. Adding one: docs/recipes, add an indicator. The id is the file's name in capitals."""

from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.definitions.i03 import I03
from holdfast.analytics.indicators.definitions.i04 import I04
from holdfast.analytics.indicators.definitions.i06 import I06
from holdfast.analytics.indicators.definitions.i20 import I20
from holdfast.analytics.indicators.definitions.i21 import I21
from holdfast.analytics.indicators.definitions.i24 import I24
from holdfast.analytics.indicators.definitions.i38 import I38
from holdfast.analytics.indicators.definitions.i42 import I42
from holdfast.analytics.indicators.definitions.i47 import I47
from holdfast.analytics.indicators.definitions.i49 import I49
from holdfast.analytics.indicators.definitions.i52 import I52
from holdfast.analytics.indicators.definitions.i60 import I60_3, I60_6, I60_12

INDICATORS: dict[str, Definition] = {
    definition.id: definition
    for definition in (I03, I04, I06, I20, I21, I24, I38, I42, I47, I49, I52, I60_3, I60_6, I60_12)
}
