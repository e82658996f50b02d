from administrator_steps import *

me = sts.get_caller_identity()
assert (me['Account'], me['Arn']) == (A, admin) and me['UserId'].startswith('AIDA') and len(me['UserId']) == 21, me
equal(client('sts', A).get_caller_identity()['UserId'], me['UserId'])
other = client('sts', '111122223333').get_caller_identity()
assert other['Arn'] == admin.replace(A, '111122223333') and other['UserId'] != me['UserId'], other
me = client('sts', *root).get_caller_identity()
equal((me['UserId'], me['Account'], me['Arn']), (A, A, f'arn:aws:iam::{A}:root'))
