using System.Collections.Immutable;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Policy.Syntax;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>What IAM does with a trust policy beyond its grammar: the users and roles it names must exist, and are kept by id.</summary>
public sealed class TrustPolicy(IPrincipalIds principals)
{
    /// <summary>Checks a document and finds the ids of whom it names.</summary>
    /// <exception cref="Aws.AwsException">MalformedPolicyDocument or LimitExceeded</exception>
    public ImmutableDictionary<string, string> Check(string document)
    {
        if (PolicySize.Of(document) > PolicySize.TrustPolicy)
            throw IamErrors.QuotaExceeded("ACLSizePerRole", PolicySize.TrustPolicy);
        return NamedPrincipals.IdsOf(CompiledPolicies.Check(document, PolicyDialect.TrustPolicy), principals, out var unknown)
            ?? throw IamErrors.MalformedPolicyDocument(PrincipalRules.Invalid(unknown!));
    }

    /// <summary>The document as AWS shows and applies it: whoever is gone stands there by id.</summary>
    public string TextOf(Role role) => NamedPrincipals.TextOf(role.TrustPolicy, role.TrustedIds, principals);
}
