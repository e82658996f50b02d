using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Objects;

/// <summary>Errors of the extension aws_s3, in Aurora's words where they are known: <c>docs/aws-s3.md</c>. Pure.</summary>
internal static class ObjectFailures
{
    /// <summary>Aurora's for an upload that fails.</summary>
    private const string SystemError = "58000";

    private const string InvalidParameterValue = "22023";
    private const string DataCorrupted = "XX001";

    /// <summary>Aurora's for an object that has changed.</summary>
    private const string InternalError = "XX000";

    public static InvocationException Changed() =>
        new(new(InternalError, "HTTP 412. The file has been modified since the import call started."));

    public static InvocationException WrongArgument(ObjectFrame asked, string detail) =>
        new(new(InvalidParameterValue, Headline(asked), detail));

    public static InvocationException NotGzip(Exception cause) =>
        new(
            new(
                DataCorrupted,
                "the object is not a valid gzip stream",
                "Its Content-Encoding is gzip.",
                "Upload it without --content-encoding gzip, or packed by gzip."
            ),
            cause
        );

    public static InvocationException NotReading() =>
        new(
            new(
                SystemError,
                "could not download from Amazon S3",
                "The connection to the bridge was lost in the middle of the object.",
                "Try again; nothing of it was kept."
            )
        );

    public static InvocationException UnableToConnect(ObjectFrame asked, string endpoint, string reason, Exception? cause = null) =>
        new(
            new(SystemError, Headline(asked), Quoted("Unable to connect to endpoint"), $"The endpoint is {endpoint}: {OwnWords(reason)}."),
            cause
        );

    public static InvocationException TimedOut(ObjectFrame asked) =>
        new(
            new(
                SystemError,
                Headline(asked),
                $"Amazon S3 client got no answer within {asked.RequestTimeoutMs} ms.",
                "A slow network needs a higher aws_s3.request_timeout_ms."
            )
        );

    public static InvocationException Broken(ObjectFrame asked, string how, Exception? cause = null) =>
        new(new(SystemError, Headline(asked), Quoted(how)), cause);

    /// <summary>The same error under the headline of this extension.</summary>
    public static InvocationException Of(ObjectFrame asked, InvocationException other) =>
        new(other.Error with { Message = Headline(asked) }, other);

    public static InvocationException NoCredentials(ObjectFrame asked, CredentialException none) =>
        new(
            none.IsOfCluster
                ? new(
                    SqlStates.NoCredentials,
                    "credentials stored with the database cluster can't be accessed",
                    none.Message,
                    "Has the IAM role Amazon Resource Name (ARN) been associated with the feature-name "
                        + $"\"{(asked.Operation == ObjectOperation.GetObject ? "s3Import" : "s3Export")}\"?"
                )
                : new(SqlStates.NoCredentials, Headline(asked), none.Message, none.Hint ?? InvocationFailures.WhereCredentialsAre)
        );

    public static InvocationException Refused(
        ObjectFrame asked,
        string endpoint,
        int status,
        string code,
        string? message,
        AwsCredentials sentWith
    ) =>
        new(
            new(
                SystemError,
                Headline(asked),
                Quoted(
                    ServiceWords.Of(message, sentWith)
                        ?? $"{(code.Length > 0 ? code : "an answer that is not Amazon S3's")} (HTTP status {status})"
                ),
                HintOf(asked, endpoint, status, code)
            )
        );

    private static string? HintOf(ObjectFrame asked, string endpoint, int status, string code) =>
        (status, code) switch
        {
            (_, "NoSuchBucket") => $"There is no bucket \"{asked.Bucket}\" at {endpoint}.",
            (_, "NoSuchKey") => $"There is no object \"{asked.Key}\" in the bucket \"{asked.Bucket}\".",
            (_, "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException") or (301 or 307, _) =>
                $"The bucket \"{asked.Bucket}\" is in another Region.",
            (_, "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken") =>
                "Amazon S3 does not accept the credentials: expired, unknown key, wrong secret, or a clock that is wrong.",
            (403, _) => $"The caller needs the permission {ActionOf(asked)} on arn:aws:s3:::{asked.Bucket}/{asked.Key}"
                + (
                    asked.Operation == ObjectOperation.GetObject ? ", and s3:ListBucket on the bucket to be told of a missing object." : "."
                ),
            (_, "") => $"The endpoint is {endpoint}; is it Amazon S3's?",
            _ => null,
        };

    private static string ActionOf(ObjectFrame asked) =>
        asked.Operation switch
        {
            ObjectOperation.GetObject => "s3:GetObject",
            ObjectOperation.AbortMultipartUpload => "s3:AbortMultipartUpload",
            _ => "s3:PutObject",
        };

    private static string Headline(ObjectFrame asked) =>
        asked.Operation == ObjectOperation.GetObject ? "could not download from Amazon S3" : "could not upload to Amazon S3";

    /// <summary>The pools of connections are those of calls of Lambda, which have a setting of their own.</summary>
    private static string OwnWords(string reason) =>
        reason.Replace(Dialer.LimitSetting, "aws_s3.connect_timeout_ms", StringComparison.Ordinal);

    private static string Quoted(string text) => $"Amazon S3 client returned '{text}'.";
}
