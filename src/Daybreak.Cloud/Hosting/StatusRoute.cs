using System.Reflection;
using System.Text.Json;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Hosting;

/// <summary>GET /_daybreak/status: one JSON object about this process.</summary>
public sealed class StatusRoute(TimeProvider time, ServiceFinder services, CloudOptions options, string stateDirectory, Func<Uri> endpoint)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>How functions are isolated and limited here, whether they reach AWS, and how many environments there are; told by
    /// Lambda.</summary>
    public Func<(string Isolation, string Limits, string Reach, int Environments)> Functions { get; init; } = static () => ("", "", "", 0);

    /// <summary>What keeps database servers apart here; told by RDS.</summary>
    public string Databases { get; init; } = "";

    /// <summary>Databases that do not run the engine version that they show; told by RDS.</summary>
    public Func<IEnumerable<string>> StandIns { get; init; } = static () => [];

    public Task HandleAsync(HttpContext http) => RestJsonProtocol.WriteJsonAsync(http.Response, "application/json", Write).AsTask();

    private void Write(Utf8JsonWriter json)
    {
        var (isolation, limits, reach, environments) = Functions();
        json.WriteStartObject();
        json.WriteString(
            "version",
            typeof(StatusRoute).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        );
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteString("endpoint", endpoint().ToString().TrimEnd('/'));
        json.WriteString("accountId", options.AccountId);
        json.WriteString("region", options.Region);
        json.WriteNumber("uptimeSeconds", Math.Round((time.GetUtcNow() - _started).TotalSeconds, 3));
        json.WriteString("stateDirectory", stateDirectory);
        json.WriteBoolean("keepsState", options.StateDirectory is not null);
        json.WriteString("iam", options.EnforcesIam ? "enforced" : "OFF: every caller may do everything");
        json.WriteString("network", options.EnforcesNetwork ? "enforced" : "OFF: every database server reaches every API");
        json.WriteString("isolation", isolation);
        json.WriteString("limits", limits);
        json.WriteString("reach", reach);
        json.WriteNumber("environments", environments);
        json.WriteString("databases", Databases);
        json.WriteString(
            "engineVersions",
            string.Join("; ", StandIns().Prepend(options.TakesAnyEngineVersion ? "ANY: the nearest installed major runs" : "as installed"))
        );
        json.WriteStartObject("services");
        foreach (var service in services.Services)
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
