using System.Text.Json.Serialization;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Sts;

/// <summary>All sessions. Those that ended long ago are deleted when new ones start.</summary>
public sealed class SessionTable(StateStore store, TimeProvider time)
{
    /// <summary>How long an expired key is reported as expired rather than unknown.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(12);

    private readonly ResourceTable<Session> _table = store.Table("sts_session", StsJson.Default.Session);
    private DateTimeOffset _nextCleaning = time.GetUtcNow() + Remembered;

    public int Count => _table.Count;

    public Session? Find(string accessKeyId) => _table.Find(KeyOf(accessKeyId));

    /// <summary>Returns the session with an ARN; of several, the most recent.</summary>
    public Session? Newest(string arn) =>
        _table
            .All()
            .Select(static entry => entry.Value)
            .Where(session => arn == (session as RoleSession)?.Arn || arn == (session as FederatedSession)?.Arn)
            .MaxBy(static session => session.IssueTime);

    public async ValueTask AddAsync(Session session)
    {
        await _table.PutAsync(KeyOf(session.AccessKeyId), session);
        var now = time.GetUtcNow();
        if (now < _nextCleaning)
            return;
        _nextCleaning = now + Remembered;
        foreach (var (key, old) in _table.All())
            if (old.Expiration + Remembered < now)
                await _table.RemoveAsync(key);
    }

    public async ValueTask RemoveAsync(Session session) => await _table.RemoveAsync(KeyOf(session.AccessKeyId));

    private static ResourceKey KeyOf(string accessKeyId) => new("", "", accessKeyId);
}

/// <summary>The form of sessions in the state.</summary>
[JsonSerializable(typeof(Session))]
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class StsJson : JsonSerializerContext;
