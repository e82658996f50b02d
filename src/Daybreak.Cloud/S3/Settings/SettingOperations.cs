using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>Reads, puts and deletes the settings of buckets that are documents.</summary>
internal sealed class SettingOperations(ObjectStore store)
{
    private const int LargestDocument = 1024 * 1024;

    private static readonly BucketSetting[] All =
    [
        Encryption.Setting,
        Lifecycle.Setting,
        PublicAccess.Setting,
        Ownership.Setting,
        BucketTags.Setting,
        Cors.Setting,
    ];

    public IEnumerable<S3Operation> Operations() => All.SelectMany(OperationsOf);

    private IEnumerable<S3Operation> OperationsOf(BucketSetting setting) =>
        [
            new(setting.Operations.Get, S3Resource.Bucket, call => GetAsync(call, setting), setting.Actions.Get),
            new(setting.Operations.Put, S3Resource.Bucket, call => PutAsync(call, setting), setting.Actions.Put),
            new(setting.Operations.Delete, S3Resource.Bucket, call => DeleteAsync(call, setting), setting.Actions.Put),
        ];

    private static Task GetAsync(S3Call call, BucketSetting setting)
    {
        var document = setting.Of(call.Bucket) ?? throw setting.NotFound(call.Bucket);
        if (setting == Lifecycle.Setting)
            call.Response.Headers[Lifecycle.SizeHeader] = Lifecycle.SizeOf(call.Bucket);
        return S3Xml.WriteAsync(call.Response, document.WriteTo);
    }

    private async Task PutAsync(S3Call call, BucketSetting setting)
    {
        using var body = await BodyIntake.ReceiveDocumentAsync(call, LargestDocument);
        var document = setting.Checked(S3Xml.Parse(body.Small!, setting.Root));
        var size = setting == Lifecycle.Setting ? Lifecycle.SentSize(call) : null;
        await store.ChangeBucketAsync(
            call.Bucket,
            bucket => setting.With(size is null ? bucket : Lifecycle.WithSize(bucket, size), document)
        );
        if (size is not null)
            call.Response.Headers[Lifecycle.SizeHeader] = size;
        call.Response.StatusCode = setting.PutStatus;
        if (setting.PutStatus == 200)
            call.Empty();
    }

    private async Task DeleteAsync(S3Call call, BucketSetting setting)
    {
        await store.ChangeBucketAsync(call.Bucket, setting.Without);
        call.NoContent();
    }
}
