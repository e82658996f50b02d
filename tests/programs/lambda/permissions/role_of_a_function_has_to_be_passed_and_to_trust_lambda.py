from lambda_calls import *

fails(
    'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.', function, 'norole', role='missing'
)
iam.create_role(RoleName='forec2', AssumeRolePolicyDocument=trust({'Service': 'ec2.amazonaws.com'}))
fails('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.', function, 'norole', role='forec2')
fails(
    'ResourceNotFoundException',
    f'Function not found: arn:aws:lambda:us-east-1:{A}:function:norole',
    lam.get_function,
    FunctionName='norole',
)
dev = client('lambda', credentials=user('dev', allow('lambda:*')))
equal(
    fails(
        'AccessDeniedException',
        f'User: arn:aws:iam::{A}:user/dev is not authorized to perform: iam:PassRole on resource: arn:aws:iam::{A}:role/r because no identity-based policy allows the iam:PassRole action',
        function,
        'passed',
        dev,
    ),
    403,
)
iam.put_user_policy(
    UserName='dev',
    PolicyName='pass',
    PolicyDocument=document(allow('iam:PassRole', Condition={'StringEquals': {'iam:PassedToService': 'ec2.amazonaws.com'}})),
)
try:
    function('passed', dev)
    raise AssertionError('passed to the wrong service')
except ClientError as e:
    equal(e.response['Error']['Code'], 'AccessDeniedException')
iam.put_user_policy(
    UserName='dev',
    PolicyName='pass',
    PolicyDocument=document(allow('iam:PassRole', Condition={'StringEquals': {'iam:PassedToService': 'lambda.amazonaws.com'}})),
)
function('passed', dev)
fails(
    'InvalidParameterValueException',
    'The role defined for the function cannot be assumed by Lambda.',
    lam.update_function_configuration,
    FunctionName='passed',
    Role=f'arn:aws:iam::{A}:role/forec2',
)
fails(
    'AccessDeniedException',
    'Cross-account pass role is not allowed.',
    lam.update_function_configuration,
    FunctionName='passed',
    Role='arn:aws:iam::111122223333:role/r',
)
