using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>The URLs of functions, found by their ids, as requests do, and by function.</summary>
internal sealed class FunctionUrlTable(ResourceTable<FunctionUrl> table)
{
    public FunctionUrl? Find(string id) => table.Find(KeyOf(id));

    public FunctionUrl? Find(FunctionReference reference) => Of(reference).FirstOrDefault(url => url.Qualifier == reference.Qualifier);

    /// <summary>Those of a function and of all its aliases.</summary>
    public IEnumerable<FunctionUrl> Of(FunctionReference reference) =>
        table
            .All()
            .Select(static item => item.Value)
            .Where(url => (url.AccountId, url.Region, url.FunctionName) == (reference.AccountId, reference.Region, reference.Name));

    public RowChange Put(FunctionUrl url) => table.Put(KeyOf(url.UrlId), url);

    public RowChange Remove(FunctionUrl url) => table.Remove(KeyOf(url.UrlId));

    /// <summary>The changes that remove the URL of an alias, or all URLs of a function, with it.</summary>
    public IEnumerable<RowChange> RemovalsOf(FunctionReference reference) =>
        Of(reference).Where(url => reference.Qualifier is null || url.Qualifier == reference.Qualifier).Select(Remove);

    private static ResourceKey KeyOf(string id) => new("", "", id);
}
