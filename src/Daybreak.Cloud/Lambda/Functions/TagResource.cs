namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html"/></summary>
public sealed record TagResourceRequest
{
    [TaggedResource]
    public required string Resource { get; init; }

    [Tags]
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}
