using Daybreak.Aws;
using Daybreak.Cloud.Explain;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.Tests.Ec2.Reachability;
using Daybreak.Explaining;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;
using DatabaseFacts = Daybreak.Cloud.Rds.Instances.DatabaseFacts;
using LambdaSettings = Daybreak.Cloud.Rds.Instances.LambdaSettings;

namespace Daybreak.Cloud.Tests.Explain;

public sealed class NetworkStageTests
{
    private const string RebootAndWait =
        "aws rds reboot-db-instance --db-instance-identifier db-1; aws rds wait db-instance-available --db-instance-identifier db-1";
    private const string Set = "--parameters ParameterName=rds.custom_dns_resolution,ParameterValue=1,ApplyMethod=pending-reboot";

    /// <summary>A default group should not be changed, so the fix creates a group and gives it to the instance.</summary>
    [Theory]
    [InlineData("own", $"aws rds modify-db-parameter-group --db-parameter-group-name own {Set}; {RebootAndWait}")]
    [InlineData(
        "default.postgres15",
        "aws rds create-db-parameter-group --db-parameter-group-name db-1-custom-dns --db-parameter-group-family postgres15 "
            + "--description db-1-custom-dns; "
            + $"aws rds modify-db-parameter-group --db-parameter-group-name db-1-custom-dns {Set}; "
            + "aws rds modify-db-instance --db-instance-identifier db-1 --db-parameter-group-name db-1-custom-dns "
            + $"--apply-immediately; {RebootAndWait}"
    )]
    public void Custom_DNS_resolution_is_switched_on_by_what_is_printed(string parameterGroup, string commands)
    {
        var database = new DatabaseFacts(
            new InstanceName("444455556666", "us-east-1", "db-ID"),
            "db-1",
            "arn:aws:rds:us-east-1:444455556666:db:db-1",
            "db-1",
            "instance",
            "arn:aws:rds:us-east-1:444455556666:db:db-1",
            "available",
            "127.0.0.2",
            5432,
            "postgres",
            "postgres",
            parameterGroup,
            null
        );

        var (stage, _) = NetworkStage.Of(
            ThroughEndpoint.MissingPrivateDns(),
            Database,
            database,
            new LambdaSettings("", "", 1000, 3000),
            AwsRegion.Parse("us-east-1"),
            new RegionalCommands("us-east-1", "us-east-1")
        );

        Assert.Equal(StageState.Failed, stage.State);
        Assert.Equal(commands, string.Join("; ", stage.Fix.SelectMany(step => step.Commands)));
        Assert.Contains(
            stage.Hops,
            hop => hop.Text.EndsWith($"; the private DNS name of {Endpoint} needs rds.custom_dns_resolution = 1.", StringComparison.Ordinal)
        );
    }
}
