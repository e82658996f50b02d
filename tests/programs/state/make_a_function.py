from full_disk_steps import *

create('before')
lam.get_waiter('function_active_v2').wait(FunctionName='before')
