namespace Daybreak.Cloud.Tests.Rds;

/// <summary>Databases in the networks of EC2.</summary>
[Trait("Pace", "slow")]
public sealed class NetworkTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Network = """
        ec2 = boto3.client('ec2', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
        def refused_by_ec2(operation, **parameters):
            try: getattr(ec2, operation)(**parameters)
            except botocore.exceptions.ClientError as error: return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
            return 'not refused'
        def vpc(cidr, names=True):
            v = ec2.create_vpc(CidrBlock=cidr)['Vpc']['VpcId']
            if names: ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
            base = cidr.rsplit('.', 2)[0]
            subnets = [ec2.create_subnet(VpcId=v, CidrBlock=f'{base}.{i}.0/28', AvailabilityZone='us-east-1' + z)['Subnet']['SubnetId'] for i, z in enumerate('ab')]
            return v, subnets
        def gateway(v):
            igw = ec2.create_internet_gateway()['InternetGateway']['InternetGatewayId']
            ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=v)
            return igw
        def group(v, name): return ec2.create_security_group(GroupName=name, Description='d', VpcId=v)['GroupId']
        def group_of(v, name='default'): return ec2.describe_security_groups(Filters=[{'Name': 'vpc-id', 'Values': [v]}, {'Name': 'group-name', 'Values': [name]}])['SecurityGroups'][0]['GroupId']
        def interfaces(v): return ec2.describe_network_interfaces(Filters=[{'Name': 'vpc-id', 'Values': [v]}])['NetworkInterfaces']
        def new_cluster(name, **more): return rds.create_db_cluster(DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD, **more)['DBCluster']

        """;

    [Fact]
    public async Task An_instance_has_an_interface_that_only_RDS_may_take_away()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            Network
                + """
                v, subnets = vpc('10.7.0.0/16'); igw = gateway(v); g, h = group(v, 'one'), group(v, 'two')
                rds.create_db_subnet_group(DBSubnetGroupName='net', DBSubnetGroupDescription='d', SubnetIds=subnets)
                cluster('net', DBSubnetGroupName='net', VpcSecurityGroupIds=[g])
                i = instance('net', 'net-1')
                e = interfaces(v)[0]
                print(e['Description'], e['RequesterId'], e['RequesterManaged'], e['InterfaceType'], e['Status'], e['OwnerId'], e['Attachment']['Status'], e['Attachment']['InstanceOwnerId'])
                print(i['AvailabilityZone'] == e['AvailabilityZone'], e['PrivateIpAddress'], [x['GroupName'] for x in e['Groups']], i['PubliclyAccessible'], e['Association']['IpOwnerId'])
                def tell(text):
                    for x, n in ((e['NetworkInterfaceId'], 'ENI'), (e['SubnetId'], 'SUBNET'), (g, 'G'), (v, 'VPC'), (igw, 'IGW')): text = text.replace(x, n)
                    print(text)
                tell(refused_by_ec2('delete_network_interface', NetworkInterfaceId=e['NetworkInterfaceId']))
                tell(refused_by_ec2('modify_network_interface_attribute', NetworkInterfaceId=e['NetworkInterfaceId'], Groups=[h]))
                tell(refused_by_ec2('detach_network_interface', AttachmentId=e['Attachment']['AttachmentId']))
                tell(refused_by_ec2('delete_security_group', GroupId=g)); tell(refused_by_ec2('delete_subnet', SubnetId=e['SubnetId']))
                tell(refused_by_ec2('detach_internet_gateway', InternetGatewayId=igw, VpcId=v)); tell(refused_by_ec2('delete_vpc', VpcId=v))
                rds.modify_db_cluster(DBClusterIdentifier='net', VpcSecurityGroupIds=[h], ApplyImmediately=True)
                tell(refused_by_ec2('delete_security_group', GroupId=g))
                rds.modify_db_instance(DBInstanceIdentifier='net-1', PubliclyAccessible=False, ApplyImmediately=True)
                after = interfaces(v)[0]
                print([x['GroupName'] for x in after['Groups']], 'Association' in after, after['NetworkInterfaceId'] == e['NetworkInterfaceId'])
                delete('net', 'net-1')
                print(interfaces(v))
                rds.delete_db_subnet_group(DBSubnetGroupName='net')
                for s in subnets: ec2.delete_subnet(SubnetId=s)
                ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v); ec2.delete_security_group(GroupId=h); ec2.delete_vpc(VpcId=v)
                """
        );

        Assert.Equal(
            [
                "RDSNetworkInterface amazon-rds True interface in-use 444455556666 attached amazon-rds",
                "True 10.7.0.4 ['one'] True amazon",
                "InvalidParameterValue: Network interface 'ENI' is currently in use.",
                "AuthFailure: You do not have permission to access the specified resource.",
                "OperationNotPermitted: You are not allowed to manage 'ela-attach' attachments.",
                "DependencyViolation: resource G has a dependent object",
                "DependencyViolation: The subnet 'SUBNET' has dependencies and cannot be deleted.",
                "DependencyViolation: Network VPC has some mapped public address(es). Please unmap those public address(es) before "
                    + "detaching the gateway.",
                "DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.",
                "not refused",
                "['two'] False True",
                "[]",
            ],
            lines
        );
    }

    [Fact]
    public async Task Networks_that_do_not_fit_are_refused_with_the_codes_and_texts_of_RDS()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            Network
                + """
                v, subnets = vpc('10.8.0.0/16', names=False); w, others = vpc('10.9.0.0/16'); far = group(w, 'far'); own = group(v, 'own')
                def tell(text):
                    for x, n in ((far, 'FAR'), (own, 'OWN'), (subnets[0], 'SUBNET')): text = text.replace(x, n)
                    print(text)
                def create(name, **more): tell(refused('create_db_cluster', DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD, **more))
                tell(refused('create_db_subnet_group', DBSubnetGroupName='mixed', DBSubnetGroupDescription='d', SubnetIds=[subnets[0], others[1]]))
                rds.create_db_subnet_group(DBSubnetGroupName='bad', DBSubnetGroupDescription='d', SubnetIds=subnets)
                create('far', DBSubnetGroupName='bad', VpcSecurityGroupIds=[far]); create('none', DBSubnetGroupName='bad', VpcSecurityGroupIds=['sg-12345678'])
                c = new_cluster('bad', DBSubnetGroupName='bad')
                print(c['VpcSecurityGroups'][0]['VpcSecurityGroupId'] == group_of(v))
                def instance_of(name, **more): tell(refused('create_db_instance', DBInstanceIdentifier=name, DBClusterIdentifier='bad', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large', **more))
                instance_of('bad-1', PubliclyAccessible=True); gateway(v); instance_of('bad-1', PubliclyAccessible=True)
                rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='bad', WaiterConfig=FAST)
                rds.modify_db_cluster(DBClusterIdentifier='bad', VpcSecurityGroupIds=[own], ApplyImmediately=True); ec2.delete_security_group(GroupId=own)
                instance_of('bad-1')
                rds.modify_db_cluster(DBClusterIdentifier='bad', VpcSecurityGroupIds=[group_of(v)], ApplyImmediately=True)
                for i in range(11): ec2.create_network_interface(SubnetId=subnets[0])
                instance_of('bad-1', AvailabilityZone='us-east-1a')
                ec2.delete_subnet(SubnetId=subnets[1])
                instance_of('bad-1'); create('later', DBSubnetGroupName='bad')
                print(rds.describe_db_instances()['DBInstances'])
                """
        );

        const string Public = "400 InvalidVPCNetworkStateFault: Cannot create a publicly accessible DBInstance. The specified VPC ";
        const string Gone =
            "400 InvalidVPCNetworkStateFault: The DB subnet group 'bad' doesn't cover enough Availability Zones: subnets of it were "
            + "deleted. "
            + "Add subnets to cover at least 2 AZs.";
        Assert.Equal(
            [
                "400 InvalidSubnet: Subnets in multiple VPCs are not supported.",
                "400 InvalidParameterCombination: The DB instance and EC2 security group are in different VPCs.",
                "400 InvalidParameterValue: Invalid security group , groupId= sg-12345678, groupName=.",
                "True",
                Public + "has no internet gateway attached.Update the VPC and then try again",
                Public + "does not support DNS resolution, DNS hostnames, or both. Update the VPC and then try again",
                "400 InvalidParameterValue: Invalid security group , groupId= OWN, groupName=.",
                "400 InvalidVPCNetworkStateFault: The subnet 'SUBNET' in us-east-1a has no free IP address.",
                Gone,
                Gone,
                "[]",
            ],
            lines
        );
    }
}
