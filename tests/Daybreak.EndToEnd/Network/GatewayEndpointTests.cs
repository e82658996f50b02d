using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Network;

/// <summary>aws_s3 of a database in a VPC without any way out but a gateway endpoint for Amazon S3.</summary>
public sealed class GatewayEndpointTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Import = """
        SET aws_s3.connect_timeout_ms = 400;
        SELECT aws_s3.table_import_from_s3('reading', '', '(format csv)', 'gateway', 'in.csv', 'us-east-1');

        """;

    private const string Imported = "1 rows imported into relation \"reading\" from file in.csv of 6 bytes\n";

    [Fact]
    public async Task Objects_are_reached_through_the_endpoint_as_far_as_its_policy_lets()
    {
        var shown = await stage.TypeAsync(
            $$"""
            {
            aws s3 mb s3://gateway
            printf '1,one\n' | aws s3 cp - s3://gateway/in.csv
            aws iam create-role --role-name gateway --assume-role-policy-document {{RoleStage.Trust}}
            aws iam attach-role-policy --role-name gateway --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
            vpc=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
            near=$(aws ec2 create-subnet --vpc-id $vpc --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
            far=$(aws ec2 create-subnet --vpc-id $vpc --cidr-block 10.0.2.0/24 --availability-zone us-east-1b --query Subnet.SubnetId --output text)
            aws rds create-db-subnet-group --db-subnet-group-name gateway --db-subnet-group-description gateway --subnet-ids $near $far
            } >/dev/null
            aws ec2 describe-route-tables --filters Name=vpc-id,Values=$vpc --query 'RouteTables[0].[VpcId, RouteTableId]' --output text
            """
        );
        var (vpc, table) = (shown.Trim().Split('\t')[0], shown.Trim().Split('\t')[1]);
        await stage.TypeAsync(
            $"""
            {ClusterStage.CreateCluster("gateway", "--db-subnet-group-name gateway")}
            {ClusterStage.CreateInstance("gateway", "gateway-1")} --no-publicly-accessible
            """
        );
        await ClusterStage.AvailableAsync(stage.Endpoint, "gateway-1");
        await stage.TypeAsync(
            "aws rds add-role-to-db-cluster --db-cluster-identifier gateway --feature-name s3Import --role-arn "
                + "arn:aws:iam::444455556666:role/gateway"
        );
        var writer = await ClusterStage.EndpointOfAsync(stage.Endpoint, "gateway");
        await ClusterStage.PsqlAsync(
            writer,
            "SET client_min_messages = warning; CREATE EXTENSION aws_s3 CASCADE; CREATE TABLE reading (sensor int, value text);"
        );

        Assert.Equal(
            """
            ERROR:  could not download from Amazon S3
            DETAIL:  Amazon S3 client returned 'Unable to connect to endpoint'.
            HINT:  The endpoint is https://gateway.s3.us-east-1.amazonaws.com: no connection within 400 ms (aws_s3.connect_timeout_ms): the network does not let it through.

            """,
            await ClusterStage.PsqlAsync(writer, Import)
        );
        // Credentials in the arguments go the same way.
        Assert.Contains(
            "Unable to connect to endpoint",
            await ClusterStage.PsqlAsync(writer, Import.Replace("'us-east-1')", "'us-east-1', 'test', 'test')", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );

        var endpoint = (
            await stage.TypeAsync(
                $"aws ec2 create-vpc-endpoint --vpc-id {vpc} --service-name com.amazonaws.us-east-1.s3 --route-table-ids {table} "
                    + "--query VpcEndpoint.VpcEndpointId --output text"
            )
        ).Trim();
        Assert.Equal(Imported, await ClusterStage.PsqlAsync(writer, Import));

        await stage.TypeAsync(
            $$"""
            aws ec2 modify-vpc-endpoint --vpc-endpoint-id {{endpoint}} --policy-document '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/*"}]}'
            """
        );
        Assert.Contains(
            "because no VPC endpoint policy allows the s3:GetObject action",
            await ClusterStage.PsqlAsync(writer, Import),
            StringComparison.Ordinal
        );
        await stage.TypeAsync($"aws ec2 delete-vpc-endpoints --vpc-endpoint-ids {endpoint}");
        Assert.Contains("Unable to connect to endpoint", await ClusterStage.PsqlAsync(writer, Import), StringComparison.Ordinal);
    }
}
