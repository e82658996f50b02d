namespace Daybreak.Bridge.Frames;

/// <summary>The bridge's name and version.</summary>
public static class BridgeVersion
{
    public static string Text { get; } = typeof(BridgeVersion).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static readonly byte[] UserAgentBytes = System.Text.Encoding.ASCII.GetBytes($"daybreak-bridge/{Text}");

    /// <summary>Used in the Welcome frame and by <c>--version</c>.</summary>
    public static string Name { get; } = $"daybreak-bridge {Text}";

    public static ReadOnlySpan<byte> UserAgent => UserAgentBytes;
}
