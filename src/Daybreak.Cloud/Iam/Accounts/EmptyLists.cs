using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>
/// Lists of what cannot be made here (its creation is refused), and which are therefore empty: tools ask for them before they delete
/// a user, or when they look at an account.
/// </summary>
public sealed class EmptyLists(IamState state)
{
    public ListMFADevicesResponse MFADevices(OfUserRequest request, OperationContext context) => Of(request, context, new ListMFADevicesResponse { IsTruncated = false });

    public ListSSHPublicKeysResponse SSHPublicKeys(OfUserRequest request, OperationContext context) => Of(request, context, new ListSSHPublicKeysResponse { IsTruncated = false });

    public ListSigningCertificatesResponse SigningCertificates(OfUserRequest request, OperationContext context) =>
        Of(request, context, new ListSigningCertificatesResponse { IsTruncated = false });

    public ListServiceSpecificCredentialsResponse ServiceSpecificCredentials(ListServiceSpecificCredentialsRequest request, OperationContext context) =>
        Of(request, context, new ListServiceSpecificCredentialsResponse { IsTruncated = false });

    private T Of<T>(OfUserRequest request, OperationContext context, T empty)
    {
        if (request.UserName is { } name) state.Users.Get(context, name);
        return empty;
    }
}

public record OfUserRequest : PagedRequest
{
    /// <summary>Null means the caller.</summary>
    [Length(1, 128), Name]
    public string? UserName { get; init; }
}

public sealed record ListServiceSpecificCredentialsRequest : OfUserRequest
{
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
