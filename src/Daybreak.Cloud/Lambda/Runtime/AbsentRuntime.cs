namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Stands where <see cref="IFunctionRuntime"/> has no implementation: every function is refused.</summary>
internal sealed class AbsentRuntime : IFunctionRuntime
{
    public string Isolation => "none: functions do not run";

    public ValueTask<InvocationOutcome> InvokeAsync(FunctionVersion function, Invocation invocation, CancellationToken cancellation) =>
        throw FrontDoor.NotImplemented.Of("running functions");

    public void Retire(string functionArn, string? currentRevisionId)
    {
    }

    public string? MissingProgram(string runtime) => runtime;

    public Task ResetAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
