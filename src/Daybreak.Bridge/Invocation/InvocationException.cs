using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// An invocation that ends in an SQL error. Except for LM100, its message never contains a payload, a key or a signature.
/// </summary>
public sealed class InvocationException(SqlError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public SqlError Error { get; } = error;

    /// <summary>The API refused the credentials themselves, and carried nothing out.</summary>
    public bool RefusesKey { get; init; }

    /// <summary>The API refused the signature for its time, and carried nothing out.</summary>
    public bool RefusesTime { get; init; }

    /// <summary>How far the API's clock is then ahead of this machine's; zero: the two agree.</summary>
    public TimeSpan ClockOffset { get; init; }
}
