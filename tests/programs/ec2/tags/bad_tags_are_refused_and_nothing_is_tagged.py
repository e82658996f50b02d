from ec2_calls import *

ec2 = ec2_in('eu-north-1')
v = vpc()


def tag(expected, key='k', value='v', ids=None):
    expect(expected, refused('create_tags', Resources=ids or [v], Tags=[{'Key': key, 'Value': value}]))


tag('400 InvalidParameterValue: Tag key cannot be null or empty', key='')
tag('400 InvalidParameterValue: Tag key exceeds the maximum length of 127 characters', key='k' * 128)
tag('400 InvalidParameterValue: Tag value exceeds the maximum length of 255 characters', value='v' * 256)
tag(
    "400 InvalidParameterValue: Value ( aws:x ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use",
    key='aws:x',
)
tag("400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist", ids=[v, 'vpc-12345678'])
tag("400 InvalidID: The ID 'i-12345678' is not valid", ids=['i-12345678'])
tag("400 InvalidID: The ID 'x' is not valid", ids=['x'])
expect('400 MissingParameter: The request must contain the parameter tagSet', refused('create_tags', Resources=[v], Tags=[]))
expect(
    '400 MissingParameter: The request must contain the parameter resourceIdSet',
    refused('create_tags', Resources=[], Tags=[{'Key': 'a', 'Value': ''}]),
)
expect(
    '400 TagLimitExceeded: The number of tags for the resource exceeds the limit of 50.',
    refused('create_tags', Resources=[v], Tags=[{'Key': str(i), 'Value': ''} for i in range(51)]),
)
expect(
    'True 412 DryRunOperation: Request would have succeeded, but DryRun flag is set. True',
    ec2.describe_tags()['Tags'] == [],
    refused('create_tags', Resources=[v], Tags=[{'Key': 'a', 'Value': 'b'}], DryRun=True),
    ec2.describe_tags()['Tags'] == [],
)
