using System.Buffers.Binary;

namespace Daybreak.Bridge.Frames;

/// <summary>The versions this bridge speaks, and the errors of the protocol itself (<c>docs/errors.md</c>, LM9..).</summary>
public static class Protocol
{
    public const ushort Version = 6;

    /// <summary>The lowest version, which has no Explain.</summary>
    public const ushort Lowest = 1;

    /// <summary>The first version that has Explain.</summary>
    public const ushort WithExplain = 2;

    /// <summary>The first version in which a request may name an IAM role.</summary>
    public const ushort WithIamRole = 3;

    /// <summary>The first version in which a call may name the trace that it belongs to.</summary>
    public const ushort WithTraceParent = 4;

    /// <summary>The first version in which a request may switch on the breaker of its endpoint.</summary>
    public const ushort WithBreaker = 4;

    /// <summary>The first version in which a call may name the application of its session.</summary>
    public const ushort WithApplicationName = 5;

    /// <summary>The first version that has Object.</summary>
    public const ushort WithObjects = 6;

    public static SqlError Violated(string how) =>
        new(
            SqlStates.Protocol,
            "aws_lambda bridge: protocol error",
            how + ".",
            "The extension and the bridge of one release belong together."
        );

    public static SqlError NoCommonVersion(ushort offered) =>
        new(
            SqlStates.Version,
            "aws_lambda bridge: no common protocol version",
            $"The client speaks versions up to {offered}, the bridge speaks {Lowest} to {Version}.",
            "Install the extension and the bridge of one release."
        );

    public static SqlError NotAllowed(uint user) =>
        new(
            SqlStates.BridgeUnavailable,
            "aws_lambda bridge is not available",
            $"The operating-system user {user} may not use this bridge.",
            "Only the user that the bridge runs as, and root, may."
        );

    public static SqlError Internal(string what) =>
        new(SqlStates.Internal, "aws_lambda bridge: internal error", what, "See the server log.");

    /// <summary><c>hello = version(2) text</c>; false when it is too short.</summary>
    public static bool TryReadHello(ReadOnlySpan<byte> body, out ushort version) =>
        BinaryPrimitives.TryReadUInt16BigEndian(body, out version);
}
