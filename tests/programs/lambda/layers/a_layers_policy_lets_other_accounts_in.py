from layer_steps import *

arn = publish('shared')['LayerVersionArn']
who = dict(LayerName='shared', VersionNumber=1)
action = 'lambda:GetLayerVersion'

# Another account may not use the version before it is told so; then it may, and no other version.
B = '111122223333'
other = client('lambda', key=B)
client('iam', key=B).create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))


def create(name, caller, account, *layers):
    return caller.create_function(
        FunctionName=name,
        Runtime='python3.12',
        Handler='f.handler',
        Role=f'arn:aws:iam::{account}:role/r',
        Code={'ZipFile': package()},
        Layers=list(layers),
    )


me = client('sts', key=B).get_caller_identity()['Arn']


def denied(layer):
    return f'User: {me} is not authorized to perform: {action} on resource: {layer} because no resource-based policy allows the {action} action'


fails('AccessDeniedException', denied(arn), create, 'f', other, B, arn)
fails('AccessDeniedException', denied(arn), other.get_layer_version_by_arn, Arn=arn)
fails('ResourceNotFoundException', 'No policy is associated with the given resource.', lam.get_layer_version_policy, **who)
added = lam.add_layer_version_permission(StatementId='s1', Action=action, Principal=B, **who)
equal(status(added), 201)
statement = {'Sid': 's1', 'Effect': 'Allow', 'Principal': {'AWS': f'arn:aws:iam::{B}:root'}, 'Action': action, 'Resource': arn}
equal(json.loads(added['Statement']), statement)
policy = lam.get_layer_version_policy(**who)
equal(json.loads(policy['Policy']), {'Version': '2012-10-17', 'Id': 'default', 'Statement': [statement]})
equal(policy['RevisionId'], added['RevisionId'])
equal(create('f', other, B, arn)['Layers'][0]['Arn'], arn)
equal(other.get_layer_version_by_arn(Arn=arn)['LayerVersionArn'], arn)
second = publish('shared')['LayerVersionArn']
fails('AccessDeniedException', denied(second), create, 'g', other, B, second)

# What AWS was recorded to refuse.
wrong = 'The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id'
add = dict(StatementId='s2', Action=action, Principal='*')
equal(fails('PreconditionFailedException', wrong, lam.add_layer_version_permission, RevisionId='wrong', **add, **who), 412)
fails('PreconditionFailedException', wrong, lam.remove_layer_version_permission, RevisionId='wrong', StatementId='s1', **who)
equal(
    fails(
        'ResourceConflictException',
        'The statement id (s1) provided already exists. Please provide a new statement id, or remove the existing statement.',
        lam.add_layer_version_permission,
        **{**add, 'StatementId': 's1'},
        **who,
    ),
    409,
)
fails(
    'ValidationException',
    validation(("'*' at 'action'", 'Member must satisfy regular expression pattern: lambda:GetLayerVersion')),
    lam.add_layer_version_permission,
    **{**add, 'Action': '*'},
    **who,
)
fails(
    'ResourceNotFoundException',
    'Statement none is not found in resource policy.',
    lam.remove_layer_version_permission,
    StatementId='none',
    **who,
)
for name, number in ('shared', 3), ('none-such', 1):
    missing = f'Layer version {LAYERS}{name}:{number} does not exist.'
    there = dict(LayerName=name, VersionNumber=number)
    fails('ResourceNotFoundException', missing, lam.add_layer_version_permission, **add, **there)
    fails('ResourceNotFoundException', missing, lam.get_layer_version_policy, **there)
    fails('ResourceNotFoundException', missing, lam.remove_layer_version_permission, StatementId='s1', **there)

# Everybody; only an organization; nobody any more.
everybody = lam.add_layer_version_permission(**add, **who)
equal(json.loads(everybody['Statement'])['Principal'], '*')
organized = lam.add_layer_version_permission(**{**add, 'StatementId': 's3'}, OrganizationId='o-0123456789', **who)
equal(json.loads(organized['Statement'])['Condition'], {'StringEquals': {'aws:PrincipalOrgID': 'o-0123456789'}})
for sid in 's1', 's2', 's3':
    equal(status(lam.remove_layer_version_permission(StatementId=sid, **who)), 204)
fails('ResourceNotFoundException', 'No policy is associated with the given resource.', lam.get_layer_version_policy, **who)
fails('AccessDeniedException', denied(arn), create, 'h', other, B, arn)
equal(other.get_function_configuration(FunctionName='f')['Layers'][0]['Arn'], arn)

# In its own account a user needs the permission as well; a policy can also say which layers functions may have.
role = f'arn:aws:iam::{A}:role/r'
caller = client('lambda', credentials=user('layer-user', allow(['lambda:CreateFunction', 'iam:PassRole'])))
fails(
    'AccessDeniedException',
    f'User: arn:aws:iam::{A}:user/layer-user is not authorized to perform: {action} on resource: {arn} because no identity-based policy '
    f'allows the {action} action',
    create,
    'own',
    caller,
    A,
    arn,
)
iam.put_user_policy(
    UserName='layer-user',
    PolicyName='p',
    PolicyDocument=document(
        allow([action, 'iam:PassRole']),
        allow('lambda:CreateFunction', Condition={'ForAllValues:StringLike': {'lambda:Layer': [LAYERS + 'shared:*']}}),
    ),
)
equal(create('own', caller, A, arn)['Layers'][0]['Arn'], arn)
foreign = publish('other')['LayerVersionArn']
try:
    create('own-2', caller, A, arn, foreign)
    raise AssertionError('a layer that the policy does not list is taken')
except ClientError as error:
    equal(error.response['Error']['Code'], 'AccessDeniedException')
