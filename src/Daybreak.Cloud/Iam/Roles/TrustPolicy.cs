using System.Collections.Immutable;
using Daybreak.Cloud.Iam.Policy;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>What IAM does with a trust policy beyond its grammar: the users and roles it names must exist, and are kept by id.</summary>
public sealed class TrustPolicy(IamState state)
{
    /// <summary>Checks a document and finds the ids of whom it names.</summary>
    /// <exception cref="Aws.AwsException">MalformedPolicyDocument or LimitExceeded</exception>
    public ImmutableDictionary<string, string> Check(string document)
    {
        if (PolicySize.Of(document) > PolicySize.TrustPolicy) throw IamErrors.QuotaExceeded("ACLSizePerRole", PolicySize.TrustPolicy);
        var ids = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var statement in CompiledPolicies.Check(document, PolicyDialect.TrustPolicy).Statements)
        {
            foreach (var principal in statement.Principals!.Entries)
            {
                if (!IsIdentity(principal.Value)) continue;
                ids[principal.Value] = IdOf(principal.Value)
                    ?? throw IamErrors.MalformedPolicyDocument($"Invalid principal in policy: \"{principal.Type.ToUpperInvariant()}\":\"{principal.Value}\"");
            }
        }
        return ids.ToImmutable();
    }

    /// <summary>The document as AWS shows and applies it: whoever is gone stands there by id.</summary>
    public string TextOf(Role role)
    {
        var text = role.TrustPolicy;
        foreach (var (arn, id) in role.TrustedIds)
            if (IdOf(arn) != id) text = text.Replace($"\"{arn}\"", $"\"{id}\"", StringComparison.Ordinal);
        return text;
    }

    private static bool IsIdentity(string value) =>
        Aws.Arn.TryParse(value, out var arn) && arn.Service == "iam"
        && (arn.Resource.StartsWith("role/", StringComparison.Ordinal) || arn.Resource.StartsWith("user/", StringComparison.Ordinal));

    private string? IdOf(string text)
    {
        var arn = Aws.Arn.Parse(text);
        var name = arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..];
        Identities.Identity? identity = arn.Resource.StartsWith("role/", StringComparison.Ordinal)
            ? state.Roles.Find(arn.AccountId, name)
            : state.Users.Find(arn.AccountId, name);
        return identity?.Arn == text ? identity.Id : null;
    }
}
