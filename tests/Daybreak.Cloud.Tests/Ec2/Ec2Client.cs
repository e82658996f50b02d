namespace Daybreak.Cloud.Tests.Ec2;

/// <summary>
/// Python programs against EC2, which begin with a client <c>ec2</c>, a function <c>refused</c>, and functions that make a VPC with what
/// the program is about.
/// </summary>
internal static class Ec2Client
{
    private const string Beginning = """
        import boto3, botocore, json, os, sys
        from botocore.config import Config
        def client(service, region='us-east-1'):
            return boto3.client(service, region_name=region, endpoint_url=os.environ['AWS_ENDPOINT_URL'],
                config=Config(retries={'max_attempts': 0}, parameter_validation=False))
        ec2 = client('ec2')

        def refused(operation, of=None, **parameters):
            try:
                getattr(of or ec2, operation)(**parameters)
            except botocore.exceptions.ClientError as error:
                return f"{error.response['ResponseMetadata']['HTTPStatusCode']} {error.response['Error']['Code']}: {error.response['Error']['Message']}"
            return 'not refused'

        def vpc(cidr='10.0.0.0/16'): return ec2.create_vpc(CidrBlock=cidr)['Vpc']['VpcId']
        def subnet(vpc_id, cidr='10.0.1.0/24', zone='us-east-1a'):
            return ec2.create_subnet(VpcId=vpc_id, CidrBlock=cidr, AvailabilityZone=zone)['Subnet']['SubnetId']
        def group(vpc_id, name='g'): return ec2.create_security_group(GroupName=name, Description='d', VpcId=vpc_id)['GroupId']
        def table(vpc_id): return ec2.create_route_table(VpcId=vpc_id)['RouteTable']['RouteTableId']
        def gateway(vpc_id=None):
            made = ec2.create_internet_gateway()['InternetGateway']['InternetGatewayId']
            if vpc_id: ec2.attach_internet_gateway(InternetGatewayId=made, VpcId=vpc_id)
            return made
        def of(vpc_id): return [{'Name': 'vpc-id', 'Values': [vpc_id]}]
        # By name: clients of different age have an answer's members in different orders.
        def plain(x):
            if isinstance(x, dict): return {k: plain(x[k]) for k in sorted(x) if k != 'ResponseMetadata'}
            return [plain(item) for item in x] if isinstance(x, list) else x

        """;

    /// <returns>The lines that it printed.</returns>
    public static async Task<string[]> RunAsync(Uri endpoint, string program, params string[] arguments)
    {
        var result = await AwsClient.PythonAsync(endpoint, Beginning + program, arguments);
        return result.Ok().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
