using Daybreak.Bridge.Credentials;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Bridge.Tests.Credentials;

/// <summary>The chain of the SDK in this process, whose variables it reads: nothing else runs meanwhile.</summary>
[Collection(nameof(VariablesOfThisProcess))]
public sealed class SdkCredentialChainTests : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
    }

    [Fact]
    public async Task Credentials_of_the_sdk_are_replaced_before_they_expire()
    {
        var keys = 0;
        await using var container = new StubHttp(_ =>
            (
                200,
                $$"""
                {"AccessKeyId":"ASIANUMBER{{Interlocked.Increment(ref keys)}}","SecretAccessKey":"very-secret-key",
                 "Token":"very-secret-token","Expiration":"{{TimeProvider.System.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}
                """
            )
        );
        foreach (
            var name in Environment
                .GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Where(static name => name.StartsWith("AWS_", StringComparison.Ordinal))
        )
            Set(name, null);
        Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url);
        Set("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        Set("AWS_CONFIG_FILE", "/dev/null");
        Set("AWS_EC2_METADATA_DISABLED", "true");
        using var chain = new SdkCredentialChain(Environment.GetEnvironmentVariable);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var keeper = new CredentialKeeper(chain, time);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal("ASIANUMBER1", (await keeper.GetAsync(cancellation)).Credentials.AccessKeyId);
        Assert.Equal("ASIANUMBER1", (await keeper.GetAsync(cancellation)).Credentials.AccessKeyId);

        time.Advance(TimeSpan.FromMinutes(56));
        // A call does not wait for the new credentials.
        Assert.Equal("ASIANUMBER1", (await keeper.GetAsync(cancellation)).Credentials.AccessKeyId);
        while (keeper.Current!.Credentials.AccessKeyId != "ASIANUMBER2")
            await Task.Delay(5, cancellation);
        Assert.Equal("ASIANUMBER2", (await keeper.GetAsync(cancellation)).Credentials.AccessKeyId);
    }

    private void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}

/// <summary>Tests that change the variables of the process, one at a time and when no others run.</summary>
[CollectionDefinition(nameof(VariablesOfThisProcess), DisableParallelization = true)]
public sealed class VariablesOfThisProcess;
