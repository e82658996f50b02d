from calls import *

own, rds = client('iam', '555566667777'), client('rds', '555566667777')
fails('NoSuchEntity', 'The role with name AWSServiceRoleForRDS cannot be found.', own.get_role, RoleName='AWSServiceRoleForRDS')
make = lambda name: rds.create_db_cluster(
    DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='admin1', MasterUserPassword='long-enough-1'
)
equal(outcome(rds.create_db_cluster, DBClusterIdentifier='c1', Engine='nothing')['ResponseMetadata']['HTTPStatusCode'], 400)
equal(own.list_roles()['Roles'], [])
make('c1')
role = own.get_role(RoleName='AWSServiceRoleForRDS')['Role']
equal(role['Arn'], 'arn:aws:iam::555566667777:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS')
make('c2')
equal(own.get_role(RoleName='AWSServiceRoleForRDS')['Role']['RoleId'], role['RoleId'])
equal(
    [p['PolicyName'] for p in own.list_attached_role_policies(RoleName='AWSServiceRoleForRDS')['AttachedPolicies']],
    ['AmazonRDSServiceRolePolicy'],
)
