namespace Daybreak.Cloud.Tests.Ec2.Requests;

/// <summary>What lists take: filters, ids, and how much of a page.</summary>
[Trait("Pace", "slow")]
public sealed class ListTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Every_list_takes_what_the_model_allows_and_nothing_beyond()
    {
        // The least and the most that the client's own model has for each operation.
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            for name in sorted(ec2.meta.service_model.operation_names):
                shape = ec2.meta.service_model.operation_model(name).input_shape
                limits = shape.members['MaxResults'].metadata if shape and 'MaxResults' in shape.members else {}
                if 'max' not in limits or not name.startswith(('Describe', 'Get')): continue
                method = next(m for m, o in ec2.meta.method_to_api_mapping.items() if o == name)
                below, above = limits['min'] - 1, limits['max'] + 1
                if refused(method, MaxResults=below).startswith('501'): continue
                for size in (limits['min'], limits['max']):
                    answer = refused(method, MaxResults=size)
                    if answer != 'not refused' and 'MissingParameter' not in answer: print(name, size, answer)
                for size in (below, above):
                    answer = refused(method, MaxResults=size)
                    if 'MissingParameter' not in answer and f'Value ( {size} ) for parameter maxResults is invalid' not in answer: print(name, size, answer)
            """
        );

        Assert.Empty(lines);
    }

    [Fact]
    public async Task Tags_are_found_by_key_and_by_value()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); ec2.create_tags(Resources=[v], Tags=[{'Key': 'team', 'Value': 'blue'}])
            for name, value in [('tag-key', 'team'), ('tag-value', 'blue'), ('tag-value', 'b*'), ('tag-value', 'red')]:
                print([x['VpcId'] == v for x in ec2.describe_vpcs(Filters=[{'Name': name, 'Values': [value]}])['Vpcs']])
            """
        );

        Assert.Equal(["[True]", "[True]", "[True]", "[]"], lines);
    }

    [Fact]
    public async Task Ids_and_filters_that_are_none_are_refused_before_anything_is_looked_for()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            print(refused('describe_vpcs', VpcIds=['vpc-0123456789abcdef0', 'vpc-nope']))
            print(refused('describe_vpcs', VpcIds=['']))
            print(refused('delete_vpc', VpcId='vpc-1'))
            print(refused('describe_vpcs', Filters=[{'Values': ['x']}]))
            print(refused('describe_vpcs', Filters=[{'Name': '', 'Values': ['x']}]))
            """
        );

        Assert.Equal(
            [
                "400 InvalidVpcID.Malformed: Invalid id: \"vpc-nope\" (expecting \"vpc-...\")",
                "400 InvalidVpcID.Malformed: Invalid id: \"\" (expecting \"vpc-...\")",
                "400 InvalidVpcID.Malformed: Invalid id: \"vpc-1\" (expecting \"vpc-...\")",
                "400 InvalidParameterValue: The filter 'null' is invalid",
                "400 InvalidParameterValue: The filter '' is invalid",
            ],
            lines
        );
    }

    [Fact]
    public async Task Endpoints_lead_to_the_services_of_AWS_of_both_types()
    {
        var lines = await Ec2Client.RunAsync(
            cloud.Endpoint,
            """
            v = vpc(); s = subnet(v)
            for service, type in [('s3', 'Gateway'), ('s3', 'Interface'), ('dynamodb', 'Interface'), ('secretsmanager', 'Interface'), ('logs', 'Interface'), ('ecr.dkr', 'Interface'), ('kinesis-streams', 'Interface'), ('bedrock-runtime', 'Interface')]:
                more = dict(SubnetIds=[s], PrivateDnsEnabled=False) if type == 'Interface' else {}
                e = ec2.create_vpc_endpoint(VpcId=v, ServiceName=f'com.amazonaws.us-east-1.{service}', VpcEndpointType=type, **more)['VpcEndpoint']
                print(e['VpcEndpointType'], e['ServiceName'], *[d['DnsName'].split('.', 1)[1] for d in e.get('DnsEntries', [])][:1])
            print([x['ServiceType'][0]['ServiceType'] for x in ec2.describe_vpc_endpoint_services(ServiceNames=['com.amazonaws.us-east-1.s3'])['ServiceDetails']])
            print(refused('create_vpc_endpoint', VpcId=v, ServiceName='com.amazonaws.us-east-1.logs'))
            """
        );

        Assert.Equal(
            [
                "Gateway com.amazonaws.us-east-1.s3",
                "Interface com.amazonaws.us-east-1.s3 s3.us-east-1.vpce.amazonaws.com",
                "Interface com.amazonaws.us-east-1.dynamodb dynamodb.us-east-1.vpce.amazonaws.com",
                "Interface com.amazonaws.us-east-1.secretsmanager secretsmanager.us-east-1.vpce.amazonaws.com",
                "Interface com.amazonaws.us-east-1.logs logs.us-east-1.vpce.amazonaws.com",
                "Interface com.amazonaws.us-east-1.ecr.dkr dkr.ecr.us-east-1.vpce.amazonaws.com",
                "Interface com.amazonaws.us-east-1.kinesis-streams kinesis.us-east-1.vpce.amazonaws.com",
                "Interface com.amazonaws.us-east-1.bedrock-runtime bedrock-runtime.us-east-1.vpce.amazonaws.com",
                "['Gateway', 'Interface']",
                "400 InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).",
            ],
            lines
        );
    }
}
