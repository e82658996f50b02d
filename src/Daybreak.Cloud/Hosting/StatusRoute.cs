using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Hosting.Clock;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Rds;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Hosting;

/// <summary>GET /_daybreak/status: one JSON object about this process.</summary>
/// <param name="databaseIsolation">How database servers are isolated here.</param>
internal sealed class StatusRoute(
    CloudOptions options,
    Uri endpoint,
    string stateDirectory,
    ImmutableArray<AwsService> services,
    IFunctionRuntime runtime,
    string databaseIsolation,
    RdsService rds,
    Forwards forwards,
    MovableClock clock
)
{
    private readonly DateTimeOffset _started = clock.Real.GetUtcNow();

    public Task HandleAsync(HttpContext http) => RestJsonProtocol.WriteJsonAsync(http.Response, "application/json", Write).AsTask();

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString(
            "version",
            typeof(StatusRoute).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        );
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteString("endpoint", endpoint.ToString().TrimEnd('/'));
        json.WriteString("accountId", options.AccountId);
        json.WriteString("region", options.Region);
        json.WriteNumber("uptimeSeconds", Math.Round((clock.Real.GetUtcNow() - _started).TotalSeconds, 3));
        json.WriteString("clock", clock.Offset == TimeSpan.Zero ? "real" : ClockText.Of(clock));
        json.WriteString("stateDirectory", stateDirectory);
        json.WriteBoolean("keepsState", options.StateDirectory is not null);
        json.WriteString("iam", options.EnforcesIam ? "enforced" : "OFF: every caller may do everything");
        json.WriteString("network", options.EnforcesNetwork ? "enforced" : "OFF: every database server reaches every API");
        json.WriteString("isolation", runtime.Isolation);
        json.WriteString("limits", runtime.Limits);
        json.WriteString("reach", runtime.Reach);
        json.WriteString("runtimes", Runtimes.Described(runtime, options.StrictRuntimes));
        json.WriteNumber("environments", runtime.EnvironmentCount);
        json.WriteString("databases", databaseIsolation);
        if (rds.AuthorityFile is { } authority)
            json.WriteString("databaseAuthority", authority);
        json.WriteString(
            "engineVersions",
            string.Join(
                "; ",
                rds.StandIns.Prepend(options.TakesAnyEngineVersion ? "ANY: the nearest installed major runs" : "as installed")
            )
        );
        json.WriteStartArray("forwards");
        foreach (var target in forwards.All)
        {
            json.WriteStartObject();
            json.WriteString("service", target.Rule.Service);
            json.WriteString("url", target.Rule.Url.ToString());
            if (target.Rule.Profile is { } profile)
                json.WriteString("profile", profile);
            json.WriteNumber("requests", target.Sent);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("services");
        foreach (var service in services)
        {
            json.WriteStartObject(service.Name);
            foreach (var (kind, count) in service.Counts())
                json.WriteNumber(kind, count);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
