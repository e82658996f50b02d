namespace Daybreak.Bridge.Frames;

/// <summary>How the bridge names itself.</summary>
public static class BridgeVersion
{
    public static string Text { get; } = typeof(BridgeVersion).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static readonly byte[] UserAgentBytes = System.Text.Encoding.ASCII.GetBytes($"daybreak-bridge/{Text}");

    /// <summary>In the Welcome frame and <c>--version</c>.</summary>
    public static string Name { get; } = $"daybreak-bridge {Text}";

    public static ReadOnlySpan<byte> UserAgent => UserAgentBytes;
}
