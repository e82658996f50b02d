from cluster_calls import *

cluster('old')
instance('old', 'old-1')
psql(describe('old')['Endpoint'], 'CREATE ROLE helpers; GRANT helpers TO app_admin')
