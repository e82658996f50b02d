using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Policy.Syntax;

namespace Daybreak.Cloud.Ec2.VpcEndpoints;

/// <summary>The policy of an endpoint, which has to allow requests through the endpoint as well. Immutable.</summary>
/// <param name="PrincipalIds">Unique ids of the users and roles that it names, by ARN.</param>
internal sealed record EndpointPolicy(string Text, ImmutableDictionary<string, string> PrincipalIds)
{
    /// <summary>A policy that allows everything, in AWS's layout.</summary>
    public static string Default(VpcEndpointType type) =>
        type == VpcEndpointType.Gateway
            ? """{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"""
            : "{\n\t\"Statement\": [\n\t\t{\n\t\t\t\"Action\": \"*\", \n\t\t\t\"Effect\": \"Allow\", \n\t\t\t\"Principal\": \"*\", "
                + "\n\t\t\t\"Resource\": \"*\"\n\t\t}\n\t]\n}";

    /// <param name="text">Text of the policy; null or empty for the default.</param>
    /// <exception cref="AwsException">InvalidPolicyDocument</exception>
    public static EndpointPolicy Of(string? text, VpcEndpointType type, IPrincipalIds principals)
    {
        if (string.IsNullOrEmpty(text))
            return new EndpointPolicy(Default(type), ImmutableDictionary<string, string>.Empty);
        if (!PolicyParser.TryParse(text, PolicyDialect.ResourcePolicy, out var document, out var defect))
            throw Invalid(defect);
        return new EndpointPolicy(
            text,
            NamedPrincipals.IdsOf(document, principals, out var unknown) ?? throw Invalid(PrincipalRules.Invalid(unknown!))
        );
    }

    private static AwsException Invalid(string defect) =>
        AwsException.Sender("InvalidPolicyDocument", $"The Policy Document is invalid: {defect}");
}
