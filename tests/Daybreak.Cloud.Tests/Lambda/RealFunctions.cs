using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>A cloud whose functions really run.</summary>
public class RealFunctions : LambdaCloud
{
    /// <summary>As <c>status</c> shows it.</summary>
    public string Isolation { get; private set; } = "";

    /// <summary>Likewise: what becomes of calls to the real AWS.</summary>
    public string Reach { get; private set; } = "";

    protected override CloudOptions Options => new() { Port = 0 };

    protected override async Task StartedAsync()
    {
        var status = (await SendAsync(HttpMethod.Get, "/_daybreak/status")).Json;
        (Isolation, Reach) = ((string)status["isolation"]!, (string)status["reach"]!);
    }
}
