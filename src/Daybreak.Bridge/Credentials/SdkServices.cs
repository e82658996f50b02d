using System.Diagnostics.CodeAnalysis;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The clients of services that providers of the AWS SDK create by reflection, which keeps them in a program that is trimmed and compiled
/// to native code. The SDK's registry for such programs does not serve: what it creates does not get the credentials of a role's source
/// profile.
/// </summary>
internal static class SdkServices
{
    private const DynamicallyAccessedMemberTypes Constructors = DynamicallyAccessedMemberTypes.PublicConstructors;

    [DynamicDependency(Constructors, typeof(AmazonSecurityTokenServiceClient))]
    [DynamicDependency(Constructors, typeof(AmazonSecurityTokenServiceConfig))]
    [DynamicDependency(Constructors, typeof(AmazonSSOClient))]
    [DynamicDependency(Constructors, typeof(AmazonSSOConfig))]
    [DynamicDependency(Constructors, typeof(AmazonSSOOIDCClient))]
    [DynamicDependency(Constructors, typeof(AmazonSSOOIDCConfig))]
    public static void Keep() { }
}
