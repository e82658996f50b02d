from cluster_calls import *

cluster('old')
instance('old', 'old-1')
psql(describe('old')['Endpoint'], "CREATE TABLE notes AS SELECT 'kept' AS note")
instance('old', 'old-2')
