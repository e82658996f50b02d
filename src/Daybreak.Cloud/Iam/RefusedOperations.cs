using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Iam;

/// <summary>The operations of IAM that are not here, so that each is refused by its name: devices, providers, certificates, keys, reports, delegation.</summary>
internal static class RefusedOperations
{
    private static readonly string[] names =
    [
        "AcceptDelegationRequest", "AddClientIDToOpenIDConnectProvider", "AssociateDelegationRequest", "ChangePassword", "CreateDelegationRequest",
        "CreateOpenIDConnectProvider", "CreateSAMLProvider", "CreateServiceSpecificCredential", "CreateVirtualMFADevice", "DeactivateMFADevice",
        "DeleteOpenIDConnectProvider", "DeleteSAMLProvider", "DeleteSSHPublicKey", "DeleteServerCertificate", "DeleteServiceSpecificCredential",
        "DeleteSigningCertificate", "DeleteVirtualMFADevice", "DisableOrganizationsRootCredentialsManagement", "DisableOrganizationsRootSessions",
        "DisableOutboundWebIdentityFederation", "EnableMFADevice", "EnableOrganizationsRootCredentialsManagement", "EnableOrganizationsRootSessions",
        "EnableOutboundWebIdentityFederation", "GenerateCredentialReport", "GenerateOrganizationsAccessReport", "GenerateServiceLastAccessedDetails",
        "GetCredentialReport", "GetDelegationRequest", "GetHumanReadableSummary", "GetMFADevice", "GetOpenIDConnectProvider", "GetOrganizationsAccessReport",
        "GetOutboundWebIdentityFederationInfo", "GetSAMLProvider", "GetSSHPublicKey", "GetServerCertificate", "GetServiceLastAccessedDetails",
        "GetServiceLastAccessedDetailsWithEntities", "ListDelegationRequests", "ListMFADeviceTags", "ListOpenIDConnectProviderTags",
        "ListOrganizationsFeatures", "ListPoliciesGrantingServiceAccess", "ListSAMLProviderTags", "ListServerCertificateTags", "RejectDelegationRequest",
        "RemoveClientIDFromOpenIDConnectProvider", "ResetServiceSpecificCredential", "ResyncMFADevice", "SendDelegationToken",
        "SetSecurityTokenServicePreferences", "TagMFADevice", "TagOpenIDConnectProvider", "TagSAMLProvider", "TagServerCertificate", "UntagMFADevice",
        "UntagOpenIDConnectProvider", "UntagSAMLProvider", "UntagServerCertificate", "UpdateDelegationRequest", "UpdateOpenIDConnectProviderThumbprint",
        "UpdateSAMLProvider", "UpdateSSHPublicKey", "UpdateServerCertificate", "UpdateServiceSpecificCredential", "UpdateSigningCertificate",
        "UploadSSHPublicKey", "UploadServerCertificate", "UploadSigningCertificate",
    ];

    public static IEnumerable<AwsOperation> All => names.Select(static name => AwsOperation.Refused(name));
}
