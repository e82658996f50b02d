namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html"/></summary>
public sealed record ListTagsRequest
{
    [TaggedResource]
    public required string Resource { get; init; }
}

public sealed record ListTagsResponse
{
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}
