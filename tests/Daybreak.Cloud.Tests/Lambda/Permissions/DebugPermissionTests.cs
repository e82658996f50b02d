namespace Daybreak.Cloud.Tests.Lambda.Permissions;

/// <summary>Who may run a function in a process of their own, and so gets the credentials of its role.</summary>
[Trait("Pace", "slow")]
public sealed class DebugPermissionTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    [Fact]
    public async Task Who_debugs_a_function_may_replace_its_code()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;
        try
        {
            await Boto.RunAsync(cloud.Host.Endpoint, "lambda/permissions/who_debugs_a_function_may_replace_its_code.py", directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
