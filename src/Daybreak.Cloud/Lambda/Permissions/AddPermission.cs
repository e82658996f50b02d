using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html"/></summary>
public sealed record AddPermissionRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Length(1, 100)]
    [Pattern("([a-zA-Z0-9-_]+)")]
    public required string StatementId { get; init; }

    [Pattern("(lambda:[*]|lambda:[a-zA-Z]+|[*])")]
    public required string Action { get; init; }

    [Pattern(@"[^\s]+")]
    public required string Principal { get; init; }

    [Pattern(@"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")]
    public string? SourceArn { get; init; }

    [Length(0, 12)]
    [Pattern(@"\d{12}")]
    public string? SourceAccount { get; init; }

    [Length(0, 256)]
    [Pattern(@"[a-zA-Z0-9._\-]+")]
    public string? EventSourceToken { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }

    public string? RevisionId { get; init; }

    [Length(12, 34)]
    [Pattern("o-[a-z0-9]{10,32}")]
    public string? PrincipalOrgID { get; init; }

    [Values("NONE", "AWS_IAM")]
    public string? FunctionUrlAuthType { get; init; }

    public bool? InvokedViaFunctionUrl { get; init; }
}

public sealed record AddPermissionResponse
{
    /// <summary>The statement as JSON text.</summary>
    public required string Statement { get; init; }
}
