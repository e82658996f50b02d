namespace Daybreak.Cli.Tests;

/// <summary>Tests of what reads AWS_ENDPOINT_URL, one at a time: a process has one environment.</summary>
[CollectionDefinition(nameof(EndpointVariable))]
public sealed class EndpointVariable
{
    public static void Set(string? value) => Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", value);
}
