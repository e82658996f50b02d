using Daybreak.Bridge.Credentials;

namespace Daybreak.Bridge.Tests.Credentials;

/// <summary>A source that returns the value that was set last.</summary>
public sealed class ScriptedSource : ICredentialSource
{
    private volatile Task<CredentialSnapshot> _next = new TaskCompletionSource<CredentialSnapshot>().Task;
    private int _fetches;

    public TimeSpan AnswerStands { get; init; } = TimeSpan.FromSeconds(2);

    public int Fetches => Volatile.Read(ref _fetches);

    public void Give(CredentialSnapshot snapshot) => _next = Task.FromResult(snapshot);

    public void Fail(string message) => _next = Task.FromException<CredentialSnapshot>(new CredentialException(message));

    /// <summary>The fetch stays open until the caller completes it.</summary>
    public TaskCompletionSource<CredentialSnapshot> Hold()
    {
        var held = new TaskCompletionSource<CredentialSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        _next = held.Task;
        return held;
    }

    public Task<CredentialSnapshot> FetchAsync(CancellationToken cancel)
    {
        Interlocked.Increment(ref _fetches);
        return _next;
    }
}
