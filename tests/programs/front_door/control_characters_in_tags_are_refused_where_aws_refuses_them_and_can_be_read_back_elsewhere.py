from calls import *

pattern = r'[\p{L}\p{Z}\p{N}_.:/=+\-@]'
broken = 'Member must satisfy regular expression pattern: '
odd = lambda key, value: [{'Key': key, 'Value': value}]

iam.create_user(UserName='u')
policy = trust({'AWS': '444455556666'})
iam.create_role(RoleName='r', AssumeRolePolicyDocument=policy)
for call, names in (
    (iam.create_user, dict(UserName='v')),
    (iam.tag_user, dict(UserName='u')),
    (iam.create_role, dict(RoleName='v', AssumeRolePolicyDocument=policy)),
    (iam.tag_role, dict(RoleName='r')),
    (iam.create_policy, dict(PolicyName='v', PolicyDocument=policy)),
    (iam.create_instance_profile, dict(InstanceProfileName='v')),
):
    fails(
        'ValidationError',
        "1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: " + broken + pattern + '+',
        call,
        **names,
        Tags=odd('a\x01', 'b'),
    )
    fails(
        'ValidationError',
        "1 validation error detected: Value at 'tags.1.member.value' failed to satisfy constraint: " + broken + pattern + '*',
        call,
        **names,
        Tags=odd('a', 'b\x1b[31m'),
    )
for call, names in ((iam.untag_user, dict(UserName='u')), (iam.untag_role, dict(RoleName='r'))):
    fails(
        'ValidationError',
        "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: ["
        + broken
        + pattern
        + '+, Member must not be null]',
        call,
        **names,
        TagKeys=['a', '\x01'],
    )
fails(
    'ValidationError',
    "1 validation error detected: Value 'b\ufffd' at 'tags.1.member.value' failed to satisfy constraint: " + broken + pattern + '*',
    sts.assume_role,
    RoleArn='arn:aws:iam::444455556666:role/r',
    RoleSessionName='session',
    Tags=odd('a', 'b\x01'),
)

awslambda = client('lambda')
iam.create_role(RoleName='f', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))
import io, zipfile

with zipfile.ZipFile(code := io.BytesIO(), 'w') as package:
    package.writestr('f.py', 'def handler(event, context): return event')
function = dict(
    FunctionName='f', Runtime='python3.12', Role='arn:aws:iam::444455556666:role/f', Handler='f.handler', Code={'ZipFile': code.getvalue()}
)
arn = awslambda.create_function(**function)['FunctionArn']
keys = f"1 validation error detected: Value '{{a\x01=b}}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, {broken}^({pattern}+)$]"
values = f"1 validation error detected: Value '{{a=b,\x01}}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 0, {broken}^({pattern}*)$]"
fails('ValidationException', keys, awslambda.tag_resource, Resource=arn, Tags={'a\x01': 'b'})
fails('ValidationException', values, awslambda.tag_resource, Resource=arn, Tags={'a': 'b,\x01'})
fails('ValidationException', keys, awslambda.create_function, **{**function, 'FunctionName': 'g'}, Tags={'a\x01': 'b'})
untag = (
    lambda shown, broken: f"1 validation error detected: Value '[a, {shown}]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [{broken}, Member must not be null]"
)
fails('ValidationException', untag('\x01', f'{broken}^({pattern}+)$'), awslambda.untag_resource, Resource=arn, TagKeys=['a', '\x01'])
fails(
    'ValidationException',
    untag('k' * 129, 'Member must have length less than or equal to 128'),
    awslambda.untag_resource,
    Resource=arn,
    TagKeys=['a', 'k' * 129],
)
awslambda.untag_resource(Resource=arn, TagKeys=['a', 'not there'])

rds = client('rds')
only = lambda what: f'Tag {what} may only contain unicode letters, digits, whitespace, or one of these symbols: _ . : / = + - @'
group = dict(DBClusterParameterGroupName='p', DBParameterGroupFamily='aurora-postgresql15', Description='d')
fails('InvalidParameterValue', only('keys'), rds.create_db_cluster_parameter_group, **group, Tags=odd('a\x01', 'b'))
fails('InvalidParameterValue', only('values'), rds.create_db_cluster_parameter_group, **group, Tags=odd('a', '\x7f'))
arn = rds.create_db_cluster_parameter_group(**group, Tags=odd('a', 'b'))['DBClusterParameterGroup']['DBClusterParameterGroupArn']
for key, message in (
    ('a\x01', only('keys')),
    ('', 'The tag key must be between 1 and 128 characters long.'),
    ('k' * 129, 'The tag key must be between 1 and 128 characters long.'),
):
    fails('InvalidParameterValue', message, rds.remove_tags_from_resource, ResourceName=arn, TagKeys=['a', key])
equal(rds.list_tags_for_resource(ResourceName=arn)['TagList'], odd('a', 'b'))
rds.remove_tags_from_resource(ResourceName=arn, TagKeys=['a', 'not there'])
equal(rds.list_tags_for_resource(ResourceName=arn)['TagList'], [])

# EC2 allows any character in its tags: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
ec2 = client('ec2')
vpc = ec2.create_vpc(CidrBlock='10.9.0.0/16')['Vpc']['VpcId']
fails(
    'InvalidParameterValue',
    'Tag key exceeds the maximum length of 127 characters',
    ec2.create_tags,
    Resources=[vpc],
    Tags=odd('k' * 128, ''),
)
fails(
    'InvalidParameterValue',
    'Tag value exceeds the maximum length of 255 characters',
    ec2.create_tags,
    Resources=[vpc],
    Tags=odd('k', 'v' * 256),
)
ec2.create_tags(Resources=[vpc], Tags=odd('a\x01', 'b\x1b[31m\u4e2d'))
equal(ec2.describe_vpcs(VpcIds=[vpc])['Vpcs'][0]['Tags'], odd('a\ufffd', 'b\ufffd[31m\u4e2d'))
equal(
    [(t['Key'], t['Value']) for t in ec2.describe_tags(Filters=[{'Name': 'resource-id', 'Values': [vpc]}])['Tags']],
    [('a\ufffd', 'b\ufffd[31m\u4e2d')],
)
reserved = "Value ( aws:x ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use"
for key, message in (
    ('', 'Tag key cannot be null or empty'),
    ('k' * 128, 'Tag key exceeds the maximum length of 127 characters'),
    ('aws:x', reserved),
):
    fails('InvalidParameterValue', message, ec2.delete_tags, Resources=[vpc], Tags=[{'Key': 'a\x01'}, {'Key': key}])
fails(
    'InvalidParameterValue',
    'Tag value exceeds the maximum length of 255 characters',
    ec2.delete_tags,
    Resources=[vpc],
    Tags=odd('k', 'v' * 256),
)
equal(len(ec2.describe_tags(Filters=[{'Name': 'resource-id', 'Values': [vpc]}])['Tags']), 1)
ec2.delete_tags(Resources=[vpc], Tags=[{'Key': 'a\x01'}])
equal(ec2.describe_vpcs(VpcIds=[vpc])['Vpcs'][0].get('Tags', []), [])
