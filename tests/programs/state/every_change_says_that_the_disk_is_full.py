from full_disk_steps import *

state = sys.argv[1]
FULL = f'500 ServiceException: {state}/state.db cannot be written: the disk is full.'

role = 'arn:aws:iam::444455556666:role/before'
expect(
    begins(f'500 ServiceException: The local AWS cannot use its files: No space left on device : \'{state}/code/'),
    told(
        lam.create_function,
        FunctionName='new',
        Runtime='python3.11',
        Handler='app.handler',
        Role=role,
        Code={'ZipFile': buffer.getvalue() + b' '},
    ),
)
expect(FULL, told(lam.update_function_configuration, FunctionName='before', Description='x' * 200))
expect(
    FULL.replace('state.db', 'events.db'),
    told(lam.invoke, FunctionName='before', InvocationType='Event', Payload=json.dumps('x' * 100_000)),
)
expect(FULL, told(iam.create_user, UserName='new'))
expect(FULL, told(client('ec2').create_vpc, CidrBlock='10.0.0.0/16'))
expect(
    FULL,
    told(
        client('rds').create_db_subnet_group,
        DBSubnetGroupName='new',
        DBSubnetGroupDescription='d',
        SubnetIds=[s['SubnetId'] for s in client('ec2').describe_subnets()['Subnets']],
    ),
)
expect(
    "['before'] [] ",
    sorted(f['FunctionName'] for f in lam.list_functions()['Functions']),
    iam.list_users()['Users'],
    lam.get_function(FunctionName='before')['Configuration']['Description'],
)
