from cluster_calls import *

import datetime


def window(hours):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
    return '-'.join((at + datetime.timedelta(hours=h)).strftime('%a:%H:%M').lower() for h in (0, 2))


NOW, LATER = window(-1), window(48)
