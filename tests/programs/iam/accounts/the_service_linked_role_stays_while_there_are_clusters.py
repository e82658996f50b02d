from calls import *

own, rds = client('iam', '777788889999'), client('rds', '777788889999')
rds.create_db_cluster(DBClusterIdentifier='c1', Engine='aurora-postgresql', MasterUsername='admin1', MasterUserPassword='long-enough-1')
ended = lambda: own.get_service_linked_role_deletion_status(
    DeletionTaskId=own.delete_service_linked_role(RoleName='AWSServiceRoleForRDS')['DeletionTaskId']
)
kept = ended()
assert kept['Status'] == 'FAILED' and kept['Reason']['RoleUsageList'] == [
    {'Region': 'us-east-1', 'Resources': ['arn:aws:rds:us-east-1:777788889999:cluster:c1']}
], kept
assert own.get_role(RoleName='AWSServiceRoleForRDS')
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='c1', WaiterConfig={'Delay': 1, 'MaxAttempts': 300})
rds.delete_db_cluster(DBClusterIdentifier='c1', SkipFinalSnapshot=True)
rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier='c1', WaiterConfig={'Delay': 1, 'MaxAttempts': 300})
equal(ended()['Status'], 'SUCCEEDED')
fails('NoSuchEntity', 'The role with name AWSServiceRoleForRDS cannot be found.', own.get_role, RoleName='AWSServiceRoleForRDS')
task = 'task/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS/00000000-0000-0000-0000-000000000000'
fails('NoSuchEntity', f'Deletion task {task} cannot be found.', own.get_service_linked_role_deletion_status, DeletionTaskId=task)
