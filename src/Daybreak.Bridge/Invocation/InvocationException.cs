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
}
