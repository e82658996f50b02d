using System.Security.Cryptography;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Multipart;

/// <summary>How the checksums of parts become that of the object.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
internal static class ChecksumRules
{
    private const string Composite = "COMPOSITE",
        FullObject = "FULL_OBJECT";

    public static (ChecksumAlgorithm? Algorithm, string? Type) OfCreation(S3Call call)
    {
        var (name, type) = (call.Header("x-amz-checksum-algorithm"), call.Header("x-amz-checksum-type"));
        if (name is null)
            return type is null
                ? (null, null)
                : throw S3Errors.InvalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
                );
        var algorithm = ChecksumAlgorithm.Find(name) ?? throw S3Errors.UnknownChecksum();
        type ??= algorithm == ChecksumAlgorithm.Crc64Nvme ? FullObject : Composite;
        if (type is not (Composite or FullObject))
            throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid.");
        var isAllowed = type == FullObject ? algorithm.Crc is not null : algorithm != ChecksumAlgorithm.Crc64Nvme;
        return isAllowed
            ? (algorithm, type)
            : throw S3Errors.InvalidRequest($"The {type} checksum type cannot be used with the {algorithm.LowerName} checksum algorithm.");
    }

    /// <summary>The algorithm of an upload's parts.</summary>
    public static ChecksumAlgorithm AlgorithmOf(Upload upload) =>
        upload.State.Algorithm is { } name ? ChecksumAlgorithm.Find(name)! : ChecksumAlgorithm.Crc64Nvme;

    /// <summary>A part of a composite upload has to come with a checksum of its algorithm.</summary>
    public static void CheckPart(Upload upload, ReceivedBody body)
    {
        if (upload.State.Algorithm is null)
            return;
        var expected = AlgorithmOf(upload);
        var isWrong = body.HasSentChecksum ? body.Algorithm != expected : upload.State.ChecksumType == Composite;
        if (isWrong)
            throw S3Errors.InvalidRequest(
                $"Checksum Type mismatch occurred, expected checksum Type: {expected.LowerName}, actual checksum Type: "
                    + (body.HasSentChecksum ? body.Algorithm.LowerName : "null")
            );
    }

    /// <summary>The checksum of an object of these parts.</summary>
    public static ObjectChecksum Of(Upload upload, IReadOnlyList<UploadedPart> parts)
    {
        var algorithm = AlgorithmOf(upload);
        var values = parts.Select(static part => Convert.FromBase64String(part.Checksum)).ToList();
        if (upload.State.ChecksumType == Composite)
        {
            using var running = algorithm.Start();
            foreach (var value in values)
                running.Append(value);
            return new ObjectChecksum(algorithm.Name, Composite, $"{Convert.ToBase64String(running.Finish())}-{parts.Count}");
        }
        var whole = values[0];
        for (var i = 1; i < values.Count; i++)
            whole = algorithm.Crc!.Combine(whole, values[i], parts[i].Size);
        return new ObjectChecksum(algorithm.Name, FullObject, Convert.ToBase64String(whole));
    }

    /// <summary>The ETag of an object of these parts.</summary>
    public static string ETagOf(IReadOnlyList<UploadedPart> parts)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var part in parts)
            md5.AppendData(Convert.FromHexString(part.ETag));
        return $"{Convert.ToHexStringLower(md5.GetHashAndReset())}-{parts.Count}";
    }
}
