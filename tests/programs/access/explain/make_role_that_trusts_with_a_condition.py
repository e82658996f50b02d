from calls import *

iam.create_role(
    RoleName='r',
    AssumeRolePolicyDocument=trust({'Service': 'rds.amazonaws.com'}, Condition={'StringEquals': {'aws:SourceAccount': '444455556666'}}),
)
