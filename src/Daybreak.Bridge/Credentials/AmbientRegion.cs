namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The Region of the environment: AWS_REGION, AWS_DEFAULT_REGION, otherwise looked up once, when the first call needs it.
/// </summary>
public sealed class AmbientRegion(Func<string, string?> variable, Func<string?> lookUp)
{
    private readonly Lock _lock = new();
    private volatile string? _known = NotEmpty(variable("AWS_REGION")) ?? NotEmpty(variable("AWS_DEFAULT_REGION"));
    private Task<string?>? _lookup;

    public string? Known => _known;

    /// <summary>Returns null when neither profile nor machine names a Region; the next call looks again.</summary>
    public async ValueTask<string?> FindAsync(CancellationToken call)
    {
        if (_known is { } known)
            return known;
        Task<string?> lookup;
        lock (_lock)
            lookup = _lookup ??= Task.Run(LookUp, CancellationToken.None);
        return await lookup.WaitAsync(call);
    }

    private string? LookUp()
    {
        var found = NotEmpty(lookUp());
        lock (_lock)
            (_known, _lookup) = (found, null);
        return found;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
