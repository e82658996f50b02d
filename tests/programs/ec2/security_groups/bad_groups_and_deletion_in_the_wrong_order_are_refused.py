from ec2_calls import *

v = vpc()
g, h = group(v, 'one'), group(v, 'two')
default = ec2.describe_security_groups(Filters=of(v) + [{'Name': 'group-name', 'Values': ['default']}])['SecurityGroups'][0]['GroupId']


def tell(expected, text):
    for i, name in ((g, 'G'), (h, 'H'), (v, 'V'), (default, 'DEFAULT')):
        text = text.replace(i, name)
    expect(expected, text)


def create(expected, name, description='d', vpc=v):
    tell(expected, refused('create_security_group', GroupName=name, Description=description, VpcId=vpc))


create("400 InvalidGroup.Duplicate: The security group 'one' already exists for VPC 'V'", 'one')
create('400 InvalidParameterValue: Cannot use reserved security group name: default', 'default')
create(
    '400 InvalidParameterValue: Value (sg-mine) for parameter GroupName is invalid. Group names may not be in the format sg-*.', 'sg-mine'
)
create(
    '400 InvalidParameterValue: Value (grün) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.',
    'gr\u00fcn',
)
create(
    '400 InvalidParameterValue: Invalid security group name. Valid names are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    'a' * 256,
)
create('400 MissingParameter: The request must contain the parameter groupName', '')
create('400 MissingParameter: The request must contain the parameter GroupDescription', 'x', '')
create(
    '400 InvalidParameterValue: Invalid security group description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    'x',
    'a<b',
)
create("400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist", 'x', vpc='vpc-12345678')
tell(
    '400 CannotDelete: the specified group: "DEFAULT" name: "default" cannot be deleted by a user',
    refused('delete_security_group', GroupId=default),
)
ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=[{'IpProtocol': '-1', 'UserIdGroupPairs': [{'GroupId': h}, {'GroupId': g}]}])
tell('400 DependencyViolation: resource H has a dependent object', refused('delete_security_group', GroupId=h))
tell("400 DependencyViolation: The vpc 'V' has dependencies and cannot be deleted.", refused('delete_vpc', VpcId=v))
tell("{'GroupId': 'G', 'Return': True}", str(plain(ec2.delete_security_group(GroupId=g))))
tell("400 InvalidGroup.NotFound: The security group 'G' does not exist", refused('delete_security_group', GroupId=g))
tell('400 InvalidGroupId.Malformed: Invalid id: "nonsense" (expecting "sg-...")', refused('delete_security_group', GroupId='nonsense'))
tell('400 MissingParameter: The request must contain the parameter groupName or groupId', refused('delete_security_group'))
tell(
    "400 InvalidGroup.NotFound: The security group 'nobody' does not exist in default",
    refused('delete_security_group', GroupName='nobody').split(' VPC ')[0],
)
tell(
    "400 InvalidGroup.NotFound: The security group 'sg-00000000' does not exist",
    refused('describe_security_groups', GroupIds=['sg-00000000']),
)
tell(
    "400 InvalidParameterValue: The filter 'Group-Name' is invalid",
    refused('describe_security_groups', Filters=[{'Name': 'Group-Name', 'Values': ['x']}]),
)
ec2.delete_security_group(GroupId=h)
ec2.delete_vpc(VpcId=v)
