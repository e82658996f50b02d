from calls import *

root = client('ec2')
V = root.create_vpc(CidrBlock='10.0.0.0/16', TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [{'Key': 'team', 'Value': 'blue'}]}])[
    'Vpc'
]['VpcId']
W = root.create_vpc(CidrBlock='10.1.0.0/16')['Vpc']['VpcId']
ARN = 'arn:aws:ec2:us-east-1:444455556666:'
USER = f'multi{os.getpid()}'
iam.create_user(UserName=USER)


def may(*statements):
    iam.put_user_policy(UserName=USER, PolicyName='p', PolicyDocument=document(*statements))


ec2 = client('ec2', credentials=iam.create_access_key(UserName=USER)['AccessKey'])


def told(call, **parameters):
    try:
        call(**parameters)
    except ClientError as e:
        if e.response['Error']['Code'] != 'UnauthorizedOperation':
            return e.response['Error']['Code']
        text = e.response['Error']['Message'].split('not authorized to perform: ')[1].split(' because')[0].split(' with an')[0]
        return text.replace(V, 'V').replace(W, 'W').replace(ARN, '')
    return 'done'


def tagged(kind, **tags):
    return [{'ResourceType': kind, 'Tags': [{'Key': k, 'Value': v} for k, v in tags.items()]}]
