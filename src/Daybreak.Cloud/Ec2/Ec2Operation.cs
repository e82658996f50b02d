using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2;

/// <summary>An operation on the network of the caller's account and Region. Its permissions follow from the resources that a request
/// names and creates.</summary>
internal sealed class Ec2Operation<TRequest, TResponse> : AwsOperation<TRequest, TResponse>
    where TRequest : Ec2Request
    where TResponse : class
{
    /// <summary>An operation that changes the network.</summary>
    public Ec2Operation(NetworkState state, string name, Func<TRequest, Network, Change<TResponse>> change)
        : base(
            name,
            (request, context) =>
                state.ChangeAsync(
                    context.AccountId,
                    context.Region,
                    network => change(request, network),
                    request.DryRun == true,
                    context.Aborted
                )
        ) => Permissions = PermissionsIn(state);

    /// <summary>An operation that reads the network.</summary>
    public Ec2Operation(NetworkState state, string name, Func<TRequest, Network, TResponse> read)
        : base(
            name,
            (request, context) =>
            {
                var response = read(request, state.Of(context.AccountId, context.Region));
                return request.DryRun == true ? throw Ec2Errors.DryRun() : response;
            }
        ) => Permissions = PermissionsIn(state);

    /// <summary>The kind of resource that it creates, which a policy has to allow; null when it creates none.</summary>
    public string? Makes { get; init; }

    /// <summary>Resources that a policy has to allow as well, by kind as in ARNs. Without these and <see cref="Makes"/>, it has to allow
    /// <c>*</c>.</summary>
    public ImmutableArray<(string Kind, Func<TRequest, Network, IEnumerable<string?>> IdsOf)> Names { get; init; } = [];

    private Func<TRequest, OperationContext, IEnumerable<ResourcePermission>> PermissionsIn(NetworkState state) =>
        (request, context) => Ec2Permissions.Of(request, context, state.Of(context.AccountId, context.Region), Name, Makes, Names);
}
