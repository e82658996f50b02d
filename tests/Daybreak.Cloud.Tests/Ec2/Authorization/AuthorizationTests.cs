namespace Daybreak.Cloud.Tests.Ec2.Authorization;

[Trait("Pace", "slow")]
public sealed class AuthorizationTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Policies_name_actions_and_resources_of_EC2()
    {
        var output = await Boto.RunAsync(
            cloud.Endpoint,
            """
            root = client('ec2')
            v = root.describe_vpcs(Filters=[{'Name': 'is-default', 'Values': ['true']}])['Vpcs'][0]['VpcId']
            g = root.create_security_group(GroupName='mine', Description='d', VpcId=v)['GroupId']
            h = root.create_security_group(GroupName='other', Description='d', VpcId=v)['GroupId']
            iam.create_user(UserName='net')
            arn = f'arn:aws:ec2:us-east-1:444455556666:security-group/{g}'
            iam.put_user_policy(UserName='net', PolicyName='p', PolicyDocument=document(
                allow('ec2:AuthorizeSecurityGroupIngress', arn), allow('ec2:DescribeVpcs'), allow('ec2:CreateVpc', 'arn:aws:ec2:us-east-1:444455556666:vpc/*')))
            ec2 = client('ec2', credentials=iam.create_access_key(UserName='net')['AccessKey'])
            rule = [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}]
            print(len(ec2.describe_vpcs(VpcIds=[v])['Vpcs']), ec2.authorize_security_group_ingress(GroupId=g, IpPermissions=rule)['Return'])
            def denied(action, resource, call, **parameters):
                try: call(**parameters)
                except ClientError as e:
                    text, _, encoded = e.response['Error']['Message'].partition('. Encoded authorization failure message: ')
                    assert text == (f'You are not authorized to perform this operation. User: arn:aws:iam::444455556666:user/net is not authorized to perform: ec2:{action} '
                        f'on resource: {resource} because no identity-based policy allows the ec2:{action} action'), text
                    assert e.response['Error']['Code'] == 'UnauthorizedOperation' and len(encoded) > 100, e
                    return e.response['ResponseMetadata']['HTTPStatusCode']
                raise AssertionError(f'{action} is allowed')
            print(denied('AuthorizeSecurityGroupIngress', arn.replace(g, h), ec2.authorize_security_group_ingress, GroupId=h, IpPermissions=rule))
            print(denied('DeleteSecurityGroup', arn, ec2.delete_security_group, GroupId=g, DryRun=True))
            print(fails('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', ec2.create_vpc, CidrBlock='10.0.0.0/16', DryRun=True))
            """
        );

        Assert.Equal(["1 True", "403", "403", "412"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private const string Policies = """
        root = client('ec2')
        V = root.create_vpc(CidrBlock='10.0.0.0/16', TagSpecifications=[{'ResourceType': 'vpc', 'Tags': [{'Key': 'team', 'Value': 'blue'}]}])['Vpc']['VpcId']
        W = root.create_vpc(CidrBlock='10.1.0.0/16')['Vpc']['VpcId']
        ARN = 'arn:aws:ec2:us-east-1:444455556666:'
        USER = f'multi{os.getpid()}'
        iam.create_user(UserName=USER)
        def may(*statements): iam.put_user_policy(UserName=USER, PolicyName='p', PolicyDocument=document(*statements))
        ec2 = client('ec2', credentials=iam.create_access_key(UserName=USER)['AccessKey'])
        def told(call, **parameters):
            try: call(**parameters)
            except ClientError as e:
                if e.response['Error']['Code'] != 'UnauthorizedOperation': return e.response['Error']['Code']
                text = e.response['Error']['Message'].split('not authorized to perform: ')[1].split(' because')[0].split(' with an')[0]
                return text.replace(V, 'V').replace(W, 'W').replace(ARN, '')
            return 'done'
        def tagged(kind, **tags): return [{'ResourceType': kind, 'Tags': [{'Key': k, 'Value': v} for k, v in tags.items()]}]

        """;

    [Fact]
    public async Task A_request_needs_permission_for_what_it_names_for_what_it_makes_and_for_its_tags()
    {
        var output = await Boto.RunAsync(
            cloud.Endpoint,
            Policies
                + """
                def subnet(vpc, **more): return told(ec2.create_subnet, VpcId=vpc, CidrBlock=f'10.{0 if vpc == V else 1}.{next(numbers)}.0/24', **more)
                import itertools
                numbers = itertools.count(1)
                may(allow('ec2:DescribeVpcs'))
                print(subnet(V))
                may(allow('ec2:CreateSubnet', ARN + 'vpc/' + V))
                print(subnet(V), '|', subnet(W))
                may(allow('ec2:CreateSubnet', [ARN + 'vpc/' + V, ARN + 'subnet/*']))
                print(subnet(V), '|', subnet(V, TagSpecifications=tagged('subnet', a='1')))
                may(allow('ec2:CreateSubnet'), allow('ec2:CreateTags', ARN + 'subnet/*', Condition={'StringEquals': {'ec2:CreateAction': 'CreateSubnet'}, 'ForAllValues:StringEquals': {'aws:TagKeys': ['a']}}))
                s = root.describe_subnets(Filters=[{'Name': 'vpc-id', 'Values': [V]}])['Subnets'][0]['SubnetId']
                print(subnet(V, TagSpecifications=tagged('subnet', a='1')), '|', subnet(V, TagSpecifications=tagged('subnet', b='1')), '|',
                    told(ec2.create_tags, Resources=[s], Tags=[{'Key': 'a', 'Value': '1'}]).replace(s, 'S'))
                may(allow('ec2:*', Condition={'StringEquals': {'aws:RequestTag/team': 'blue'}}))
                print(told(ec2.create_vpc, CidrBlock='10.2.0.0/16'), '|', told(ec2.create_vpc, CidrBlock='10.2.0.0/16', TagSpecifications=tagged('vpc', team='blue')), '|',
                    told(ec2.create_vpc, CidrBlock='10.2.0.0/16', TagSpecifications=tagged('vpc', team='red')))
                """
        );

        Assert.Equal(
            [
                "ec2:CreateSubnet on resource: vpc/V",
                "ec2:CreateSubnet on resource: subnet/* | ec2:CreateSubnet on resource: vpc/W",
                "done | ec2:CreateTags on resource: subnet/*",
                "done | ec2:CreateTags on resource: subnet/* | ec2:CreateTags on resource: subnet/S",
                "ec2:CreateVpc on resource: vpc/* | done | ec2:CreateVpc on resource: vpc/*",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [Fact]
    public async Task Conditions_ask_for_tags_VPC_and_Region_of_a_resource()
    {
        var output = await Boto.RunAsync(
            cloud.Endpoint,
            Policies
                + """
                g = [root.create_security_group(GroupName='g', Description='d', VpcId=v)['GroupId'] for v in (V, W)]
                rule = [{'IpProtocol': 'tcp', 'FromPort': 443, 'ToPort': 443, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}]
                def egress(n, **more): return told(ec2.authorize_security_group_ingress, GroupId=g[n], IpPermissions=rule, **more).replace(g[n], 'G')
                may(allow('ec2:AuthorizeSecurityGroupIngress', Condition={'ArnEquals': {'ec2:Vpc': ARN + 'vpc/' + V}}))
                print(egress(0, DryRun=True), '|', egress(1, DryRun=True))
                root.create_tags(Resources=[g[1]], Tags=[{'Key': 'team', 'Value': 'blue'}])
                may(allow('ec2:AuthorizeSecurityGroupIngress', Condition={'StringEquals': {'ec2:ResourceTag/team': 'blue', 'aws:ResourceTag/team': 'blue', 'ec2:Region': 'us-east-1', 'ec2:SecurityGroupID': g[1]}}))
                print(egress(0, DryRun=True), '|', egress(1, DryRun=True))
                may(allow('ec2:AuthorizeSecurityGroupIngress', ARN + 'security-group/*'), allow('ec2:CreateTags', ARN + 'security-group-rule/*'))
                print(egress(0, DryRun=True, TagSpecifications=tagged('security-group-rule', a='1')), '|', egress(0))
                r = root.describe_security_group_rules(Filters=[{'Name': 'group-id', 'Values': [g[0]]}])['SecurityGroupRules'][0]['SecurityGroupRuleId']
                may(allow('ec2:ModifySecurityGroupRules', ARN + 'security-group/*'))
                print(told(ec2.modify_security_group_rules, GroupId=g[0], SecurityGroupRules=[{'SecurityGroupRuleId': r, 'SecurityGroupRule': {'IpProtocol': '-1', 'CidrIpv4': '10.0.0.0/8'}}]).replace(r, 'R'))
                may(allow('ec2:*', Condition={'StringEquals': {'ec2:Region': 'eu-west-1'}}))
                print(told(ec2.describe_vpcs), '|', told(ec2.describe_vpc_attribute, VpcId=V, Attribute='enableDnsSupport'))
                may(allow('ec2:CreateVpcEndpoint', Condition={'StringEqualsIfExists': {'ec2:VpceServiceName': 'com.amazonaws.us-east-1.s3'}}))
                print(told(ec2.create_vpc_endpoint, VpcId=V, ServiceName='com.amazonaws.us-east-1.s3', DryRun=True), '|', told(ec2.create_vpc_endpoint, VpcId=V, ServiceName='com.amazonaws.us-east-1.dynamodb', DryRun=True))
                may(allow('ec2:DeleteVpc', Condition={'StringEquals': {'ec2:VpcID': V, 'ec2:Tenancy': 'default'}}), deny('ec2:DeleteSubnet'))
                print(told(ec2.delete_vpc, VpcId=W), '|', told(ec2.delete_vpc, VpcId='vpc-12345678'), '|', told(ec2.delete_vpc, VpcId=V, DryRun=True))
                """
        );

        Assert.Equal(
            [
                "DryRunOperation | ec2:AuthorizeSecurityGroupIngress on resource: security-group/G",
                "ec2:AuthorizeSecurityGroupIngress on resource: security-group/G | DryRunOperation",
                "ec2:AuthorizeSecurityGroupIngress on resource: security-group-rule/* | done",
                "ec2:ModifySecurityGroupRules on resource: security-group-rule/R",
                "ec2:DescribeVpcs | ec2:DescribeVpcAttribute on resource: vpc/V",
                "DryRunOperation | ec2:CreateVpcEndpoint on resource: vpc-endpoint/*",
                "ec2:DeleteVpc on resource: vpc/W | ec2:DeleteVpc on resource: vpc/vpc-12345678 | DependencyViolation",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [Fact]
    public async Task A_denial_can_be_decoded_by_those_who_may()
    {
        var output = await Boto.RunAsync(
            cloud.Endpoint,
            Policies
                + """
                may(dict(Sid='Never', **deny('ec2:DeleteVpc')), allow('ec2:*'))
                try: ec2.delete_vpc(VpcId=V)
                except ClientError as e: text, _, encoded = e.response['Error']['Message'].partition('. Encoded authorization failure message: ')
                print(text.endswith('with an explicit deny in an identity-based policy'))
                decoded = json.loads(sts.decode_authorization_message(EncodedMessage=encoded)['DecodedMessage'])
                print(decoded['allowed'], decoded['explicitDeny'], decoded['matchedStatements']['items'][0]['statementId'], decoded['context']['action'], decoded['context']['resource'].replace(V, 'V'))
                print(decoded['context']['principal']['arn'].replace(USER, 'multi'), [c['key'] for c in decoded['context']['conditions']['items']])
                print(fails('InvalidAuthorizationMessageException', 'Message is not valid', sts.decode_authorization_message, EncodedMessage=encoded[:-4] + 'AAAA'))
                try: client('sts', credentials=iam.create_access_key(UserName=USER)['AccessKey']).decode_authorization_message(EncodedMessage=encoded)
                except ClientError as e: print(e.response['Error']['Code'])
                """
        );

        Assert.Equal(
            [
                "True",
                "False True Never ec2:DeleteVpc arn:aws:ec2:us-east-1:444455556666:vpc/V",
                "arn:aws:iam::444455556666:user/multi ['aws:ResourceTag/team', 'ec2:Region', 'ec2:ResourceTag/team', 'ec2:Tenancy', "
                    + "'ec2:VpcID']",
                "400",
                "AccessDenied",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }
}
