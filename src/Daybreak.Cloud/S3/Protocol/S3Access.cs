using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Storage;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>Asks IAM's engine whether a caller may do what it asks for.</summary>
internal sealed class S3Access(AwsService service, IAuthorizer authorizer, BucketPolicies policies)
{
    private static readonly AwsOperation<Needed, NoMembers> Judged = new(
        "Judged",
        static NoMembers (Needed _, OperationContext _) => throw new NotSupportedException()
    )
    {
        Permissions = static (needed, _) => [needed.Permission],
    };

    /// <summary>The canonical user of an account.</summary>
    public static string CanonicalId(string accountId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"canonical user of {accountId}")));

    /// <exception cref="AwsException">The caller may not.</exception>
    public void Require(S3Call call, string action, Bucket? bucket, string? key = null)
    {
        if (call.Identity.IsAnonymous && bucket is null)
            throw S3Errors.AccessDenied();
        Require(call.Context, new S3Keys(call), action, bucket, key);
    }

    /// <summary>The same for a caller of another service.</summary>
    public void Require(OperationContext context, IContextKeys keys, string action, Bucket? bucket, string? key = null)
    {
        var resource =
            bucket is null ? "*"
            : key is null ? bucket.Arn
            : $"{bucket.Arn}/{key}";
        var account = bucket?.AccountId ?? context.AccountId;
        if (bucket is not null && account != context.Caller.AccountId && BucketPolicies.KeepsOthersOut(bucket))
            throw S3Errors.AccessDenied();
        var needed = new Needed
        {
            Permission = new ResourcePermission(resource, keys, action)
            {
                Account = account,
                Policy = bucket is null ? null : policies.Of(bucket),
            },
        };
        try
        {
            authorizer.Authorize(service, Judged, needed, context);
        }
        catch (AwsException denial) when (denial.Code == "AccessDenied" && account != context.Caller.AccountId)
        {
            // Outside of the account nobody learns why.
            throw S3Errors.AccessDenied();
        }
    }

    public bool May(S3Call call, string action, Bucket bucket, string? key = null)
    {
        try
        {
            Require(call, action, bucket, key);
            return true;
        }
        catch (AwsException denial) when (denial.Code == "AccessDenied")
        {
            return false;
        }
    }

    private sealed record Needed
    {
        public required ResourcePermission Permission { get; init; }
    }

    /// <summary>The condition keys of S3.</summary>
    private sealed class S3Keys(S3Call call) : IContextKeys
    {
        public bool TryGet(string key, out StringValues values)
        {
            values = default;
            if (!key.StartsWith("s3:", StringComparison.OrdinalIgnoreCase))
                return false;
            var value = key[3..].ToLowerInvariant() switch
            {
                "prefix" => call.Query("prefix"),
                "delimiter" => call.Query("delimiter"),
                "max-keys" => call.Query("max-keys"),
                "versionid" => call.Query("versionId"),
                "authtype" => call.Identity.AuthType,
                "signatureversion" => call.Identity.SignatureVersion,
                "locationconstraint" or "resourceaccount" or "tlsversion" => null,
                "x-amz-content-sha256" => call.Header("x-amz-content-sha256"),
                var name when name.StartsWith("x-amz-", StringComparison.Ordinal) => call.Header(name),
                _ => null,
            };
            if (key.Equals("s3:ResourceAccount", StringComparison.OrdinalIgnoreCase))
                value = call.Bucket?.AccountId;
            values = value;
            return value is not null;
        }
    }
}
