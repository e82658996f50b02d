namespace Daybreak.Cloud.Tests.Lambda;

/// <summary>A cloud whose functions really run.</summary>
public sealed class RealFunctions : LambdaCloud
{
    /// <summary>As <c>status</c> shows it.</summary>
    public string Isolation { get; private set; } = "";

    protected override CloudOptions Options => new() { Port = 0 };

    protected override async Task StartedAsync() =>
        Isolation = (string)(await SendAsync(HttpMethod.Get, "/_daybreak/status")).Json["isolation"]!;
}
