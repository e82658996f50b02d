using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Changes that are made together, and what is asked after them.</summary>
internal sealed record EventWrite(params EventChange[] Changes)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it is of an event that nobody has been told is accepted.</summary>
    public bool IsAcceptance { get; init; }

    /// <summary>Uses the file by itself.</summary>
    public Action<WaitingDatabase>? Use { get; init; }
}

/// <param name="Event">Null: the event has ended.</param>
internal readonly record struct EventChange(WaitingChange Change, string Lane, QueuedEvent? Event);
