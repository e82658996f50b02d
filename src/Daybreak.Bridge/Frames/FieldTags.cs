namespace Daybreak.Bridge.Frames;

/// <summary>Tags of the fields of <c>Invoke</c>.</summary>
public enum InvokeTag : byte
{
    [DecidesTarget]
    FunctionName = 1,

    [OfOneCall]
    Payload = 2,

    [DecidesTarget]
    Region = 3,

    [DecidesTarget]
    InvocationType = 4,

    [DecidesTarget]
    LogType = 5,

    [OfOneCall]
    Context = 6,

    [DecidesTarget]
    Qualifier = 7,

    [DecidesTarget]
    Form = 8,

    [OfOneCall]
    ConnectTimeoutMs = 9,

    [OfOneCall]
    RequestTimeoutMs = 10,

    [DecidesTarget]
    EndpointOverride = 11,

    [DecidesTarget]
    DefaultRegion = 12,

    [OfOneCall]
    LogContext = 13,

    [OfOneCall]
    IamRole = 16,

    [OfOneCall]
    ExternalId = 17,

    [OfOneCall]
    SessionName = 18,

    [OfOneCall]
    TraceParent = 19,

    [OfOneCall]
    BreakerFailures = 22,

    [OfOneCall]
    BreakerPauseMs = 23,

    [OfOneCall]
    ApplicationName = 24,
}

/// <summary>Tags of the fields of <c>Explain</c>; fields that Invoke also has share its tags.</summary>
public enum ExplainTag : byte
{
    FunctionName = 1,
    Region = 3,
    Form = 8,
    ConnectTimeoutMs = 9,
    RequestTimeoutMs = 10,
    EndpointOverride = 11,
    DefaultRegion = 12,
    LogContext = 13,
    Database = 14,
    User = 15,
    IamRole = 16,
    ExternalId = 17,
    SessionName = 18,
}

/// <summary>Tags of the fields of <c>Object</c>; fields that Invoke also has share its tags.</summary>
public enum ObjectTag : byte
{
    Payload = 2,
    Region = 3,
    ConnectTimeoutMs = 9,
    RequestTimeoutMs = 10,
    EndpointOverride = 11,
    DefaultRegion = 12,
    LogContext = 13,
    IamRole = 16,
    ExternalId = 17,
    SessionName = 18,
    Operation = 25,
    Bucket = 26,
    Key = 27,
    Reading = 28,
    UploadId = 29,
    PartNumber = 30,
    KmsKey = 31,
    AccessKey = 32,
    SecretKey = 33,
    SessionToken = 34,
}

/// <summary>Tags of the fields of <c>ObjectResult</c>.</summary>
public enum ObjectResultTag : byte
{
    Payload = 2,
    ETag = 5,
    Size = 6,
    UploadId = 7,
}

/// <summary>Value of <see cref="ObjectTag.Operation"/>: actions of Amazon S3's API, and the reading of an object in pieces.</summary>
public enum ObjectOperation : byte
{
    /// <summary>Begins to read an object; its first piece.</summary>
    GetObject = 1,

    /// <summary>The next piece; an empty one is the end.</summary>
    NextPiece = 2,
    PutObject = 3,
    CreateMultipartUpload = 4,
    UploadPart = 5,
    CompleteMultipartUpload = 6,
    AbortMultipartUpload = 7,
}

/// <summary>Tags of the fields of <c>Result</c>.</summary>
public enum ResultTag : byte
{
    StatusCode = 1,
    Payload = 2,
    ExecutedVersion = 3,
    LogResult = 4,
}

/// <summary>Tags of the fields of <c>Explanation</c>.</summary>
public enum ExplanationTag : byte
{
    Json = 1,
}

/// <summary>Tags of the fields of <c>Error</c>.</summary>
public enum ErrorTag : byte
{
    SqlState = 1,
    Message = 2,
    Detail = 3,
    Hint = 4,
}

/// <summary>Value of <see cref="InvokeTag.Form"/>: which SQL overload was called.</summary>
public enum InvokeForm : byte
{
    Text = 0,
    Composite = 1,
}
