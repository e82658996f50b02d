using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>A service as the front door sees it: how it is found, what it speaks, which operations it has.</summary>
public sealed class AwsService
{
    /// <summary>Name in the signature's scope, in host names and in policy actions: <c>lambda</c>.</summary>
    public required string Name { get; init; }

    public required IProtocol Protocol { get; init; }

    /// <summary>API version: <c>2015-03-31</c>.</summary>
    public required string Version { get; init; }

    /// <summary>In the order of the API reference; refused ones included.</summary>
    public required ImmutableArray<AwsOperation> Operations { get; init; }

    /// <summary>What stands before the dot of X-Amz-Target: <c>Logs_20140328</c>. JSON 1.1 only.</summary>
    public string? TargetPrefix { get; init; }

    /// <summary>Namespace of answers: <c>https://iam.amazonaws.com/doc/2010-05-08/</c>. Query and ec2 only.</summary>
    public string? XmlNamespace { get; init; }

    /// <summary>Whether members are called <c>logGroupName</c> on the wire rather than <c>LogGroupName</c>.</summary>
    public bool CamelCaseMembers { get; init; }

    /// <summary>Code of the error for members that break a constraint of the model.</summary>
    public string ValidationErrorCode { get; init; } = "ValidationException";

    /// <summary>IAM tells which member breaks a constraint, but not the value.</summary>
    public bool HidesValuesInValidationErrors { get; init; }

    /// <summary>Whether a denial names no resource where there is none, and else ends with what sts:DecodeAuthorizationMessage
    /// tells.</summary>
    public bool EncodesDenials { get; init; }

    /// <summary>How this service's errors look in JSON; the plain form unless said otherwise.</summary>
    public Func<AwsException, JsonErrorForm> ErrorForm { get; init; } = static _ => JsonErrorForm.Plain;

    /// <summary>The policy of the resource that an ARN names, which operations with a resource policy ask; it answers null when there is
    /// none.</summary>
    public Func<string, AttachedPolicy?>? ResourcePolicyOf { get; init; }

    /// <summary>Deletes everything of this service, of every account and Region, while it goes on serving; null: it can only be emptied
    /// together with the others.</summary>
    public Func<Task>? Empty { get; init; }

    /// <summary>How many resources of each kind there are, for <c>status</c>.</summary>
    public Func<IReadOnlyDictionary<string, int>> Counts { get; init; } = static () => ImmutableDictionary<string, int>.Empty;
}

/// <summary>Members of an error's JSON body.</summary>
/// <param name="WithType">Whether there is a <c>Type</c> of <c>User</c> or <c>Service</c>.</param>
/// <param name="MessageMember"><c>message</c> or <c>Message</c>.</param>
public sealed record JsonErrorForm(bool WithType, string MessageMember)
{
    public static readonly JsonErrorForm Plain = new(false, "message");
}
