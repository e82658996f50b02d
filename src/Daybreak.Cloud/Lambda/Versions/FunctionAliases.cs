using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Provisioning;
using Daybreak.Cloud.Lambda.Urls;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>Creates, reads, changes and deletes aliases of functions.</summary>
/// <param name="environments">Environments that are provisioned for an alias move with it.</param>
internal sealed class FunctionAliases(
    FunctionVersions versions,
    FunctionPolicies policies,
    FunctionUrlTable urls,
    EventInvokeConfigTable configs,
    ProvisionedEnvironments environments
)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CreateAliasRequest, AliasConfiguration>("CreateAlias", CreateAsync)
            {
                Route = "POST /2015-03-31/functions/{FunctionName}/aliases",
                SuccessStatus = 201,
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<DeleteAliasRequest, NoMembers>("DeleteAlias", DeleteAsync)
            {
                Route = "DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name}",
                SuccessStatus = 204,
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<GetAliasRequest, AliasConfiguration>("GetAlias", Get)
            {
                Route = "GET /2015-03-31/functions/{FunctionName}/aliases/{Name}",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<ListAliasesRequest, ListAliasesResponse>("ListAliases", List)
            {
                Route = "GET /2015-03-31/functions/{FunctionName}/aliases",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<UpdateAliasRequest, AliasConfiguration>("UpdateAlias", UpdateAsync)
            {
                Route = "PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}",
                Resource = FunctionReference.ArnOf,
            },
        ];

    public async ValueTask<AliasConfiguration> CreateAsync(CreateAliasRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context) with { Qualifier = request.Name };
        var alias = Routed(
            new FunctionAlias
            {
                AccountId = reference.AccountId,
                Region = reference.Region,
                FunctionName = reference.Name,
                Name = request.Name,
                FunctionVersion = request.FunctionVersion,
                Description = request.Description ?? "",
                RevisionId = Guid.NewGuid().ToString(),
            },
            request.RoutingConfig
        );
        using (await versions.EnterAsync(reference.Key))
        {
            Check(alias);
            if (!await versions.TryChangeAsync(versions.Add(alias)))
                throw LambdaErrors.AliasExists(reference.Arn);
        }
        return AliasConfiguration.Of(alias);
    }

    public AliasConfiguration Get(GetAliasRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context) with { Qualifier = request.Name };
        return AliasConfiguration.Of(versions.FindAlias(reference) ?? throw LambdaErrors.NoSuchAlias(reference.Arn));
    }

    public ListAliasesResponse List(ListAliasesRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context);
        _ = versions.Get(reference);
        var page = Page<FunctionAlias>.Of(
            versions.AliasesOf(reference).Where(alias => request.FunctionVersion is not { } version || alias.FunctionVersion == version),
            static alias => alias.Name,
            request.Marker,
            request.MaxItems
        );
        return new ListAliasesResponse { Aliases = [.. page.Items.Select(AliasConfiguration.Of)], NextMarker = page.NextMarker };
    }

    public async ValueTask<AliasConfiguration> UpdateAsync(UpdateAliasRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context) with { Qualifier = request.Name };
        using (await versions.EnterAsync(reference.Key))
        {
            var current = versions.FindAlias(reference) ?? throw LambdaErrors.UnknownAlias(reference.Arn);
            if (request.RevisionId is not null && request.RevisionId != current.RevisionId)
                throw LambdaErrors.StaleRevision();
            var alias = Routed(
                current with
                {
                    FunctionVersion = request.FunctionVersion ?? current.FunctionVersion,
                    Description = request.Description ?? current.Description,
                    RevisionId = Guid.NewGuid().ToString(),
                },
                request.RoutingConfig
            );
            Check(alias);
            if (!await versions.TryChangeAsync(versions.Replace(current, alias)))
                throw LambdaErrors.UnknownAlias(reference.Arn); // a reset has removed everything meanwhile
            environments.Follow();
            return AliasConfiguration.Of(alias);
        }
    }

    /// <summary>Deletes an alias with what belongs to it. One that never existed is no error.</summary>
    public async ValueTask<NoMembers> DeleteAsync(DeleteAliasRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context);
        using (await versions.EnterAsync(reference.Key))
        {
            _ = versions.Get(reference);
            reference = reference with { Qualifier = request.Name };
            if (versions.FindAlias(reference) is { } alias)
                await versions.TryChangeAsync([
                    versions.Remove(alias),
                    .. versions.RemovalOfProvisioned(reference),
                    .. policies.RemovalsOf(reference),
                    .. urls.RemovalsOf(reference),
                    .. configs.RemovalsOf(reference),
                ]);
        }
        environments.Follow();
        return NoMembers.Instance;
    }

    /// <param name="routing">Null leaves the routing as it is; an empty one ends it.</param>
    private static FunctionAlias Routed(FunctionAlias alias, AliasRoutingConfiguration? routing)
    {
        if (routing is null)
            return alias;
        if (routing.AdditionalVersionWeights is not { Count: > 0 } weights)
            return alias with { AdditionalVersion = null, AdditionalWeight = 0 };
        if (weights.Count > 1)
            throw LambdaErrors.TooManyWeights();
        var (version, weight) = weights.Single();
        return alias with { AdditionalVersion = version, AdditionalWeight = weight };
    }

    /// <exception cref="AwsException">The versions do not exist, or do not go together.</exception>
    private void Check(FunctionAlias alias)
    {
        if (alias.AdditionalVersion is { } other)
        {
            if (other == alias.FunctionVersion)
                throw LambdaErrors.VersionRoutedTwice(other);
            if (alias.FunctionVersion == FunctionReference.Latest)
                throw LambdaErrors.LatestRouted();
        }
        _ = versions.Get(alias.Reference with { Qualifier = alias.FunctionVersion });
        if (alias.AdditionalVersion is not null)
            _ = versions.Get(alias.Reference with { Qualifier = alias.AdditionalVersion });
    }
}
