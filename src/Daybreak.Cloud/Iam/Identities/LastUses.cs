using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>
/// When access keys and roles were last used, to the minute, so that not every request writes. They are stored separately from the keys and
/// roles: a request during a key's deletion would otherwise restore the key.
/// </summary>
public sealed class LastUses(ResourceTable<LastUse> table)
{
    private static readonly TimeSpan Granularity = TimeSpan.FromMinutes(1);

    /// <summary>Returns null when it was never used.</summary>
    /// <param name="id">The id of a key, or the unique id of a role.</param>
    public LastUse? Find(string id) => table.Find(KeyOf(id));

    /// <summary>Whether this use has to be stored.</summary>
    public bool IsNews(string id, DateTimeOffset date, string region, string service) =>
        Find(id) is not { } known || date - known.Date >= Granularity || known.Service != service || known.Region != region;

    public Task PutAsync(string id, LastUse use) => table.PutAsync(KeyOf(id), use);

    public async ValueTask RemoveAsync(string id) => await table.RemoveAsync(KeyOf(id));

    // Ids are unique over all accounts.
    private static ResourceKey KeyOf(string id) => new("", "", id);
}

/// <param name="Service">Name in the signature's scope: <c>lambda</c>.</param>
public sealed record LastUse(DateTimeOffset Date, string Region, string Service);
