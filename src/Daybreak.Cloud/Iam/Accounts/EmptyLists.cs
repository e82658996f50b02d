using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>
/// Lists of resources that cannot be created here, so that they are always empty. Tools request them before they delete a user, or when
/// they inspect an account.
/// </summary>
public sealed class EmptyLists(IamState state)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<OfUserRequest, ListMFADevicesResponse>("ListMFADevices", MFADevices)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new AwsOperation<NoMembers, ListOpenIDConnectProvidersResponse>(
                "ListOpenIDConnectProviders",
                static (r, c) => new ListOpenIDConnectProvidersResponse()
            ),
            new AwsOperation<NoMembers, ListSAMLProvidersResponse>("ListSAMLProviders", static (r, c) => new ListSAMLProvidersResponse()),
            new AwsOperation<ListServerCertificatesRequest, ListServerCertificatesResponse>(
                "ListServerCertificates",
                static (r, c) => new ListServerCertificatesResponse { IsTruncated = false }
            ),
            new AwsOperation<ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse>(
                "ListServiceSpecificCredentials",
                ServiceSpecificCredentials
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new AwsOperation<OfUserRequest, ListSigningCertificatesResponse>("ListSigningCertificates", SigningCertificates)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new AwsOperation<ListSSHPublicKeysRequest, ListSSHPublicKeysResponse>("ListSSHPublicKeys", SSHPublicKeys)
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new AwsOperation<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse>(
                "ListVirtualMFADevices",
                static (r, c) => new ListVirtualMFADevicesResponse { IsTruncated = false }
            ),
        ];

    public ListMFADevicesResponse MFADevices(OfUserRequest request, OperationContext context) =>
        Of(request.UserName, context, new ListMFADevicesResponse { IsTruncated = false });

    public ListSSHPublicKeysResponse SSHPublicKeys(ListSSHPublicKeysRequest request, OperationContext context) =>
        Of(request.UserName, context, new ListSSHPublicKeysResponse { IsTruncated = false });

    public ListSigningCertificatesResponse SigningCertificates(OfUserRequest request, OperationContext context) =>
        Of(request.UserName, context, new ListSigningCertificatesResponse { IsTruncated = false });

    public ListServiceSpecificCredentialsResponse ServiceSpecificCredentials(
        ListServiceSpecificCredentialsRequest request,
        OperationContext context
    ) => Of(request.UserName, context, new ListServiceSpecificCredentialsResponse { IsTruncated = false });

    private T Of<T>(string? userName, OperationContext context, T empty)
    {
        if (userName is not null)
            state.Users.Get(context, userName);
        return empty;
    }
}

public sealed record OfUserRequest : PagedRequest
{
    /// <summary>Null means the caller.</summary>
    [Length(1, 128), Name]
    public string? UserName { get; init; }
}

public sealed record ListSSHPublicKeysRequest : PagedRequest
{
    /// <summary>Null means the caller.</summary>
    [Length(1, 64), Name]
    public string? UserName { get; init; }
}

public sealed record ListServiceSpecificCredentialsRequest : PagedRequest
{
    /// <summary>Null means the caller.</summary>
    [Length(1, 64), Name]
    public string? UserName { get; init; }

    public string? ServiceName { get; init; }

    public bool? AllUsers { get; init; }
}

public sealed record ListServerCertificatesRequest : PagedRequest
{
    [Length(1, 512), Pattern(IamName.PathPrefixPattern)]
    public string? PathPrefix { get; init; }
}

public sealed record ListVirtualMFADevicesRequest : PagedRequest
{
    [Values("Assigned", "Unassigned", "Any")]
    public string? AssignmentStatus { get; init; }
}

public sealed record ListMFADevicesResponse : PagedResponse
{
    public IReadOnlyList<string> MFADevices { get; init; } = [];
}

public sealed record ListSSHPublicKeysResponse : PagedResponse
{
    public IReadOnlyList<string> SSHPublicKeys { get; init; } = [];
}

public sealed record ListSigningCertificatesResponse : PagedResponse
{
    public IReadOnlyList<string> Certificates { get; init; } = [];
}

public sealed record ListServiceSpecificCredentialsResponse : PagedResponse
{
    public IReadOnlyList<string> ServiceSpecificCredentials { get; init; } = [];
}

public sealed record ListServerCertificatesResponse : PagedResponse
{
    public IReadOnlyList<string> ServerCertificateMetadataList { get; init; } = [];
}

public sealed record ListVirtualMFADevicesResponse : PagedResponse
{
    public IReadOnlyList<string> VirtualMFADevices { get; init; } = [];
}

public sealed record ListOpenIDConnectProvidersResponse
{
    public IReadOnlyList<string> OpenIDConnectProviderList { get; init; } = [];
}

public sealed record ListSAMLProvidersResponse
{
    public IReadOnlyList<string> SAMLProviderList { get; init; } = [];
}
