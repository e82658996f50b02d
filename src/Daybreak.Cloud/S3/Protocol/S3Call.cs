using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.S3.Storage;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>A request for S3 whose sender is known, and its answer.</summary>
internal sealed class S3Call(
    AwsRequest request,
    HttpContext http,
    S3Address address,
    S3Identity identity,
    OperationContext context,
    S3Access access
)
{
    private byte[]? _keyBytes;

    public AwsRequest Request => request;

    public HttpContext Http => http;

    public HttpResponse Response => http.Response;

    public S3Address Address => address;

    public S3Identity Identity => identity;

    public OperationContext Context => context;

    public S3Access Access => access;

    public CancellationToken Aborted => context.Aborted;

    public string BucketName => address.Bucket ?? "";

    /// <summary>The bucket, which exists.</summary>
    public Bucket Bucket { get; init; } = null!;

    public string Key => address.Key ?? "";

    public byte[] KeyBytes => _keyBytes ??= Encoding.UTF8.GetBytes(Key);

    public string ObjectArn => $"{Bucket.Arn}/{Key}";

    /// <summary>The canonical user, which clients show as the owner.</summary>
    public string OwnerId => S3Access.CanonicalId(Bucket.AccountId);

    public bool IsHead => HttpMethods.IsHead(request.Method);

    public bool Has(string parameter) => request.Query.ContainsKey(parameter);

    /// <summary>A parameter of the query; null: it is not there.</summary>
    public string? Query(string name) => request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : null;

    /// <summary>Null when it is absent or empty.</summary>
    public string? Header(string name) => request.Header(name);

    /// <summary>The version that is named; null: none is.</summary>
    /// <exception cref="AwsException">It cannot be the id of a version.</exception>
    public string? VersionId()
    {
        if (Query("versionId") is not { } version)
            return null;
        if (version.Length == 0)
            throw S3Errors.InvalidArgument("Version id cannot be the empty string", "versionId", "");
        return Storage.VersionId.IsOne(version)
            ? version
            : throw S3Errors.InvalidArgument("Invalid version id specified", "versionId", version);
    }

    public void NoContent() => Response.StatusCode = StatusCodes.Status204NoContent;

    /// <summary>An answer of a status and headers alone.</summary>
    public void Empty() => Response.ContentLength = 0;
}
