using System.Text.Json.Serialization;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Sts;

/// <summary>All sessions. Those that ended long ago are forgotten when new ones start.</summary>
public sealed class SessionTable(StateStore store, TimeProvider time)
{
    /// <summary>So long an expired key is answered as expired rather than as unknown.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(12);

    private readonly ResourceTable<Session> table = store.Table("sts_session", StsJson.Default.Session);
    private DateTimeOffset nextCleaning = time.GetUtcNow() + Remembered;

    public int Count => table.Count;

    public Session? Find(string accessKeyId) => table.Find(KeyOf(accessKeyId));

    /// <summary>The session that bears an ARN; of several that which started last.</summary>
    public Session? Newest(string arn) => table.All().Select(static entry => entry.Value)
        .Where(session => arn == (session as RoleSession)?.Arn || arn == (session as FederatedSession)?.Arn)
        .MaxBy(static session => session.IssueTime);

    public async ValueTask AddAsync(Session session)
    {
        await table.PutAsync(KeyOf(session.AccessKeyId), session);
        var now = time.GetUtcNow();
        if (now < nextCleaning) return;
        nextCleaning = now + Remembered;
        foreach (var (key, old) in table.All())
            if (old.Expiration + Remembered < now) await table.RemoveAsync(key);
    }

    public async ValueTask RemoveAsync(Session session) => await table.RemoveAsync(KeyOf(session.AccessKeyId));

    private static ResourceKey KeyOf(string accessKeyId) => new("", "", accessKeyId);
}

/// <summary>How sessions are written to the state.</summary>
[JsonSerializable(typeof(Session))]
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class StsJson : JsonSerializerContext;
