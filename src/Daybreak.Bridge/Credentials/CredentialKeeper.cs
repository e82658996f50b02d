using System.Diagnostics.CodeAnalysis;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// Keeps credentials at hand: a call finds them without waiting, but for the first. They are fetched again in the background
/// before they expire, and a failure is remembered briefly, so that a storm of calls asks the source once.
/// </summary>
/// <param name="source">Asked when there are none at hand, or those at hand are about to expire.</param>
/// <param name="time">The clock.</param>
/// <param name="known">Credentials that are at hand from the start and stay: those of the environment.</param>
public sealed class CredentialKeeper(ICredentialSource source, TimeProvider time, CredentialSnapshot? known = null) : IDisposable
{
    /// <summary>How long before expiry new ones are fetched; at most a quarter of what was left when they came.</summary>
    public static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(5);

    /// <summary>How long a failure is the answer without asking again.</summary>
    public static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RetryRefreshAfter = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopped = new();
    private volatile Kept? _kept = known is null ? null : new Kept(known, DateTimeOffset.MaxValue);
    private Task<Kept>? _fetch;
    private CredentialException? _failure;
    private long _failedAt;

    /// <summary>What is at hand; null before the first success.</summary>
    public CredentialSnapshot? Current => _kept?.Snapshot;

    /// <summary>Why the last fetch failed, while that is the newest there is to say.</summary>
    public string? LastFailure => Volatile.Read(ref _failure)?.Message;

    /// <exception cref="CredentialException">There are none.</exception>
    /// <exception cref="OperationCanceledException">The call ended first; the fetch goes on for the next one.</exception>
    public ValueTask<CredentialSnapshot> GetAsync(CancellationToken call)
    {
        if (_kept is not { } kept) return FetchAsync(call);
        if (kept.RefreshFrom == DateTimeOffset.MaxValue) return ValueTask.FromResult(kept.Snapshot);
        var now = time.GetUtcNow();
        if (now >= kept.Snapshot.Expiration) return FetchAsync(call);
        if (now >= kept.RefreshFrom) RefreshInBackground(kept, now);
        return ValueTask.FromResult(kept.Snapshot);
    }

    /// <summary>Fetches ahead of the first call; failures wait to be told to it.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Kept as the answer to the next call")]
    public async Task PrepareAsync()
    {
        try
        {
            await GetAsync(_stopped.Token);
        }
        catch (Exception)
        {
            return;
        }
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void RefreshInBackground(Kept kept, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_fetch is not null || now < kept.NotAgainBefore) return;
            kept.NotAgainBefore = now + RetryRefreshAfter;
            _fetch = Task.Run(RunFetchAsync);
        }
    }

    private async ValueTask<CredentialSnapshot> FetchAsync(CancellationToken call)
    {
        Task<Kept> fetch;
        lock (_lock)
        {
            if (_failure is { } failure && time.GetElapsedTime(_failedAt) < FailureKept) throw new CredentialException(failure.Message, failure) { IsOfCluster = failure.IsOfCluster };
            fetch = _fetch ??= Task.Run(RunFetchAsync);
        }
        return (await fetch.WaitAsync(call)).Snapshot;
    }

    private async Task<Kept> RunFetchAsync()
    {
        try
        {
            var snapshot = await source.FetchAsync(_stopped.Token);
            var now = time.GetUtcNow();
            if (snapshot.Expiration <= now) throw new CredentialException($"The {snapshot} have expired.");
            var kept = new Kept(snapshot, RefreshFrom(snapshot, now));
            lock (_lock) (_kept, _failure, _fetch) = (kept, null, null);
            return kept;
        }
        catch (Exception failure)
        {
            var told = failure as CredentialException ?? new CredentialException($"Fetching credentials failed: {failure.GetType().Name}.", failure);
            lock (_lock) (_failure, _failedAt, _fetch) = (told, time.GetTimestamp(), null);
            throw told;
        }
    }

    private static DateTimeOffset RefreshFrom(CredentialSnapshot snapshot, DateTimeOffset now)
    {
        if (snapshot.Expiration is not { } expiration)
            return snapshot.RecheckAfter is { } recheck ? now + recheck : DateTimeOffset.MaxValue;
        var early = (expiration - now) / 4;
        return expiration - (early < RefreshBefore ? early : RefreshBefore);
    }

    private sealed class Kept(CredentialSnapshot snapshot, DateTimeOffset refreshFrom)
    {
        public CredentialSnapshot Snapshot => snapshot;
        public DateTimeOffset RefreshFrom => refreshFrom;
        public DateTimeOffset NotAgainBefore { get; set; }
    }
}
