using static Daybreak.EndToEnd.Network.Mutation;

namespace Daybreak.EndToEnd.Network;

/// <summary>
/// Removes one piece after the other: the call fails as documented, is explained, and works again after the printed command was run.
/// </summary>
public sealed class PublicMutationTests(PathStage stage)
{
    private const string Denied =
        "is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:444455556666:function:my-function";

    private static readonly Mutation[] Mutations =
    [
        OfNetwork("no egress rule", "aws ec2 revoke-security-group-egress --group-id $group --protocol tcp --port 443 --cidr 0.0.0.0/0"),
        OfNetwork(
            "egress of UDP only",
            "aws ec2 revoke-security-group-egress --group-id $group --protocol tcp --port 443 --cidr 0.0.0.0/0; aws ec2 "
                + "authorize-security-group-egress --group-id $group --protocol udp --port 443 --cidr 0.0.0.0/0"
        ),
        OfNetwork(
            "another group, which lets nothing out",
            """
            other=$(aws ec2 create-security-group --group-name other --description other --vpc-id $vpc --query GroupId --output text)
            aws ec2 revoke-security-group-egress --group-id $other --protocol -1 --cidr 0.0.0.0/0
            aws rds modify-db-cluster --db-cluster-identifier public --vpc-security-group-ids $other --apply-immediately
            """
        ),
        OfNetwork(
            "not public",
            "aws rds modify-db-instance --db-instance-identifier public-1 --no-publicly-accessible --apply-immediately"
        ),
        OfNetwork("no route", "aws ec2 delete-route --route-table-id $table --destination-cidr-block 0.0.0.0/0"),
        OfNetwork("main route table", "aws ec2 disassociate-route-table --association-id $association"),
        OfNetwork(
            "outbound denied by the ACL",
            "aws ec2 create-network-acl-entry --network-acl-id $acl --egress --rule-number 50 --protocol tcp --port-range "
                + "From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action deny"
        ),
        OfNetwork(
            "answers denied by the ACL",
            "aws ec2 create-network-acl-entry --network-acl-id $acl --ingress --rule-number 50 --protocol tcp --port-range "
                + "From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action deny"
        ),
        OfNetwork("no resolver", "aws ec2 modify-vpc-attribute --vpc-id $vpc --enable-dns-support Value=false"),
        OfNetwork(
            "no room for an egress rule",
            """
            other=$(aws ec2 describe-security-groups --filters Name=vpc-id,Values=$vpc Name=group-name,Values=other --query 'SecurityGroups[0].GroupId' --output text)
            aws ec2 revoke-security-group-egress --group-id $other --protocol tcp --port 443 --cidr 0.0.0.0/0
            ranges=$(for number in $(seq 60); do printf '{CidrIp=10.9.%d.0/24},' $number; done)
            aws ec2 authorize-security-group-egress --group-id $other --ip-permissions "IpProtocol=tcp,FromPort=5432,ToPort=5432,IpRanges=[${ranges%,}]"
            """
        ),
        new(
            "no extension",
            "psql -h $(aws rds describe-db-clusters --db-cluster-identifier public --query 'DBClusters[0].Endpoint' --output text) "
                + "-U postgres -d postgres -c 'DROP EXTENSION aws_lambda'",
            "schema \"aws_lambda\" does not exist",
            "extension"
        ),
        new("a user without grants", "true", "permission denied for schema aws_lambda", "grants", "app"),
        new(
            "no trust",
            """
            aws iam update-assume-role-policy --role-name public --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
            """,
            "is not authorized to perform: sts:AssumeRole",
            "trust"
        ),
        new(
            "a denial in the role's policies",
            """
            aws iam put-role-policy --role-name public --policy-name no --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"lambda:*","Resource":"*"}]}'
            """,
            $"{Denied} with an explicit deny in an identity-based policy",
            "identityPolicies"
        ),
        new(
            "a boundary that leaves it out",
            "aws iam put-role-permissions-boundary --role-name public --permissions-boundary arn:aws:iam::aws:policy/AmazonRDSFullAccess",
            $"{Denied} because no permissions boundary allows the lambda:InvokeFunction action",
            "identityPolicies"
        ),
        new(
            "no policy",
            "aws iam detach-role-policy --role-name public --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole",
            $"{Denied} because no identity-based policy allows the lambda:InvokeFunction action",
            "identityPolicies"
        ),
        new(
            "no role",
            "aws rds remove-role-from-db-cluster --db-cluster-identifier public --feature-name Lambda --role-arn "
                + "arn:aws:iam::444455556666:role/public",
            "No IAM role is associated with the feature Lambda of the DB cluster.",
            "role"
        ),
    ];

    [Fact]
    public async Task Each_piece_of_a_public_instance_is_needed_and_fixed()
    {
        var way = await stage.PublicAsync();
        foreach (var mutation in Mutations)
            await way.BreakAndFixAsync(mutation);
    }
}

