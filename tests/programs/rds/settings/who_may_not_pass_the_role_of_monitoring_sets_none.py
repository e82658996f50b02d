from shown_settings_steps import *

watcher = role('passed', 'monitoring.rds.amazonaws.com')
iam.create_user(UserName='ann')
key = iam.create_access_key(UserName='ann')['AccessKey']
everything = [{'Effect': 'Allow', 'Action': ['rds:*', 'iam:CreateServiceLinkedRole'], 'Resource': '*'}]
allow = lambda *more: iam.put_user_policy(
    UserName='ann', PolicyName='p', PolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': everything + list(more)})
)
rds_as(key)
make = lambda: refused(
    'create_db_cluster',
    DBClusterIdentifier='hers',
    Engine='aurora-postgresql',
    MasterUsername='app_admin',
    MasterUserPassword=PASSWORD,
    MonitoringInterval=60,
    MonitoringRoleArn=watcher,
)
allow()
expect(
    '403 AccessDenied: User: arn:aws:iam::444455556666:user/ann is not authorized to perform: iam:PassRole on resource: arn:aws:iam::444455556666:role/passed because no identity-based policy allows the iam:PassRole action',
    make(),
)
allow(
    {
        'Effect': 'Allow',
        'Action': 'iam:PassRole',
        'Resource': watcher,
        'Condition': {'StringEquals': {'iam:PassedToService': 'monitoring.rds.amazonaws.com'}},
    }
)
expect('not refused', make())
