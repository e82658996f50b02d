using System.Text;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Buckets;

/// <summary>Buckets themselves.</summary>
internal sealed class BucketOperations(ObjectStore store, TimeProvider time)
{
    private const string HomeRegion = "us-east-1";
    private const int LargestDocument = 64 * 1024;

    private static readonly string[] Regions =
    [
        .. (
            "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 "
            + "ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 "
            + "ap-southeast-7 ca-central-1 ca-west-1 cn-north-1 cn-northwest-1 "
            + "eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 "
            + "me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-gov-east-1 us-gov-west-1 us-west-1 us-west-2"
        ).Split(' '),
    ];

    public IEnumerable<S3Operation> Operations() =>
        [
            new("ListBuckets", S3Resource.Service, ListAsync, "ListAllMyBuckets"),
            new("CreateBucket", S3Resource.Bucket, CreateAsync, null) { MakesBucket = true },
            new("HeadBucket", S3Resource.Bucket, HeadAsync, "ListBucket"),
            new("GetBucketLocation", S3Resource.Bucket, LocateAsync, "GetBucketLocation"),
            new("DeleteBucket", S3Resource.Bucket, DeleteAsync, "DeleteBucket"),
        ];

    private Task ListAsync(S3Call call)
    {
        var most = MostOf(call);
        var region = call.Query("bucket-region");
        if (region is not null && !Regions.Contains(region))
            throw S3Errors.InvalidArgument($"Argument value {region} is not a valid AWS Region", "bucket-region", region);
        var after = TokenOf(call);
        var prefix = call.Query("prefix") ?? "";
        var isPaged = call.Has("max-buckets") || call.Has("continuation-token") || call.Has("prefix") || region is not null;
        var found = store
            .Buckets.Where(bucket =>
                bucket.AccountId == call.Context.Caller.AccountId
                && (region is null || bucket.Region == region)
                && bucket.Name.StartsWith(prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(bucket.Name, after) > 0
            )
            .OrderBy(static bucket => bucket.Name, StringComparer.Ordinal)
            .Take(most + 1)
            .ToList();
        return S3Xml.WriteAsync(
            call.Response,
            "ListAllMyBucketsResult",
            xml =>
            {
                xml.Element("Owner", () => xml.Element("ID", S3Access.CanonicalId(call.Context.Caller.AccountId)));
                xml.Element(
                    "Buckets",
                    () =>
                    {
                        foreach (var bucket in found.Take(most))
                            xml.Element(
                                "Bucket",
                                () =>
                                {
                                    xml.Element("Name", bucket.Name);
                                    xml.Element("CreationDate", S3Xml.Time(DateTimeOffset.FromUnixTimeMilliseconds(bucket.Created)));
                                    if (isPaged)
                                        xml.Element("BucketRegion", bucket.Region);
                                    xml.Element("BucketArn", bucket.Arn);
                                }
                            );
                    }
                );
                if (found.Count > most)
                    xml.Element("ContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(found[most - 1].Name)));
                if (call.Has("prefix"))
                    xml.Element("Prefix", prefix);
            }
        );
    }

    private static int MostOf(S3Call call)
    {
        if (call.Query("max-buckets") is not { } text)
            return 10_000;
        return int.TryParse(text, out var most) && most is >= 1 and <= 10_000
            ? most
            : throw S3Errors.InvalidArgument("Argument max-buckets must be an integer between 1 and 10000", "max-buckets", text);
    }

    private static string TokenOf(S3Call call)
    {
        if (call.Query("continuation-token") is not { } token)
            return "";
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw S3Errors.InvalidArgumentOnly("The continuation token provided is incorrect", "continuation-token");
        }
    }

    private async Task CreateAsync(S3Call call)
    {
        var name = call.BucketName;
        if (call.Identity.IsAnonymous)
            throw S3Errors.AccessDenied();
        if (!BucketName.IsValid(name))
            throw S3Errors.InvalidBucketName(name);
        var account = call.Context.Caller.AccountId;
        var endpoint = call.Context.Region;
        using var body = await BodyIntake.ReceiveDocumentAsync(call, LargestDocument);
        var root = body.Size == 0 ? null : S3Xml.Parse(body.Small!, "CreateBucketConfiguration");
        var constraint = root?.Text("LocationConstraint");
        if (constraint is { Length: 0 })
            constraint = null;
        var bucket = new Bucket(name, account, RegionOf(constraint, endpoint), time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            Constraint = constraint == "EU" ? constraint : null,
        };
        call.Access.Require(call, "CreateBucket", bucket);
        bucket = BucketDefaults.Of(call, root, bucket);
        var (present, isNew) = await store.AddBucketAsync(bucket);
        if (!isNew)
        {
            if (present.AccountId != account)
                throw S3Errors.BucketTaken(name);
            // In its first Region alone S3 takes a second creation for none.
            if (endpoint != HomeRegion || root?.Child("Tags") is not null)
                throw S3Errors.BucketOwned(name);
        }
        call.Response.Headers.Location = endpoint == HomeRegion && constraint is null ? $"/{name}" : $"http://{name}.s3.amazonaws.com/";
        call.Response.Headers["x-amz-bucket-arn"] = present.Arn;
        call.Empty();
    }

    private static string RegionOf(string? constraint, string endpoint)
    {
        if (endpoint == HomeRegion)
            return constraint switch
            {
                null => HomeRegion,
                "EU" => "eu-west-1",
                HomeRegion => throw S3Errors.InvalidLocation(constraint),
                _ => Regions.Contains(constraint) ? constraint : throw S3Errors.InvalidLocation(constraint),
            };
        return constraint == endpoint || (constraint == "EU" && endpoint == "eu-west-1")
            ? endpoint
            : throw S3Errors.IncompatibleLocation(constraint ?? "unspecified");
    }

    private static Task HeadAsync(S3Call call)
    {
        var headers = call.Response.Headers;
        headers["x-amz-bucket-region"] = call.Bucket.Region;
        headers["x-amz-bucket-arn"] = call.Bucket.Arn;
        headers["x-amz-access-point-alias"] = "false";
        headers.ContentType = "application/xml";
        return Task.CompletedTask;
    }

    private static Task LocateAsync(S3Call call) =>
        S3Xml.WriteAsync(
            call.Response,
            "LocationConstraint",
            xml => xml.WriteString(call.Bucket.Region == HomeRegion ? "" : call.Bucket.Constraint ?? call.Bucket.Region)
        );

    private async Task DeleteAsync(S3Call call)
    {
        await store.RemoveBucketAsync(call.Bucket);
        call.NoContent();
    }
}
