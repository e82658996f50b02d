from network_steps import *

v, subnets = vpc('10.8.0.0/16', names=False)
w, others = vpc('10.9.0.0/16')
far = group(w, 'far')
own = group(v, 'own')


def tell(expected, text):
    for x, n in ((far, 'FAR'), (own, 'OWN'), (subnets[0], 'SUBNET')):
        text = text.replace(x, n)
    expect(expected, text)


def create(expected, name, **more):
    tell(
        expected,
        refused(
            'create_db_cluster',
            DBClusterIdentifier=name,
            Engine='aurora-postgresql',
            MasterUsername='app_admin',
            MasterUserPassword=PASSWORD,
            **more
        ),
    )


tell(
    '400 InvalidSubnet: Subnets in multiple VPCs are not supported.',
    refused('create_db_subnet_group', DBSubnetGroupName='mixed', DBSubnetGroupDescription='d', SubnetIds=[subnets[0], others[1]]),
)
rds.create_db_subnet_group(DBSubnetGroupName='bad', DBSubnetGroupDescription='d', SubnetIds=subnets)
create(
    '400 InvalidParameterCombination: The DB instance and EC2 security group are in different VPCs.',
    'far',
    DBSubnetGroupName='bad',
    VpcSecurityGroupIds=[far],
)
create(
    '400 InvalidParameterValue: Invalid security group , groupId= sg-12345678, groupName=.',
    'none',
    DBSubnetGroupName='bad',
    VpcSecurityGroupIds=['sg-12345678'],
)
c = new_cluster('bad', DBSubnetGroupName='bad')
expect('True', c['VpcSecurityGroups'][0]['VpcSecurityGroupId'] == group_of(v))


def instance_of(expected, name, **more):
    tell(
        expected,
        refused(
            'create_db_instance',
            DBInstanceIdentifier=name,
            DBClusterIdentifier='bad',
            Engine='aurora-postgresql',
            DBInstanceClass='db.r6g.large',
            **more
        ),
    )


instance_of(
    '400 InvalidVPCNetworkStateFault: Cannot create a publicly accessible DBInstance. The specified VPC has no internet gateway attached.Update the VPC and then try again',
    'bad-1',
    PubliclyAccessible=True,
)
gateway(v)
instance_of(
    '400 InvalidVPCNetworkStateFault: Cannot create a publicly accessible DBInstance. The specified VPC does not support DNS resolution, DNS hostnames, or both. Update the VPC and then try again',
    'bad-1',
    PubliclyAccessible=True,
)
rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='bad', WaiterConfig=FAST)
rds.modify_db_cluster(DBClusterIdentifier='bad', VpcSecurityGroupIds=[own], ApplyImmediately=True)
ec2.delete_security_group(GroupId=own)
instance_of('400 InvalidParameterValue: Invalid security group , groupId= OWN, groupName=.', 'bad-1')
rds.modify_db_cluster(DBClusterIdentifier='bad', VpcSecurityGroupIds=[group_of(v)], ApplyImmediately=True)
for i in range(11):
    ec2.create_network_interface(SubnetId=subnets[0])
instance_of(
    "400 InvalidVPCNetworkStateFault: The subnet 'SUBNET' in us-east-1a has no free IP address.", 'bad-1', AvailabilityZone='us-east-1a'
)
ec2.delete_subnet(SubnetId=subnets[1])
instance_of(
    "400 InvalidVPCNetworkStateFault: The DB subnet group 'bad' doesn't cover enough Availability Zones: subnets of it were deleted. Add subnets to cover at least 2 AZs.",
    'bad-1',
)
create(
    "400 InvalidVPCNetworkStateFault: The DB subnet group 'bad' doesn't cover enough Availability Zones: subnets of it were deleted. Add subnets to cover at least 2 AZs.",
    'later',
    DBSubnetGroupName='bad',
)
expect('[]', rds.describe_db_instances()['DBInstances'])
