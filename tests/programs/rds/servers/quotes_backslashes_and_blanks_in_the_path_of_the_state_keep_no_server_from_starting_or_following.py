from cluster_calls import *

cluster('odd')
for name in ('odd-1', 'odd-2'):
    instance('odd', name)
expect('SELECT 1', psql(describe('odd')['Endpoint'], "CREATE TABLE notes AS SELECT 'kept' AS note"))
began = time.monotonic()
while (
    shown := psql(describe('odd')['ReaderEndpoint'], 'SELECT note, pg_is_in_recovery() FROM notes')
) != 'kept|t' and time.monotonic() < began + 30:
    pass
expect('kept|t', shown)
