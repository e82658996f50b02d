namespace Daybreak.Cloud.Tests.Ec2.Tags;

[Trait("Pace", "slow")]
public sealed class TagTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Everything_can_have_tags()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v); g = group(v); igw = gateway(v); t = table(v); a = ec2.allocate_address()['AllocationId']
            nat = ec2.create_nat_gateway(SubnetId=s, AllocationId=a)['NatGateway']['NatGatewayId']
            acl = ec2.create_network_acl(VpcId=v)['NetworkAcl']['NetworkAclId']; eni = ec2.create_network_interface(SubnetId=s)['NetworkInterface']['NetworkInterfaceId']
            vpce = ec2.create_vpc_endpoint(VpcId=v, ServiceName='com.amazonaws.us-east-1.s3')['VpcEndpoint']['VpcEndpointId']
            dopt = ec2.create_dhcp_options(DhcpConfigurations=[{'Key': 'domain-name-servers', 'Values': ['10.0.0.2', '8.8.8.8']}])['DhcpOptions']['DhcpOptionsId']
            sgr = ec2.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g]}])['SecurityGroupRules'][0]['SecurityGroupRuleId']
            ids = [v, s, g, igw, t, a, nat, acl, eni, vpce, dopt, sgr]
            ec2.create_tags(Resources=ids, Tags=[{'Key': 'team', 'Value': 'db'}, {'Key': 'empty', 'Value': ''}])
            tags = ec2.describe_tags(Filters=[{'Name': 'key', 'Values': ['team']}])['Tags']
            print(sorted(x['ResourceType'] for x in tags), {x['ResourceId'] for x in tags} == set(ids), {x['Value'] for x in tags})
            print(ec2.describe_nat_gateways(Filters=[{'Name': 'tag:team', 'Values': ['db']}])['NatGateways'][0]['Tags'])
            ec2.delete_tags(Resources=[v, s], Tags=[{'Key': 'team', 'Value': 'other'}, {'Key': 'empty'}])
            ec2.delete_tags(Resources=[g], Tags=[])
            print([len(ec2.describe_tags(Filters=[{'Name': 'resource-id', 'Values': [i]}])['Tags']) for i in (v, s, g, igw)])
            print([len(p['Tags']) for p in ec2.get_paginator('describe_tags').paginate(PaginationConfig={'PageSize': 15})])
            """
        );

        Assert.Equal(
            [
                "['dhcp-options', 'elastic-ip', 'internet-gateway', 'natgateway', 'network-acl', 'network-interface', "
                    + "'route-table', 'security-group', "
                    + "'security-group-rule', 'subnet', 'vpc', 'vpc-endpoint'] True {'db'}",
                "[{'Key': 'empty', 'Value': ''}, {'Key': 'team', 'Value': 'db'}]",
                "[1, 1, 0, 2]",
                "[15, 5]",
            ],
            lines
        );
    }

    [Fact]
    public async Task Tags_are_found_by_each_of_their_filters()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            ec2 = client('ec2', 'eu-west-3'); v = vpc(); s = subnet(v, zone='eu-west-3a'); g = group(v)
            ec2.create_tags(Resources=[v, s], Tags=[{'Key': 'Owner', 'Value': 'TeamA'}, {'Key': 'Stage', 'Value': 'test'}])
            ec2.create_tags(Resources=[g], Tags=[{'Key': 'Owner', 'Value': 'TeamB'}, {'Key': 'TeamA', 'Value': 'Owner'}])
            names = {v: 'vpc', s: 'subnet', g: 'group'}
            def found(*filters):
                tags = ec2.describe_tags(Filters=[{'Name': name, 'Values': values} for name, values in filters])['Tags']
                print(', '.join(sorted(f"{names[t['ResourceId']]} {t['Key']}={t['Value']}" for t in tags)) or 'nothing')
            found(('key', ['Owner']))
            found(('value', ['TeamA']))
            found(('value', ['t*', 'Owner']))
            found(('resource-id', [g]))
            found(('resource-type', ['subnet', 'security-group']))
            found(('tag:Owner', ['TeamA']))
            found(('tag:Owner', ['Team?']), ('resource-type', ['vpc', 'security-group']))
            found(('tag:owner', ['TeamA']))
            found(('key', ['Stage']), ('tag:Owner', ['TeamA']))
            """
        );

        Assert.Equal(
            [
                "group Owner=TeamB, subnet Owner=TeamA, vpc Owner=TeamA",
                "subnet Owner=TeamA, vpc Owner=TeamA",
                "group TeamA=Owner, subnet Stage=test, vpc Stage=test",
                "group Owner=TeamB, group TeamA=Owner",
                "group Owner=TeamB, group TeamA=Owner, subnet Owner=TeamA, subnet Stage=test",
                "subnet Owner=TeamA, vpc Owner=TeamA",
                "group Owner=TeamB, vpc Owner=TeamA",
                "nothing",
                "nothing", // one tag has to pass both
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_tags_are_refused_and_nothing_is_tagged()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            ec2 = client('ec2', 'eu-north-1'); v = vpc()
            def tag(key='k', value='v', ids=None): print(refused('create_tags', Resources=ids or [v], Tags=[{'Key': key, 'Value': value}]))
            tag(key=''); tag(key='k' * 128); tag(value='v' * 256); tag(key='aws:x'); tag(ids=[v, 'vpc-12345678']); tag(ids=['i-12345678']); tag(ids=['x'])
            print(refused('create_tags', Resources=[v], Tags=[])); print(refused('create_tags', Resources=[], Tags=[{'Key': 'a', 'Value': ''}]))
            print(refused('create_tags', Resources=[v], Tags=[{'Key': str(i), 'Value': ''} for i in range(51)]))
            print(ec2.describe_tags()['Tags'] == [], refused('create_tags', Resources=[v], Tags=[{'Key': 'a', 'Value': 'b'}], DryRun=True), ec2.describe_tags()['Tags'] == [])
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterValue: Tag key cannot be null or empty",
                "400 InvalidParameterValue: Tag key exceeds the maximum length of 127 characters",
                "400 InvalidParameterValue: Tag value exceeds the maximum length of 255 characters",
                "400 InvalidParameterValue: Value ( aws:x ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use",
                "400 InvalidVpcID.NotFound: The vpc ID 'vpc-12345678' does not exist",
                "400 InvalidID: The ID 'i-12345678' is not valid",
                "400 InvalidID: The ID 'x' is not valid",
                "400 MissingParameter: The request must contain the parameter tagSet",
                "400 MissingParameter: The request must contain the parameter resourceIdSet",
                "400 TagLimitExceeded: The number of tags for the resource exceeds the limit of 50.",
                "True 412 DryRunOperation: Request would have succeeded, but DryRun flag is set. True",
            ],
            lines
        );
    }
}
