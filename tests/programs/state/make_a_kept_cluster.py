from cluster_calls import *

cluster('kept')
instance('kept', 'kept-1')
psql(describe('kept')['Endpoint'], "CREATE TABLE notes AS SELECT 'kept' AS note")
