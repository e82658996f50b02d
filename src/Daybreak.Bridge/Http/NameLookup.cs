using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Daybreak.Bridge.Http;

/// <summary>
/// Resolves host names. The system's resolver blocks a thread, for many seconds when no name server answers. So calls that need the same
/// name at the same time share one question, questions have threads of their own, and there are only so many of them.
/// </summary>
/// <param name="resolve">Blocks until the name is resolved.</param>
public sealed class NameLookup(Func<string, IPAddress[]> resolve)
{
    /// <summary>How many names may be in question at once; more wait for one of these to end.</summary>
    public const int MostQuestions = 16;

    private const int StackBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<IPAddress[]>> _open = new(StringComparer.OrdinalIgnoreCase);
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="System.Net.Sockets.SocketException">The name is not resolved.</exception>
    /// <exception cref="OperationCanceledException">The call ended first; the question goes on.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        while (true)
        {
            Task<IPAddress[]>? question;
            Task ended;
            lock (_lock)
            {
                if (!_open.TryGetValue(host, out question) && _open.Count < MostQuestions)
                    _open[host] = question = Ask(host);
                ended = _ended.Task;
            }
            if (question is not null)
                return await question.WaitAsync(cancel);
            await ended.WaitAsync(cancel);
        }
    }

    private Task<IPAddress[]> Ask(string host)
    {
        var answer = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Its failure is nobody's when all who asked have given up.
        _ = answer.Task.ContinueWith(
            static left => left.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        new Thread(() => Resolve(host, answer), StackBytes) { IsBackground = true, Name = "name lookup" }.Start();
        return answer.Task;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Passed on to those who wait")]
    private void Resolve(string host, TaskCompletionSource<IPAddress[]> answer)
    {
        IPAddress[] addresses = [];
        Exception? failure = null;
        try
        {
            addresses = resolve(host);
        }
        catch (Exception none)
        {
            failure = none;
        }
        TaskCompletionSource ended;
        lock (_lock)
        {
            _open.Remove(host);
            (ended, _ended) = (_ended, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        if (failure is null)
            answer.SetResult(addresses);
        else
            answer.SetException(failure);
        ended.SetResult();
    }
}
