using Daybreak.EndToEnd.Explain;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

[assembly: AssemblyFixture(typeof(Daybreak.EndToEnd.Network.PathStage))]

namespace Daybreak.EndToEnd.Network;

/// <summary>
/// Three clusters, set up as AWS's page says: a public one with an egress rule, a private one through NAT, and a private one through an
/// interface endpoint; and two more for cases that need several instances. Each has its own VPC and role, so that breaking one does not
/// affect the others.
/// </summary>
public sealed class PathStage : IAsyncLifetime
{
    private const string Page = """
        aws iam create-role --role-name $way --assume-role-policy-document "$trust"
        aws iam attach-role-policy --role-name $way --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
        vpc=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
        near=$(aws ec2 create-subnet --vpc-id $vpc --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
        far=$(aws ec2 create-subnet --vpc-id $vpc --cidr-block 10.0.2.0/24 --availability-zone us-east-1b --query Subnet.SubnetId --output text)
        table=$(aws ec2 create-route-table --vpc-id $vpc --query RouteTable.RouteTableId --output text)
        association=$(aws ec2 associate-route-table --route-table-id $table --subnet-id $near --query AssociationId --output text)
        acl=$(aws ec2 describe-network-acls --filters Name=vpc-id,Values=$vpc --query 'NetworkAcls[0].NetworkAclId' --output text)
        group=$(aws ec2 create-security-group --group-name db --description db --vpc-id $vpc --query GroupId --output text)
        aws ec2 revoke-security-group-egress --group-id $group --protocol -1 --cidr 0.0.0.0/0
        aws rds create-db-subnet-group --db-subnet-group-name $way --db-subnet-group-description $way --subnet-ids $near $far
        """;

    private const string ToInternet = """
        gateway=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
        aws ec2 attach-internet-gateway --internet-gateway-id $gateway --vpc-id $vpc
        aws ec2 authorize-security-group-egress --group-id $group --protocol tcp --port 443 --cidr 0.0.0.0/0
        """;

    private const string Public = $"""
        {Page}
        {ToInternet}
        aws ec2 modify-vpc-attribute --vpc-id $vpc --enable-dns-hostnames Value=true
        aws ec2 create-route --route-table-id $table --destination-cidr-block 0.0.0.0/0 --gateway-id $gateway
        """;

    private const string Nat = $"""
        {Page}
        {ToInternet}
        fartable=$(aws ec2 create-route-table --vpc-id $vpc --query RouteTable.RouteTableId --output text)
        aws ec2 associate-route-table --route-table-id $fartable --subnet-id $far
        aws ec2 create-route --route-table-id $fartable --destination-cidr-block 0.0.0.0/0 --gateway-id $gateway
        address=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)
        nat=$(aws ec2 create-nat-gateway --subnet-id $far --allocation-id $address --query NatGateway.NatGatewayId --output text)
        aws ec2 create-route --route-table-id $table --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $nat
        """;

    private const string Endpoint = $$"""
        {{Page}}
        aws ec2 modify-vpc-attribute --vpc-id $vpc --enable-dns-hostnames Value=true
        guard=$(aws ec2 create-security-group --group-name endpoint --description endpoint --vpc-id $vpc --query GroupId --output text)
        aws ec2 authorize-security-group-ingress --group-id $guard --protocol tcp --port 443 --source-group $group
        aws ec2 authorize-security-group-egress --group-id $group --ip-permissions "IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=$guard}]"
        endpoint=$(aws ec2 create-vpc-endpoint --vpc-id $vpc --vpc-endpoint-type Interface --service-name com.amazonaws.us-east-1.lambda \
            --subnet-ids $far --security-group-ids $guard --private-dns-enabled --query VpcEndpoint.VpcEndpointId --output text)
        """;

    private readonly ClusterStage _stage = new();

    internal Uri Cloud => _stage.Endpoint;

    public async ValueTask InitializeAsync()
    {
        await _stage.InitializeAsync();
        await FunctionDeployment.CreateAsync(Cloud, "my-function", LocalStage.Simple);
    }

    public async ValueTask DisposeAsync() => await _stage.DisposeAsync();

    internal Task<Way> PublicAsync() => MakeAsync("public", Public, "--publicly-accessible");

    internal Task<Way> ThroughNatAsync() => MakeAsync("nat", Nat, "--no-publicly-accessible");

    internal Task<Way> ThroughEndpointAsync() => MakeAsync("endpoint", Endpoint, "--no-publicly-accessible");

    /// <summary>A public cluster with a second instance in a subnet whose table, the main one, leads nowhere.</summary>
    internal async Task<Way> InTwoSubnetsAsync()
    {
        var way = await MakeAsync("subnets", Public, "--publicly-accessible");
        await _stage.TypeAsync(
            $"{ClusterStage.CreateInstance("subnets", "subnets-2")} --availability-zone us-east-1b --publicly-accessible"
        );
        await ClusterStage.AvailableAsync(Cloud, "subnets-2");
        return way;
    }

    /// <summary>An instance of RDS for PostgreSQL, without a cluster, with an interface endpoint that it does not find yet.</summary>
    internal async Task<Way> StandaloneAsync()
    {
        await _stage.TypeAsync(
            $"""
            way=alone
            trust={RoleStage.Trust}
            (
            {Endpoint}
            aws rds create-db-instance --db-instance-identifier alone --engine postgres --db-instance-class db.t4g.micro --allocated-storage 20 \
                --master-username postgres --master-user-password {ClusterStage.Password} --db-subnet-group-name alone --vpc-security-group-ids $group \
                --availability-zone us-east-1a --no-publicly-accessible
            ) >/dev/null
            """
        );
        await ClusterStage.AvailableAsync(Cloud, "alone");
        await _stage.TypeAsync(
            "aws rds add-role-to-db-instance --db-instance-identifier alone --feature-name Lambda --role-arn "
                + "arn:aws:iam::444455556666:role/alone"
        );
        var host = await LocalApi.AskRdsAsync(Cloud, "Action=DescribeDBInstances&DBInstanceIdentifier=alone", "Address");
        await ClusterStage.PsqlAsync(host, "CREATE EXTENSION aws_lambda CASCADE;");
        return new Way(this, "alone", host, Variables: "");
    }

    internal Task<Explanation> ExplainAsync(string database, string user) =>
        Explanation.OfAsync(Cloud, database, "my-function", "--user", user);

    private async Task<Way> MakeAsync(string way, string network, string accessible)
    {
        var shown = await _stage.TypeAsync(
            $"""
            way={way}
            trust={RoleStage.Trust}
            (
            {network}
            {ClusterStage.CreateCluster("$way", "--vpc-security-group-ids $group --db-subnet-group-name $way")}
            {ClusterStage.CreateInstance("$way", "$way-1")} --availability-zone us-east-1a {accessible}
            declare -p vpc near far table association acl group gateway fartable nat guard endpoint 2>/dev/null | sed 's/^declare -- //' >&3 || true
            ) 3>&1 >/dev/null
            """
        );
        await ClusterStage.AvailableAsync(Cloud, $"{way}-1");
        await _stage.TypeAsync(
            $"aws rds add-role-to-db-cluster --db-cluster-identifier {way} --feature-name Lambda --role-arn "
                + $"arn:aws:iam::444455556666:role/{way}"
        );
        var made = new Way(this, way, await ClusterStage.EndpointOfAsync(Cloud, way), shown);
        await ClusterStage.PsqlAsync(made.Host, "CREATE EXTENSION aws_lambda CASCADE; CREATE USER app PASSWORD 'app-password';");
        await made.UntilItWorksAsync("postgres");
        return made;
    }
}
