from full_disk_steps import *

create('f')
lam.get_waiter('function_active_v2').wait(FunctionName='f')
lam.invoke(FunctionName='f', InvocationType='Event')
