namespace Daybreak.Cloud.Lambda.Runtime.Extensions;

/// <summary>One extension of an environment. <see cref="ExtensionExchange"/> guards its state.</summary>
/// <param name="name">Its file's name, if it is an external one.</param>
internal sealed class Extension(string name, bool takesInvoke, bool takesShutdown)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public string Name => name;

    public bool TakesInvoke => takesInvoke;

    public bool TakesShutdown => takesShutdown;

    /// <summary>Whether it has asked for its first event.</summary>
    public bool IsReady { get; set; }

    /// <summary>The error that it has reported; null: none.</summary>
    public (string State, string ErrorType)? Reported { get; set; }

    /// <summary>Its open call of <c>next</c>; null while it works.</summary>
    public TaskCompletionSource<byte[]?>? Next { get; set; }

    /// <summary>An event that came while it worked.</summary>
    public byte[]? Waiting { get; set; }
}
