from cluster_fault_steps import *

c = cluster('room')
instance('room', 'room-1')
expect('1', psql(c['Endpoint'], 'SELECT 1'))
delete('room', 'room-1')
