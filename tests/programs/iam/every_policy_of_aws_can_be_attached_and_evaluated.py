from calls import *

for x in iam.list_policies(Scope='AWS', MaxItems=1000)['Policies']:
    if '/aws-service-role/' in x['Arn']:
        continue
    name = x['PolicyName'] + '-role'
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({'Service': 'ec2.amazonaws.com'}))['Role']['Arn']
    iam.attach_role_policy(RoleName=name, PolicyArn=x['Arn'])
    result = iam.simulate_principal_policy(
        PolicySourceArn=arn, ActionNames=['logs:CreateLogGroup', 'lambda:InvokeFunction', 'rds:CreateDBCluster', 'ec2:DescribeVpcs']
    )
    decisions = {r['EvalActionName']: r['EvalDecision'] for r in result['EvaluationResults']}
    if x['PolicyName'] == 'AdministratorAccess':
        equal(set(decisions.values()), {'allowed'})
    if x['PolicyName'] == 'AWSLambdaRole':
        assert decisions['lambda:InvokeFunction'] == 'allowed' and decisions['logs:CreateLogGroup'] == 'implicitDeny'
    if x['PolicyName'] == 'ReadOnlyAccess':
        assert decisions['ec2:DescribeVpcs'] == 'allowed' and decisions['rds:CreateDBCluster'] == 'implicitDeny'
