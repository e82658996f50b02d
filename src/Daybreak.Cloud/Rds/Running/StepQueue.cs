using System.Threading.Channels;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>Runs steps one after the other. A failed step is reported, and the next one continues.</summary>
internal sealed class StepQueue
{
    private readonly Channel<(Func<Task> Step, TaskCompletionSource Done)> _steps = Channel.CreateUnbounded<(
        Func<Task>,
        TaskCompletionSource
    )>(new() { SingleReader = true });
    private readonly Action<Exception> _failed;
    private readonly Task _worker;
    private volatile bool _ending;

    public StepQueue(Action<Exception> failed)
    {
        this._failed = failed;
        _worker = Task.Run(RunAllAsync);
    }

    /// <summary>Whether the current step is the last one.</summary>
    public bool IsEnding => _ending;

    /// <summary>Completes with the step, however it ends, or when it will not run.</summary>
    public Task Enqueue(Func<Task> step)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_steps.Writer.TryWrite((step, done)))
            done.SetResult();
        return done.Task;
    }

    /// <summary>Waits for the current step, and runs none after it.</summary>
    public Task EndAsync()
    {
        _ending = true;
        _steps.Writer.TryComplete();
        return _worker;
    }

    private async Task RunAllAsync()
    {
        await foreach (var (step, done) in _steps.Reader.ReadAllAsync())
        {
            try
            {
                if (!_ending)
                    await step();
            }
            catch (Exception error)
            {
                _failed(error);
            }
            done.SetResult();
        }
    }
}
