from authorization_steps import *

may(dict(Sid='Never', **deny('ec2:DeleteVpc')), allow('ec2:*'))
try:
    ec2.delete_vpc(VpcId=V)
except ClientError as e:
    text, _, encoded = e.response['Error']['Message'].partition('. Encoded authorization failure message: ')
expect('True', text.endswith('with an explicit deny in an identity-based policy'))
decoded = json.loads(sts.decode_authorization_message(EncodedMessage=encoded)['DecodedMessage'])
expect(
    'False True Never ec2:DeleteVpc arn:aws:ec2:us-east-1:444455556666:vpc/V',
    decoded['allowed'],
    decoded['explicitDeny'],
    decoded['matchedStatements']['items'][0]['statementId'],
    decoded['context']['action'],
    decoded['context']['resource'].replace(V, 'V'),
)
expect(
    "arn:aws:iam::444455556666:user/multi ['aws:ResourceTag/team', 'ec2:Region', 'ec2:ResourceTag/team', 'ec2:Tenancy', 'ec2:VpcID']",
    decoded['context']['principal']['arn'].replace(USER, 'multi'),
    [c['key'] for c in decoded['context']['conditions']['items']],
)
expect(
    '400',
    fails(
        'InvalidAuthorizationMessageException',
        'Message is not valid',
        sts.decode_authorization_message,
        EncodedMessage=encoded[:-4] + 'AAAA',
    ),
)
try:
    client('sts', credentials=iam.create_access_key(UserName=USER)['AccessKey']).decode_authorization_message(EncodedMessage=encoded)
except ClientError as e:
    expect('AccessDenied', e.response['Error']['Code'])
else:
    raise AssertionError('somebody else may decode')
