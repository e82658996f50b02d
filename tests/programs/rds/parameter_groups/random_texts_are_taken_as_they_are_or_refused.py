from parameter_value_steps import *

import random

seed = random.randrange(10**6)
sys.stderr.write(f'seed {seed}\n')
chance = random.Random(seed)
alphabet = '\\\\\\\'\'\'""nrt0x1234%%=#$;, \u00e9\u20ac\U0001f418\n\t{}'
taken = 0
for _ in range(30):
    texts = {name: ''.join(chance.choice(alphabet) for _ in range(chance.randrange(12))) for name in ('log_line_prefix', 'search_path')}
    for name, text in texts.items():
        answer = give(**{name: text})
        if answer == 'not refused':
            settled(**{name: text})
            taken += 1
        else:
            assert answer.startswith('400 InvalidParameterValue: Invalid parameter value: '), answer
expect('True', taken > 10)
reboot()
expect('1', psql(host, 'SELECT 1'))
delete('texts', 'texts-1')
rds.delete_db_cluster_parameter_group(DBClusterParameterGroupName='texts')
