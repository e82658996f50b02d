from calls import *

invoke = allow(
    'lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:simple', Condition={'StringEquals': {'aws:RequestedRegion': 'us-east-1'}}
)


def simulate(**more):
    return iam.simulate_custom_policy(
        PolicyInputList=[document(invoke, deny('lambda:DeleteFunction'))],
        ActionNames=['lambda:InvokeFunction', 'lambda:DeleteFunction', 'lambda:ListFunctions'],
        ResourceArns=['arn:aws:lambda:us-east-1:444455556666:function:simple'],
        **more
    )['EvaluationResults']


results = simulate()
equal([r['EvalDecision'] for r in results], ['implicitDeny', 'explicitDeny', 'implicitDeny'])
equal(results[0]['MissingContextValues'], ['aws:RequestedRegion'])
results = simulate(
    ContextEntries=[{'ContextKeyName': 'aws:RequestedRegion', 'ContextKeyValues': ['us-east-1'], 'ContextKeyType': 'string'}]
)
equal([r['EvalDecision'] for r in results], ['allowed', 'explicitDeny', 'implicitDeny'])
equal(results[0]['MatchedStatements'][0]['SourcePolicyId'], 'PolicyInputList.1')
equal(results[1]['ResourceSpecificResults'][0]['EvalResourceDecision'], 'explicitDeny')
bounded = simulate(
    PermissionsBoundaryPolicyInputList=[document(allow('s3:*'))],
    ContextEntries=[{'ContextKeyName': 'aws:RequestedRegion', 'ContextKeyValues': ['us-east-1'], 'ContextKeyType': 'string'}],
)
assert bounded[0]['EvalDecision'] == 'implicitDeny' and bounded[0]['PermissionsBoundaryDecisionDetail'] == {
    'AllowedByPermissionsBoundary': False
}
equal(iam.get_context_keys_for_custom_policy(PolicyInputList=[document(invoke)])['ContextKeyNames'], ['aws:RequestedRegion'])
arn = iam.create_role(RoleName='simulated', AssumeRolePolicyDocument=trust({'Service': 'ec2.amazonaws.com'}))['Role']['Arn']
iam.put_role_policy(RoleName='simulated', PolicyName='p', PolicyDocument=document(invoke))
equal(iam.get_context_keys_for_principal_policy(PolicySourceArn=arn)['ContextKeyNames'], ['aws:RequestedRegion'])
try:
    iam.simulate_principal_policy(PolicySourceArn=arn + 'x', ActionNames=['s3:*'])
    raise AssertionError('no such role')
except ClientError as e:
    equal(e.response['Error']['Code'], 'NoSuchEntity')
