using System.Security.Cryptography;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>X-Amzn-Trace-Id, from the caller when it is valid and otherwise new.
/// <see href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader"/></summary>
internal static class TraceId
{
    private const int MaxLength = 512;

    /// <param name="isActive">Whether the function's tracing is active, so that a trace that begins here is sampled.</param>
    public static string Of(string? given, bool isActive, TimeProvider time)
    {
        if (
            given is { Length: <= MaxLength }
            && given.StartsWith("Root=", StringComparison.Ordinal)
            && !given.AsSpan().ContainsAnyExceptInRange(' ', '~')
        )
            return given;
        Span<byte> random = stackalloc byte[20];
        RandomNumberGenerator.Fill(random);
        return $"Root=1-{time.GetUtcNow().ToUnixTimeSeconds():x8}-{Convert.ToHexStringLower(random[..12])};"
            + $"Parent={Convert.ToHexStringLower(random[12..])};Sampled={(isActive ? 1 : 0)}";
    }
}
