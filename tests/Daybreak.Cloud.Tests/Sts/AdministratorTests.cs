using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Tests.Sts;

/// <summary>Whom the keys that everybody knows belong to, and the root of an account, asked by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class AdministratorTests : IAsyncLifetime
{
    private CloudHost? _host;

    public async ValueTask InitializeAsync() =>
        _host = await CloudHost.StartAsync(new CloudOptions { Port = 0, RootCredentials = [new("AKIAROOTOFTESTS00001", "root secret")] });

    public async ValueTask DisposeAsync() => await _host!.DisposeAsync();

    [Fact]
    public Task The_default_key_assumes_the_roles_that_trust_its_account_and_the_root_does_not() =>
        RunAsync("sts/the_default_key_assumes_the_roles_that_trust_its_account_and_the_root_does_not.py");

    [Fact]
    public Task GetCallerIdentity_says_who_the_keys_of_the_start_are() =>
        RunAsync("sts/getcalleridentity_says_who_the_keys_of_the_start_are.py");

    [Fact]
    public Task The_administrator_is_a_user_whom_no_list_shows_and_nobody_changes() =>
        RunAsync("sts/the_administrator_is_a_user_whom_no_list_shows_and_nobody_changes.py");

    [Fact]
    public async Task Every_account_has_an_administrator_of_its_own()
    {
        var first = Administrator.Of("444455556666");
        Assert.Equal(first.Id, Administrator.Of("444455556666").Id);
        Assert.NotEqual(first.Id, Administrator.Of("111122223333").Id);
        Assert.Matches("^AIDA[A-Z2-7]{17}$", first.Id);
        await RunAsync("sts/every_account_has_an_administrator_of_its_own.py");
    }

    private Task RunAsync(string program) => Boto.RunAsync(_host!.Endpoint, program);
}
