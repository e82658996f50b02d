using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Invocation;

/// <summary>An invocation that ends in an SQL error. Its message never holds a payload, a key or a signature, but for LM100.</summary>
public sealed class InvocationException(SqlError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public SqlError Error { get; } = error;

    /// <summary>The API refused the credentials, not the caller: nothing was carried out.</summary>
    public bool RefusesKey { get; init; }
}
