using Daybreak.Cloud.Lambda.Runtime.Names;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Names;

/// <summary>How calls of functions are kept from AWS without the name server, and the text of <c>status</c> where they are not.</summary>
public class ReachTests
{
    [Fact]
    public async Task Without_a_sandbox_status_says_which_calls_reach_AWS()
    {
        await using var host = await FunctionHost.StartAsync(inSandbox: false);

        Assert.Equal(
            "an SDK that does not know AWS_ENDPOINT_URL calls the real AWS unless the endpoint is set in the code: "
                + "without bubblewrap, functions resolve its host names as this machine does",
            host.Runtime.Reach
        );
    }

    [Fact]
    public void Hosts_of_an_ordinary_users_functions_are_this_machines_and_AWSs_nowhere()
    {
        var hosts = HostsFile.WithAwsNowhere();

        Assert.StartsWith(File.ReadAllText("/etc/hosts"), hosts, StringComparison.Ordinal);
        foreach (var name in (string[])["lambda.us-east-1", "secretsmanager.eu-central-1", "sts", "iam", "rds.us-west-2", "s3"])
            Assert.Contains($"\n255.255.255.255 {name}.amazonaws.com\n", hosts, StringComparison.Ordinal);
    }
}
