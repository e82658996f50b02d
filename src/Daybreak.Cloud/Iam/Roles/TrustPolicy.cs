using System.Collections.Immutable;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Policy.Syntax;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>Checks of a trust policy beyond its grammar: the users and roles it names must exist, and are stored by id.</summary>
public sealed class TrustPolicy(IPrincipalIds principals)
{
    /// <summary>Checks a document and returns the ids of the principals that it names.</summary>
    /// <exception cref="Aws.AwsException">MalformedPolicyDocument or LimitExceeded</exception>
    public ImmutableDictionary<string, string> Check(string document)
    {
        if (PolicySize.Of(document) > PolicySize.TrustPolicy)
            throw IamErrors.QuotaExceeded("ACLSizePerRole", PolicySize.TrustPolicy);
        return NamedPrincipals.IdsOf(CompiledPolicies.Check(document, PolicyDialect.TrustPolicy), principals, out var unknown)
            ?? throw IamErrors.MalformedPolicyDocument(PrincipalRules.Invalid(unknown!));
    }

    /// <summary>Returns the document as AWS shows and applies it: deleted principals appear as ids.</summary>
    public string TextOf(Role role) => NamedPrincipals.TextOf(role.TrustPolicy, role.TrustedIds, principals);
}
