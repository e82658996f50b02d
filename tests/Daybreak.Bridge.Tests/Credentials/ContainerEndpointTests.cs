using Daybreak.Bridge.Credentials;

namespace Daybreak.Bridge.Tests.Credentials;

/// <summary>The token is sent only to endpoints to which an AWS SDK would send it.</summary>
public sealed class ContainerEndpointTests
{
    [Theory]
    [InlineData("FULL_URI", "http://127.0.0.1:4566/_daybreak/credentials", "http://127.0.0.1:4566/_daybreak/credentials")]
    [InlineData("FULL_URI", "http://localhost/", "http://localhost/")]
    [InlineData("FULL_URI", "http://[::1]:8/", "http://[::1]:8/")]
    [InlineData("FULL_URI", "http://169.254.170.23/v1/credentials", "http://169.254.170.23/v1/credentials")]
    [InlineData("FULL_URI", "http://[fd00:ec2::23]/v1/credentials", "http://[fd00:ec2::23]/v1/credentials")]
    [InlineData("FULL_URI", "https://credentials.example.com/", "https://credentials.example.com/")]
    [InlineData("RELATIVE_URI", "/v2/credentials/id", "http://169.254.170.2/v2/credentials/id")]
    [InlineData("RELATIVE_URI", "@credentials.example.com/", null)]
    [InlineData("FULL_URI", "http://credentials.example.com/", null)]
    [InlineData("FULL_URI", "http://127.0.0.1.example.com/", null)]
    [InlineData("FULL_URI", "http://169.254.169.254/", null)]
    [InlineData("FULL_URI", "file:///etc/passwd", null)]
    [InlineData("FULL_URI", "/v2/credentials", null)]
    [InlineData("FULL_URI", "", null)]
    public void Endpoint_of_the_surroundings(string variable, string value, string? expected)
    {
        using var endpoint = ContainerEndpoint.TryCreate(name => name == $"AWS_CONTAINER_CREDENTIALS_{variable}" ? value : null);

        Assert.Equal(expected, endpoint?.Uri.ToString());
    }

    [Fact]
    public async Task Token_comes_from_the_file_if_there_is_one_and_is_one_line()
    {
        using var directory = new TemporaryDirectory();
        await using var container = new StubHttp(_ => (404, "{}"));
        Dictionary<string, string> variables = new()
        {
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url,
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "of the variable",
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = directory.Write("token", "of the file\n"),
        };
        using var endpoint = ContainerEndpoint.TryCreate(variables.GetValueOrDefault)!;

        Assert.True((await endpoint.AskAsync(TestContext.Current.CancellationToken)).IsRefusal);

        Assert.Equal("of the file", Assert.Single(container.Seen).Header("Authorization"));
        directory.Write("token", "of the file\r\nX-Other: header");
        await Assert.ThrowsAsync<FormatException>(() => endpoint.AskAsync(TestContext.Current.CancellationToken));
    }
}
