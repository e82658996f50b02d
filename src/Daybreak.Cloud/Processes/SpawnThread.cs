using System.Collections.Concurrent;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// The one thread that starts children. The kernel sends the parent-death signal when the *thread* that started a child ends (prctl(2),
/// PR_SET_PDEATHSIG), and threads of the pool may end at any time.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<Action> Work = Start();

    public static Task<T> RunAsync<T>(Func<T> start)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var work = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in work.GetConsumingEnumerable())
                start();
        })
        {
            IsBackground = true,
            Name = "spawn",
        }.Start();
        return work;
    }
}
