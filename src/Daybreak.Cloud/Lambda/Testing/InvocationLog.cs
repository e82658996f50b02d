using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>The last invocations, in memory.</summary>
internal sealed class InvocationLog
{
    /// <summary>Most that are kept.</summary>
    public const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<RecordedInvocation> _kept = new(Most);
    private TaskCompletionSource? _next;
    private long _last;

    public void Add(RecordedInvocation invocation)
    {
        TaskCompletionSource? next;
        lock (_lock)
        {
            if (_kept.Count == Most)
                _kept.Dequeue();
            _kept.Enqueue(invocation with { Number = ++_last });
            (next, _next) = (_next, null);
        }
        next?.SetResult();
    }

    /// <summary>Forgets all of them, or those of one function. Numbers go on.</summary>
    public void Clear(string? functionName = null)
    {
        lock (_lock)
        {
            var others = _kept.Where(one => functionName is not null && one.Function.Name != functionName).ToList();
            _kept.Clear();
            others.ForEach(_kept.Enqueue);
        }
    }

    /// <summary>Those that match, the oldest first, as soon as there are enough of them.</summary>
    /// <param name="count">How many are enough.</param>
    /// <param name="wait">How long they are waited for.</param>
    /// <returns>What there is, at the end of the wait if it is not enough.</returns>
    public async Task<IReadOnlyList<RecordedInvocation>> FindAsync(
        InvocationFilter filter,
        int count,
        TimeSpan wait,
        CancellationToken cancellation
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(wait);
        while (true)
        {
            List<RecordedInvocation> kept;
            Task next;
            lock (_lock)
            {
                kept = [.. _kept];
                next = (_next ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            var found = kept.Where(filter.Matches).ToList();
            if (found.Count >= count || wait == TimeSpan.Zero || limit.IsCancellationRequested)
                return found;
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // The last look is after the limit.
            }
        }
    }
}

/// <summary>Which invocations are meant. What is null counts for all.</summary>
/// <param name="After">Only later ones than the one with this number.</param>
/// <param name="Contains">A text in the payload.</param>
/// <param name="Payload">JSON that the payload has, with anything else.</param>
/// <param name="HasFailed">Whether it ended in an error, of the function or of the API.</param>
internal sealed record InvocationFilter(
    string? Function,
    long After,
    string? Source,
    string? Contains,
    JsonElement? Payload,
    bool? HasFailed
)
{
    public bool Matches(RecordedInvocation one) =>
        one.Number > After
        && (Function is null || one.Function.Name == Function || one.Function.UnqualifiedArn == Function)
        && (Source is null || one.Caller.Source == Source)
        && (HasFailed is null || one.HasFailed == HasFailed)
        && (Contains is null || one.Payload.Contains(Contains))
        && (Payload is not { } pattern || one.Payload.Has(pattern));
}
