from cluster_calls import *

began = time.monotonic()
while (shown := psql(describe('kept')['Endpoint'], 'SELECT note FROM notes')) != 'kept' and time.monotonic() < began + 30:
    pass
expect('kept', shown)
