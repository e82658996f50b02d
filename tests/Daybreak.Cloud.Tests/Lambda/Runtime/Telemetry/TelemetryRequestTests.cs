using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Telemetry;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Telemetry;

public class TelemetryRequestTests
{
    private const string Destination = "\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain:8080/path\"}";

    [Fact]
    public void What_is_not_said_has_the_default_of_the_documentation()
    {
        var request = Parse("{\"schemaVersion\":\"2022-12-13\",\"types\":[\"platform\",\"function\"]," + Destination + "}", isLogs: false)!;

        Assert.Equal((10_000, 262_144, 1.0), (request.MaxItems, request.MaxBytes, request.Timeout.TotalSeconds));
        Assert.Equal(TelemetryTypes.Platform | TelemetryTypes.Function, request.Types);
        Assert.Equal(("http://sandbox.localdomain:8080/path", "POST"), (request.Destination.OriginalString, request.Method));
        Assert.Equal(TelemetrySchemas.Telemetry2022December, request.Schema);
        var logs = Parse(
            "{\"types\":[\"extension\"],\"buffering\":{\"maxItems\":1000,\"maxBytes\":1048576,\"timeoutMs\":25}," + Destination + "}",
            isLogs: true
        )!;
        Assert.Equal((1_000, 1_048_576, 25.0), (logs.MaxItems, logs.MaxBytes, logs.Timeout.TotalMilliseconds));
        Assert.Equal(TelemetrySchemas.Logs2020, logs.Schema);
    }

    [Theory]
    [InlineData("", "the request body is no valid subscription")]
    [InlineData("[]", "the request body is no valid subscription")]
    [InlineData("{\"schemaVersion\":\"2020-08-15\",\"types\":[\"platform\"]," + Destination + "}", "schemaVersion is not valid")]
    [InlineData(
        "{\"schemaVersion\":\"2022-07-01\",\"types\":[],\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain\"}}",
        "URI port is not provided; types should not be empty" // AWS's example
    )]
    [InlineData("{\"schemaVersion\":\"2022-07-01\",\"types\":[\"traces\"]," + Destination + "}", "type traces is not valid")]
    [InlineData(
        "{\"schemaVersion\":\"2022-07-01\",\"types\":[\"platform\"],\"destination\":{\"protocol\":\"TCP\",\"port\":8080}}",
        "destination protocol should be HTTP; URI is not valid"
    )]
    [InlineData(
        "{\"schemaVersion\":\"2022-07-01\",\"types\":[\"platform\"],\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://example.com:80\"}}",
        "URI host should be sandbox.localdomain"
    )]
    [InlineData(
        "{\"schemaVersion\":\"2022-07-01\",\"types\":[\"platform\"],\"buffering\":{\"maxItems\":10,\"maxBytes\":1,\"timeoutMs\":40000},"
            + Destination
            + "}",
        "maxItems should be between 1000 and 10000; maxBytes should be between 262144 and 1048576; timeoutMs should be between 25 and 30000"
    )]
    public void Everything_that_is_wrong_is_told(string body, string problems)
    {
        Assert.Null(TelemetryRequest.Parse(Encoding.UTF8.GetBytes(body), isLogs: false, out var told));
        Assert.Equal(problems, told);
    }

    private static TelemetryRequest? Parse(string body, bool isLogs) => TelemetryRequest.Parse(Encoding.UTF8.GetBytes(body), isLogs, out _);
}
