using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Provisioning;

/// <summary>Keeps environments ready for versions and aliases.</summary>
/// <param name="environments">Starts and ends them.</param>
internal sealed class ProvisionedConcurrencies(FunctionVersions versions, ProvisionedEnvironments environments, TimeProvider time)
{
    private const string Path = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency";

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<DeleteProvisionedConcurrencyConfigRequest, NoMembers>("DeleteProvisionedConcurrencyConfig", DeleteAsync)
            {
                Route = $"DELETE {Path}",
                SuccessStatus = 204,
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<GetProvisionedConcurrencyConfigRequest, ProvisionedConcurrencyResponse>("GetProvisionedConcurrencyConfig", Get)
            {
                Route = $"GET {Path}",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<ListProvisionedConcurrencyConfigsRequest, ListProvisionedConcurrencyConfigsResponse>(
                "ListProvisionedConcurrencyConfigs",
                List
            )
            {
                Route = $"GET {Path}?List=ALL",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<PutProvisionedConcurrencyConfigRequest, ProvisionedConcurrencyResponse>(
                "PutProvisionedConcurrencyConfig",
                PutAsync
            )
            {
                Route = $"PUT {Path}",
                SuccessStatus = 202,
                Resource = FunctionReference.ArnOf,
            },
        ];

    public async ValueTask<ProvisionedConcurrencyResponse> PutAsync(
        PutProvisionedConcurrencyConfigRequest request,
        OperationContext context
    )
    {
        var reference = FunctionReference.Of(request, context);
        if (reference.Qualifier is null or FunctionReference.Latest)
            throw LambdaErrors.UnpublishedProvisioned();
        var provisioned = new ProvisionedConcurrency
        {
            AccountId = reference.AccountId,
            Region = reference.Region,
            FunctionName = reference.Name,
            Qualifier = reference.Qualifier,
            Requested = request.ProvisionedConcurrentExecutions!.Value,
            LastModified = time.GetUtcNow(),
        };
        using (await versions.EnterAsync(new ResourceKey(reference.AccountId, reference.Region, ""))) // what others reserve counts
        using (await versions.EnterAsync(reference.Key))
        {
            var version = Version(reference);
            if (versions.FindAlias(reference) is { AdditionalVersion: not null })
                throw LambdaErrors.ProvisionedWithWeights();
            CheckOwner(reference, version);
            CheckLimits(provisioned, versions.FindLatest(reference)!);
            await versions.TryChangeAsync(versions.Put(provisioned));
        }
        environments.Follow(again: provisioned);
        return new ProvisionedConcurrencyResponse
        {
            RequestedProvisionedConcurrentExecutions = provisioned.Requested,
            Status = "IN_PROGRESS",
            LastModified = FunctionConfiguration.Text(provisioned.LastModified),
        };
    }

    public ProvisionedConcurrencyResponse Get(GetProvisionedConcurrencyConfigRequest request, OperationContext context)
    {
        var reference = Published(request, context);
        var version = Version(reference);
        var provisioned = versions.FindProvisioned(reference) ?? throw LambdaErrors.NothingProvisioned();
        return StateOf(provisioned, version, arn: null);
    }

    public ListProvisionedConcurrencyConfigsResponse List(ListProvisionedConcurrencyConfigsRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context);
        _ = versions.Get(reference);
        var page = Page<ProvisionedConcurrency>.Of(
            versions.ProvisionedOf(reference),
            static provisioned => provisioned.Qualifier,
            request.Marker,
            request.MaxItems
        );
        return new ListProvisionedConcurrencyConfigsResponse
        {
            ProvisionedConcurrencyConfigs =
            [
                .. page.Items.Select(provisioned => StateOf(provisioned, versions.Get(provisioned.Reference), provisioned.Reference.Arn)),
            ],
            NextMarker = page.NextMarker,
        };
    }

    public async ValueTask<NoMembers> DeleteAsync(DeleteProvisionedConcurrencyConfigRequest request, OperationContext context)
    {
        var reference = Published(request, context);
        using (await versions.EnterAsync(reference.Key))
        {
            _ = Version(reference);
            if (versions.FindProvisioned(reference) is { } provisioned)
                await versions.TryChangeAsync(versions.Remove(provisioned));
        }
        environments.Follow();
        return NoMembers.Instance;
    }

    private ProvisionedConcurrencyResponse StateOf(ProvisionedConcurrency provisioned, FunctionState version, string? arn)
    {
        var (available, hasFailed) = environments.StateOf(version);
        available = Math.Min(available, provisioned.Requested);
        var isReady = available == provisioned.Requested;
        return new ProvisionedConcurrencyResponse
        {
            FunctionArn = arn,
            RequestedProvisionedConcurrentExecutions = provisioned.Requested,
            AvailableProvisionedConcurrentExecutions = available,
            AllocatedProvisionedConcurrentExecutions = available,
            Status =
                isReady ? "READY"
                : hasFailed ? "FAILED"
                : "IN_PROGRESS",
            StatusReason = hasFailed && !isReady ? "FUNCTION_ERROR_INIT_FAILURE" : null,
            LastModified = FunctionConfiguration.Text(provisioned.LastModified),
        };
    }

    private static FunctionReference Published(INamesFunction request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        return reference.Qualifier is null or FunctionReference.Latest ? throw LambdaErrors.NeitherAliasNorVersion() : reference;
    }

    private FunctionState Version(FunctionReference reference) =>
        versions.Find(reference)
        ?? throw (reference.IsAlias ? LambdaErrors.NoSuchAlias(reference.Arn) : LambdaErrors.FunctionNotFound(reference.Arn));

    /// <exception cref="Aws.AwsException">The version has environments already, by its number or by another alias.</exception>
    private void CheckOwner(FunctionReference reference, FunctionState version)
    {
        foreach (var other in versions.ProvisionedOf(reference).Where(other => other.Qualifier != reference.Qualifier))
        {
            if (versions.Find(other.Reference)?.Version != version.Version)
                continue;
            throw reference.IsAlias ? LambdaErrors.VersionIsProvisioned() : LambdaErrors.AliasIsProvisioned();
        }
    }

    /// <exception cref="Aws.AwsException">More than the function has reserved, or than others leave.</exception>
    private void CheckLimits(ProvisionedConcurrency asked, FunctionState latest)
    {
        var function = versions
            .ProvisionedOf(asked.Reference)
            .Where(other => other.Qualifier != asked.Qualifier)
            .Sum(other => other.Requested);
        if (latest.ReservedConcurrentExecutions is { } reserved)
        {
            if (function + asked.Requested > reserved)
                throw LambdaErrors.MoreProvisionedThanReserved();
            return;
        }
        var shares = ConcurrencyShares.Of(versions);
        var left = shares.UnreservedIn(asked.AccountId, asked.Region) + (versions.FindProvisioned(asked.Reference)?.Requested ?? 0);
        if (asked.Requested > left)
            throw LambdaErrors.MoreProvisionedThanUnreserved(left);
        if (left - asked.Requested < ReservedConcurrency.LeastUnreserved)
            throw LambdaErrors.TooFewUnreservedForProvisioned(ReservedConcurrency.LeastUnreserved);
    }
}
