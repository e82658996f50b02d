from snapshot_steps import *

available('begun')
for name, expected in zip(
    ('whole', 'begun'),
    [
        '7',
        '8',
    ],
    strict=True,
):
    r = restore(name, name)
    instance(name, name + '-1')
    expect(expected, psql(r['Endpoint'], 'SELECT i FROM t'))
    delete(name, name + '-1')
delete('stays', 'stays-1')
