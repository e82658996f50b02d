namespace Daybreak.Cloud.Tests.Ec2.Vpcs;

[Trait("Pace", "slow")]
public sealed class VpcTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_VPC_comes_with_a_main_table_an_open_ACL_and_a_group_and_goes_with_them()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            made = ec2.create_vpc(CidrBlock='10.1.0.0/16', TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [{'Key': 'Name', 'Value': 'mine'}]}])['Vpc']
            v = made['VpcId']
            read = ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]
            print(made['State'], read['State'], {k: x for k, x in made.items() if k != 'State'} == {k: x for k, x in read.items() if k != 'State'})
            print(read['IsDefault'], read['Tags'], read['CidrBlockAssociationSet'][0]['CidrBlockState'])
            main = ec2.describe_route_tables(Filters=of(v) + [{'Name': 'association.main', 'Values': ['true']}])['RouteTables']
            print(len(main), [(r['DestinationCidrBlock'], r['GatewayId']) for r in main[0]['Routes']])
            g = ec2.describe_security_groups(Filters=of(v) + [{'Name': 'group-name', 'Values': ['default']}])['SecurityGroups']
            print(len(g), g[0]['Description'])
            ec2.modify_vpc_attribute(VpcId=v, EnableDnsHostnames={'Value': True})
            ec2.modify_vpc_attribute(VpcId=v, EnableDnsSupport={'Value': False})
            print([list(plain(ec2.describe_vpc_attribute(VpcId=v, Attribute=a)).items())[0] for a in ['enableDnsHostnames', 'enableDnsSupport']])
            second = ec2.associate_vpc_cidr_block(VpcId=v, CidrBlock='10.2.0.0/16')['CidrBlockAssociation']
            print([a['CidrBlock'] for a in ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['CidrBlockAssociationSet']],
                [r['DestinationCidrBlock'] for r in ec2.describe_route_tables(Filters=of(v))['RouteTables'][0]['Routes']])
            s = subnet(v, '10.2.3.0/24')
            print(refused('disassociate_vpc_cidr_block', AssociationId=second['AssociationId']))
            ec2.delete_subnet(SubnetId=s)
            ec2.disassociate_vpc_cidr_block(AssociationId=second['AssociationId'])
            print([a['CidrBlock'] for a in ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['CidrBlockAssociationSet']])
            ec2.delete_vpc(VpcId=v)
            print(refused('describe_vpcs', VpcIds=[v]).replace(v, 'VPC'), ec2.describe_route_tables(Filters=of(v))['RouteTables'], ec2.describe_security_groups(Filters=of(v))['SecurityGroups'])
            """
        );

        Assert.Equal(
            [
                "pending available True",
                "False [{'Key': 'Name', 'Value': 'mine'}] {'State': 'associated'}",
                "1 [('10.1.0.0/16', 'local')]",
                "1 default VPC security group",
                "[('EnableDnsHostnames', {'Value': True}), ('EnableDnsSupport', {'Value': False})]",
                "['10.1.0.0/16', '10.2.0.0/16'] ['10.1.0.0/16', '10.2.0.0/16']",
                "400 DependencyViolation: The vpc CIDR block '10.2.0.0/16' has dependencies and cannot be deleted.",
                "['10.1.0.0/16']",
                "400 InvalidVpcID.NotFound: The vpc ID 'VPC' does not exist [] []",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_VPCs_are_refused_with_the_codes_and_texts_of_EC2()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            for cidr in ['10.0.0.0/8', '10.0.0.0/29', '10.0.0.0', '10.0.0.256/16', '2001:db8::/56', '']:
                print(refused('create_vpc', CidrBlock=cidr))
            print(ec2.create_vpc(CidrBlock='100.68.0.18/18')['Vpc']['CidrBlock'])
            print(refused('create_vpc', CidrBlock='10.0.0.0/16', InstanceTenancy='shared'))
            print(refused('create_vpc', CidrBlock='10.0.0.0/16', DryRun=True))
            print(refused('create_vpc', CidrBlock='10.0.0.0/8', DryRun=True))
            print(refused('describe_vpcs', DryRun=True))
            print(refused('delete_vpc', VpcId='vpc-00000000000000000'))
            print(refused('delete_vpc'))
            print(refused('describe_vpcs', Filters=[{'Name': 'colour', 'Values': ['red']}]))
            v = vpc()
            print(refused('describe_vpc_attribute', VpcId=v, Attribute='x'))
            print(refused('modify_vpc_attribute', VpcId=v))
            print(refused('describe_vpcs', MaxResults=4), refused('describe_vpcs', MaxResults=1001))
            print(refused('describe_vpcs', VpcIds=[v], MaxResults=5), refused('describe_vpcs', NextToken='!'))
            tag = {'Key': 'a', 'Value': 'b'}
            print(refused('create_vpc', CidrBlock='10.0.0.0/16', TagSpecifications=[{'ResourceType': 'subnet', 'Tags': [tag]}]))
            print(refused('create_vpc', CidrBlock='10.0.0.0/16', TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [tag, tag]}]))
            print(refused('associate_vpc_cidr_block', VpcId=v, CidrBlock='10.0.128.0/17'))
            print(refused('create_vpn_gateway', Type='ipsec.1'))
            """
        );

        Assert.Equal(
            [
                "400 InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
                "400 InvalidVpc.Range: The CIDR '10.0.0.0/29' is invalid.",
                "400 InvalidParameterValue: Value (10.0.0.0) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "400 InvalidParameterValue: Value (10.0.0.256/16) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "400 InvalidParameterValue: Value (2001:db8::/56) for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "400 MissingParameter: The request must contain the parameter cidrBlock",
                "100.68.0.0/18",
                "400 InvalidParameterValue: Value (shared) for parameter instanceTenancy is invalid.",
                "412 DryRunOperation: Request would have succeeded, but DryRun flag is set.",
                "400 InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
                "412 DryRunOperation: Request would have succeeded, but DryRun flag is set.",
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-00000000000000000' does not exist",
                "400 MissingParameter: The request must contain the parameter vpcId",
                "400 InvalidParameterValue: The filter 'colour' is invalid",
                "400 InvalidParameterValue: Value (x) for parameter attribute is invalid.",
                "400 InvalidParameterCombination: Exactly one attribute must be specified in a request",
                "400 InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5. "
                    + "400 InvalidParameterValue: Value ( 1001 ) for parameter maxResults is invalid. Expecting a value less than 1000.",
                "400 InvalidParameterCombination: The parameter vpcIds cannot be used with the parameter maxResults "
                    + "400 InvalidPaginationToken: The specified pagination token is not valid or is expired.",
                "400 InvalidParameterValue: 'subnet' is not a valid taggable resource type for this operation.",
                "400 InvalidParameterValue: Duplicate tag key 'a' specified.",
                "400 InvalidVpc.Range: The CIDR '10.0.128.0/17' is invalid.",
                "501 NotImplemented: Daybreak does not implement the operation CreateVpnGateway of ec2.",
            ],
            lines
        );
    }

    [Fact]
    public async Task Lists_are_filtered_by_wildcards_and_come_in_pages()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            ec2 = client('ec2', 'us-west-2')
            for i in range(12):
                ec2.create_vpc(CidrBlock=f'10.{i}.0.0/16', TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [{'Key': 'Name', 'Value': f'web-{i}'}, {'Key': f'k{i % 2}', 'Value': ''}]}])
            pages = list(ec2.get_paginator('describe_vpcs').paginate(PaginationConfig={'PageSize': 5}))
            print([len(p['Vpcs']) for p in pages], len({v['VpcId'] for p in pages for v in p['Vpcs']}))
            def found(*filters): return sorted(v['CidrBlock'] for v in ec2.describe_vpcs(Filters=[{'Name': n, 'Values': v} for n, v in filters])['Vpcs'])
            print(found(('tag:Name', ['web-1*'])))
            print(found(('tag:Name', ['web-?'])).__len__(), found(('tag-key', ['k0'])).__len__(), found(('tag-key', ['k0']), ('tag:Name', ['web-2', 'web-3'])))
            print(found(('cidr', ['10.4.0.0/16', '10.5.0.0/16'])), found(('is-default', ['true'])), found(('tag:Name', ['WEB-1'])), found(('tag:Name', ['web-\\*'])))
            print(len(found(('owner-id', ['444455556666']))), found(('owner-id', ['111122223333'])))
            """
        );

        Assert.Equal(
            [
                "[5, 5, 3] 13",
                "['10.1.0.0/16', '10.10.0.0/16', '10.11.0.0/16']",
                "10 6 ['10.2.0.0/16']",
                "['10.4.0.0/16', '10.5.0.0/16'] ['172.31.0.0/16'] [] []",
                "13 []",
            ],
            lines
        );
    }
}
