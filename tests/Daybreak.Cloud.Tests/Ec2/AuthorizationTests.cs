namespace Daybreak.Cloud.Tests.Ec2;

public sealed class AuthorizationTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Policies_name_actions_and_resources_of_EC2()
    {
        var output = await Boto.RunAsync(cloud.Endpoint, """
            root = client('ec2')
            v = root.describe_vpcs()['Vpcs'][0]['VpcId']
            g = root.create_security_group(GroupName='mine', Description='d', VpcId=v)['GroupId']
            h = root.create_security_group(GroupName='other', Description='d', VpcId=v)['GroupId']
            iam.create_user(UserName='net')
            arn = f'arn:aws:ec2:us-east-1:444455556666:security-group/{g}'
            iam.put_user_policy(UserName='net', PolicyName='p', PolicyDocument=document(
                allow('ec2:AuthorizeSecurityGroupIngress', arn), allow('ec2:DescribeVpcs'), allow('ec2:CreateVpc', 'arn:aws:ec2:us-east-1:444455556666:vpc/*')))
            ec2 = client('ec2', credentials=iam.create_access_key(UserName='net')['AccessKey'])
            rule = [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}]
            print(len(ec2.describe_vpcs()['Vpcs']), ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=rule)['Return'])
            def denied(action, resource): return (f'You are not authorized to perform this operation. User: arn:aws:iam::444455556666:user/net is not authorized to perform: ec2:{action} '
                f'on resource: {resource} because no identity-based policy allows the ec2:{action} action')
            print(fails('UnauthorizedOperation', denied('AuthorizeSecurityGroupIngress', arn.replace(g, h)), ec2.authorize_security_group_ingress, GroupId=h, IpPermissions=rule))
            print(fails('UnauthorizedOperation', denied('DeleteSecurityGroup', arn), ec2.delete_security_group, GroupId=g, DryRun=True))
            print(fails('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', ec2.create_vpc, CidrBlock='10.0.0.0/16', DryRun=True))
            """);

        Assert.Equal(["1 True", "403", "403", "412"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
