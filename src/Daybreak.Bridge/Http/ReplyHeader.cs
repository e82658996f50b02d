namespace Daybreak.Bridge.Http;

/// <summary>The reply headers that are read; all others are skipped.</summary>
public enum ReplyHeader
{
    Date,
    ExecutedVersion,
    LogResult,
    FunctionError,
    ErrorType,
    RequestId,
    ETag,
    ContentRange,
    ContentEncoding,
}
