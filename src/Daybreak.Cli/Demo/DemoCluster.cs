using System.Security.Cryptography;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Demo;

/// <summary>The cluster of the demo, created through the RDS API.</summary>
internal sealed class DemoCluster(string accountId, int port)
{
    public const string Name = "demo";
    public const string Instance = "demo-1";
    public const string MasterUser = "postgres";

    private const string InstanceClass = "db.t4g.medium";
    private const int UsualPort = 5432;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public int Port => port;

    /// <summary>The master user's password, new each time.</summary>
    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The address of the writer, once there is one.</summary>
    public string Endpoint { get; private set; } = "";

    public string Arn => $"arn:aws:rds:{LocalAwsVariables.Region}:{accountId}:cluster:{Name}";

    /// <summary>The commands that do the same as <see cref="CreateAsync"/>.</summary>
    public IEnumerable<string> Commands =>
        [
            $"aws rds create-db-cluster --db-cluster-identifier {Name} --engine aurora-postgresql --master-username {MasterUser} "
                + "--master-user-password \"$PASSWORD\""
                + (port == UsualPort ? "" : $" --port {port}"),
        ];

    /// <summary>The commands that do the same as <see cref="StartInRoleAsync"/>.</summary>
    public static IEnumerable<string> CommandsFor(DatabaseRole role) =>
        [
            $"aws rds wait db-cluster-available --db-cluster-identifier {Name}",
            $"aws rds add-role-to-db-cluster --db-cluster-identifier {Name} --feature-name Lambda --role-arn {role.Arn}",
            $"aws rds create-db-instance --db-instance-identifier {Instance} --db-cluster-identifier {Name} --engine "
                + $"aurora-postgresql --db-instance-class {InstanceClass}",
        ];

    /// <summary>The commands that do the same as <see cref="WaitAsync"/>.</summary>
    public static IEnumerable<string> WaitCommands => [$"aws rds wait db-instance-available --db-instance-identifier {Instance}"];

    /// <summary>Starts the creation, which continues in the background.</summary>
    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public Task CreateAsync(LocalAwsApi client) =>
        client.RdsAsync(
            "CreateDBCluster",
            ("DBClusterIdentifier", Name),
            ("Engine", "aurora-postgresql"),
            ("MasterUsername", MasterUser),
            ("MasterUserPassword", Password),
            ("Port", $"{port}")
        );

    /// <summary>Gives the cluster its role, then its server, whose bridge requests the role's credentials as soon as it runs.</summary>
    /// <exception cref="CommandFailedException">The local AWS refused.</exception>
    public static async Task StartInRoleAsync(LocalAwsApi client, DatabaseRole role, CancellationToken cancellation)
    {
        while (
            (await client.RdsAsync("DescribeDBClusters", ("DBClusterIdentifier", Name)))
                .Descendants("DBCluster")
                .Single()
                .Element("Status")!
                .Value != "available"
        )
            await Task.Delay(LookEvery, cancellation);
        await client.RdsAsync("AddRoleToDBCluster", ("DBClusterIdentifier", Name), ("FeatureName", "Lambda"), ("RoleArn", role.Arn));
        await client.RdsAsync(
            "CreateDBInstance",
            ("DBInstanceIdentifier", Instance),
            ("DBClusterIdentifier", Name),
            ("Engine", "aurora-postgresql"),
            ("DBInstanceClass", InstanceClass)
        );
    }

    /// <exception cref="CommandFailedException">The server does not start.</exception>
    public async Task WaitAsync(LocalAwsApi client, CancellationToken cancellation)
    {
        while (true)
        {
            var instance = (await client.RdsAsync("DescribeDBInstances", ("DBInstanceIdentifier", Instance)))
                .Descendants("DBInstance")
                .Single();
            switch (instance.Element("DBInstanceStatus")!.Value)
            {
                case "available":
                    Endpoint = (await client.RdsAsync("DescribeDBClusters", ("DBClusterIdentifier", Name)))
                        .Descendants("Endpoint")
                        .First()
                        .Value;
                    return;
                case "failed":
                    var last = (await client.RdsAsync("DescribeEvents", ("SourceType", "db-instance"), ("SourceIdentifier", Instance)))
                        .Descendants("Message")
                        .Last()
                        .Value;
                    throw new CommandFailedException(ExitCode.Failure, last);
            }
            await Task.Delay(LookEvery, cancellation);
        }
    }
}
