using System.Diagnostics.CodeAnalysis;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// Caches credentials, so that only the first call waits for them. They are fetched again in the background before they expire, and when
/// the service refuses them. Any number of simultaneous calls ask the source only once.
/// </summary>
/// <param name="source">Asked when there are no credentials, or when they are about to expire.</param>
/// <param name="time">The clock.</param>
/// <param name="known">Credentials that are known from the start and stay: those of the environment.</param>
public sealed class CredentialKeeper(ICredentialSource source, TimeProvider time, CredentialSnapshot? known = null) : IDisposable
{
    /// <summary>How long before expiry new credentials are fetched; at most a quarter of their lifetime when they arrived.</summary>
    public static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RetryRefreshAfter = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopped = new();
    private volatile Kept? _kept = known is null ? null : new Kept(known, DateTimeOffset.MaxValue);
    private Task<Kept>? _fetch;
    private CredentialException? _failure;
    private long _answeredAt;

    /// <summary>The cached credentials; null before the first success.</summary>
    public CredentialSnapshot? Current => _kept?.Snapshot;

    /// <summary>When they arrived; null before the first success, and of those that are known from the start.</summary>
    public DateTimeOffset? FetchedAt => _kept?.FetchedAt;

    /// <summary>The reason why the last fetch failed; null after a later success.</summary>
    public string? LastFailure => Volatile.Read(ref _failure)?.Message;

    /// <exception cref="CredentialException">There are no credentials.</exception>
    /// <exception cref="OperationCanceledException">The call ended first; the fetch goes on for the next one.</exception>
    public ValueTask<CredentialSnapshot> GetAsync(CancellationToken call)
    {
        if (_kept is not { } kept)
            return FetchAsync(call);
        if (kept.RefreshFrom == DateTimeOffset.MaxValue)
            return ValueTask.FromResult(kept.Snapshot);
        var now = time.GetUtcNow();
        if (now >= kept.Snapshot.Expiration)
            return FetchAsync(call);
        if (now >= kept.RefreshFrom)
            RefreshInBackground(kept, now);
        return ValueTask.FromResult(kept.Snapshot);
    }

    /// <summary>
    /// Returns credentials in place of some that the service refused: the role may have been deleted, or the key replaced, long before it
    /// expires. Returns null when there is no other key. The refused one stays until there is another, because one endpoint's refusal does
    /// not mean every endpoint's.
    /// </summary>
    /// <exception cref="CredentialException">There are no credentials any more.</exception>
    /// <exception cref="OperationCanceledException">The call ended first.</exception>
    public ValueTask<CredentialSnapshot?> RenewAsync(CredentialSnapshot refused, CancellationToken call) =>
        known is null ? FetchOtherAsync(refused, call) : ValueTask.FromResult<CredentialSnapshot?>(null);

    /// <summary>Fetches credentials before the first call, which also receives any failure.</summary>
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
            if (_fetch is not null || now < kept.NotAgainBefore)
                return;
            kept.NotAgainBefore = now + RetryRefreshAfter;
            _fetch = Task.Run(RunFetchAsync);
        }
    }

    private async ValueTask<CredentialSnapshot> FetchAsync(CancellationToken call)
    {
        for (var again = false; ; again = true)
        {
            Task<Kept> fetch;
            bool isOlder;
            lock (_lock)
            {
                if (_failure is { } failure && IsRecent)
                    throw Repeated(failure);
                (isOlder, fetch) = (_fetch is not null, _fetch ??= Task.Run(RunFetchAsync));
            }
            try
            {
                return (await fetch.WaitAsync(call)).Snapshot;
            }
            catch (CredentialException) when (isOlder && !again)
            {
                // The source was asked before this call began, and may have changed since.
                continue;
            }
        }
    }

    private async ValueTask<CredentialSnapshot?> FetchOtherAsync(CredentialSnapshot refused, CancellationToken call)
    {
        for (var again = false; ; again = true)
        {
            Task<Kept> fetch;
            bool isOlder;
            lock (_lock)
            {
                if (_kept is { } kept && !kept.Snapshot.HasKeyOf(refused))
                    return kept.Snapshot;
                if (_fetch is null && IsRecent)
                    return _failure is { } failure ? throw Repeated(failure) : null;
                (isOlder, fetch) = (_fetch is not null, _fetch ??= Task.Run(RunFetchAsync));
            }
            try
            {
                var fetched = (await fetch.WaitAsync(call)).Snapshot;
                if (!fetched.HasKeyOf(refused))
                    return fetched;
            }
            catch (CredentialException) when (isOlder && !again)
            {
                continue;
            }
            // The fetch in progress may have started before the key was refused.
            if (!isOlder || again)
                return null;
        }
    }

    /// <summary>Whether the last answer is still recent enough.</summary>
    private bool IsRecent => time.GetElapsedTime(_answeredAt) < source.AnswerStands;

    private static CredentialException Repeated(CredentialException failure) =>
        new(failure.Message, failure)
        {
            IsOfCluster = failure.IsOfCluster,
            IsOfAssumedRole = failure.IsOfAssumedRole,
            Hint = failure.Hint,
        };

    private async Task<Kept> RunFetchAsync()
    {
        try
        {
            var snapshot = await source.FetchAsync(_stopped.Token);
            var now = time.GetUtcNow();
            if (snapshot.Expiration <= now)
                throw new CredentialException($"The {snapshot} have expired.");
            var kept = new Kept(snapshot, RefreshFrom(snapshot, now), now);
            lock (_lock)
                (_kept, _failure, _answeredAt, _fetch) = (kept, null, time.GetTimestamp(), null);
            return kept;
        }
        catch (Exception failure)
        {
            var reported =
                failure as CredentialException
                ?? new CredentialException($"Fetching credentials failed: {failure.GetType().Name}.", failure);
            lock (_lock)
                (_failure, _answeredAt, _fetch) = (reported, time.GetTimestamp(), null);
            throw reported;
        }
    }

    private static DateTimeOffset RefreshFrom(CredentialSnapshot snapshot, DateTimeOffset now)
    {
        if (snapshot.Expiration is not { } expiration)
            return snapshot.RecheckAfter is { } recheck ? now + recheck : DateTimeOffset.MaxValue;
        var early = (expiration - now) / 4;
        return expiration - (early < RefreshBefore ? early : RefreshBefore);
    }

    private sealed class Kept(CredentialSnapshot snapshot, DateTimeOffset refreshFrom, DateTimeOffset? fetchedAt = null)
    {
        public CredentialSnapshot Snapshot => snapshot;
        public DateTimeOffset? FetchedAt => fetchedAt;
        public DateTimeOffset RefreshFrom => refreshFrom;
        public DateTimeOffset NotAgainBefore { get; set; }
    }
}
