namespace Daybreak.Cloud.State;

/// <summary>One change among several of <see cref="StateStore.TryChangeAsync"/>. <see cref="ResourceTable{T}"/> makes them.</summary>
internal abstract class RowChange
{
    /// <summary>The table of the row, which is locked while changes are made.</summary>
    public abstract IStateTable Table { get; }

    /// <summary>Whether the row is still what the change was made for.</summary>
    public abstract bool Applies { get; }

    /// <summary>Changes the row in memory.</summary>
    /// <returns>The row to write.</returns>
    public abstract Row Make();

    /// <summary>Makes the row what it was before, unless it has been changed since.</summary>
    public abstract void TakeBack();
}
