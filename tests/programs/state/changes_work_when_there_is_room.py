from full_disk_steps import *

create('new')
iam.create_user(UserName='new')
expect("['before', 'new']", sorted(f['FunctionName'] for f in lam.list_functions()['Functions']))
