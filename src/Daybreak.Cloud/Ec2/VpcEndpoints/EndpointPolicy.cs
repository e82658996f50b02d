using Daybreak.Aws;
using Daybreak.Cloud.Iam.Policy;

namespace Daybreak.Cloud.Ec2.VpcEndpoints;

/// <summary>Policies of endpoints, which requests through them have to satisfy as well.</summary>
internal static class EndpointPolicy
{
    /// <summary>Allows everything; laid out as AWS lays it out.</summary>
    public static string Default(VpcEndpointType type) => type == VpcEndpointType.Gateway
        ? """{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"""
        : "{\n\t\"Statement\": [\n\t\t{\n\t\t\t\"Action\": \"*\", \n\t\t\t\"Effect\": \"Allow\", \n\t\t\t\"Principal\": \"*\", \n\t\t\t\"Resource\": \"*\"\n\t\t}\n\t]\n}";

    /// <exception cref="AwsException">InvalidPolicyDocument</exception>
    public static string Valid(string text) => PolicyParser.TryParse(text, PolicyDialect.ResourcePolicy, out _, out var defect)
        ? text
        : throw AwsException.Sender("InvalidPolicyDocument", $"The Policy Document is invalid: {defect}");
}