/// <summary>The same for a private instance whose way out is a NAT gateway.</summary>
public sealed class NatMutationTests(PathStage stage)
{
    private static readonly Mutation[] Mutations =
    [
        OfNetwork("no egress rule", "aws ec2 revoke-security-group-egress --group-id $group --protocol tcp --port 443 --cidr 0.0.0.0/0"),
        OfNetwork("no route", "aws ec2 delete-route --route-table-id $table --destination-cidr-block 0.0.0.0/0"),
        OfNetwork("NAT gateway without internet", "aws ec2 delete-route --route-table-id $fartable --destination-cidr-block 0.0.0.0/0"),
        OfNetwork(
            "ACL against the NAT gateway's answers",
            "aws ec2 create-network-acl-entry --network-acl-id $acl --ingress --rule-number 50 --protocol tcp --port-range "
                + "From=1024,To=2000 --cidr-block 0.0.0.0/0 --rule-action deny"
        ),
        // Without host names in the VPC, RDS makes no instance public.
        OfNetwork(
            "internet gateway in the place of the NAT gateway",
            "aws ec2 replace-route --route-table-id $table --destination-cidr-block 0.0.0.0/0 --gateway-id $gateway"
        ),
        OfNetwork(
            "private again, main route table",
            """
            aws rds modify-db-instance --db-instance-identifier nat-1 --no-publicly-accessible
            aws ec2 modify-vpc-attribute --vpc-id $vpc --enable-dns-hostnames Value=false
            aws ec2 replace-route --route-table-id $table --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $nat
            aws ec2 disassociate-route-table --association-id $association
            """
        ),
        OfNetwork("NAT gateway deleted", "aws ec2 delete-nat-gateway --nat-gateway-id $nat"),
    ];

    [Fact]
    public async Task Each_piece_of_a_private_instance_behind_nat_is_needed_and_fixed()
    {
        var way = await stage.ThroughNatAsync();
        foreach (var mutation in Mutations)
            await way.BreakAndFixAsync(mutation);
    }
}

/// <summary>The same for a private instance with an interface endpoint.</summary>
public sealed class EndpointMutationTests(PathStage stage)
{
    private const string Denied =
        "is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:444455556666:function:my-function";

    private static readonly Mutation[] Mutations =
    [
        OfNetwork(
            "no egress rule",
            "aws ec2 revoke-security-group-egress --group-id $group --ip-permissions "
                + "\"IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=$guard}]\""
        ),
        OfNetwork(
            "endpoint admits nobody",
            "aws ec2 revoke-security-group-ingress --group-id $guard --protocol tcp --port 443 --source-group $group"
        ),
        OfNetwork("no private DNS", "aws ec2 modify-vpc-endpoint --vpc-endpoint-id $endpoint --no-private-dns-enabled"),
        OfNetwork("no DNS host names", "aws ec2 modify-vpc-attribute --vpc-id $vpc --enable-dns-hostnames Value=false"),
        OfNetwork(
            "ACL of the endpoint's subnet",
            "aws ec2 create-network-acl-entry --network-acl-id $acl --ingress --rule-number 50 --protocol tcp --port-range "
                + "From=443,To=443 --cidr-block 10.0.1.0/24 --rule-action deny"
        ),
        OfNetwork(
            "ACL against the endpoint's answers",
            "aws ec2 create-network-acl-entry --network-acl-id $acl --egress --rule-number 50 --protocol tcp --port-range "
                + "From=1024,To=65535 --cidr-block 10.0.1.0/24 --rule-action deny"
        ),
        new(
            "endpoint policy that leaves it out",
            """
            aws ec2 modify-vpc-endpoint --vpc-endpoint-id $endpoint --policy-document '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"lambda:GetFunction","Resource":"*"}]}'
            """,
            $"{Denied} because no VPC endpoint policy allows the lambda:InvokeFunction action",
            "endpointPolicy"
        ),
        new(
            "endpoint policy that denies it",
            """
            aws ec2 modify-vpc-endpoint --vpc-endpoint-id $endpoint --policy-document '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"lambda:InvokeFunction","Resource":"*"}]}'
            """,
            $"{Denied} with an explicit deny in a VPC endpoint policy",
            "endpointPolicy"
        ),
        OfNetwork(
            "an override that names nobody's endpoint",
            """
            family=$(aws rds describe-db-cluster-parameter-groups --query 'DBClusterParameterGroups[0].DBParameterGroupFamily' --output text)
            aws rds create-db-cluster-parameter-group --db-cluster-parameter-group-name override --db-parameter-group-family $family --description override
            aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name override --parameters \
                ParameterName=aws_lambda.endpoint_override,ParameterValue=https://vpce-00000000000000000-aaaaaaaa.lambda.us-east-1.vpce.amazonaws.com,ApplyMethod=pending-reboot
            aws rds modify-db-cluster --db-cluster-identifier endpoint --db-cluster-parameter-group-name override --apply-immediately
            aws rds reboot-db-instance --db-instance-identifier endpoint-1
            until [ "$(aws rds describe-db-instances --db-instance-identifier endpoint-1 --query 'DBInstances[0].DBInstanceStatus' --output text)" = available ]; do sleep 0.2; done
            """
        ),
    ];

    [Fact]
    public async Task Each_piece_of_a_private_instance_with_an_endpoint_is_needed_and_fixed()
    {
        var way = await stage.ThroughEndpointAsync();
        foreach (var mutation in Mutations)
            await way.BreakAndFixAsync(mutation);
        await way.WorksWithOverrideAsync();
        await way.BreakAndFixAsync(OfNetwork("endpoint deleted", "aws ec2 delete-vpc-endpoints --vpc-endpoint-ids $endpoint"));
    }
}
