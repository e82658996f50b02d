using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>The event invoke configurations of functions. Each is of one qualifier, which is <c>$LATEST</c> for the function itself.
/// </summary>
internal sealed class EventInvokeConfigTable(ResourceTable<EventInvokeConfig> table)
{
    public EventInvokeConfig? Find(FunctionReference reference) =>
        table.Find(reference.KeyOf(reference.Qualifier ?? FunctionReference.Latest));

    /// <summary>Those of a function and of all its versions and aliases.</summary>
    public IEnumerable<EventInvokeConfig> Of(FunctionReference reference) =>
        table.All().Where(item => reference.Owns(item.Key)).Select(static item => item.Value);

    public Task PutAsync(EventInvokeConfig config) => table.PutAsync(config.Reference.QualifiedKey, config);

    public async Task RemoveAsync(EventInvokeConfig config) => await table.RemoveAsync(config.Reference.QualifiedKey);

    /// <summary>The changes that remove the configuration of a version or alias, or all of a function, with it.</summary>
    public IEnumerable<RowChange> RemovalsOf(FunctionReference reference) =>
        (
            reference.Qualifier is null ? Of(reference)
            : Find(reference) is { } config ? [config]
            : []
        ).Select(config => table.Remove(config.Reference.QualifiedKey));
}
