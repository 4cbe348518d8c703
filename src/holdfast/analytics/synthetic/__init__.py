"""An invented authority and the census files that it would send.

Here: its shape as data (`county.yaml`, read by `calibration`), the simulation (`authority` and the modules it names)
and the writing of real census XML (`cin_xml`, `demo`, `large`). Not here: reading such files (`returns`) or counting
them (`indicators`). The one rule: everything follows from the seed, and a child is only ever an invented reference.
"""
