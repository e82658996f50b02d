using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Lambda.Layers;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Urls;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.Lambda.Vpcs;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Creates, reads, changes and deletes functions.</summary>
internal sealed class FunctionStore(
    FunctionVersions versions,
    FunctionPolicies policies,
    FunctionUrlTable urls,
    EventInvokeConfigTable configs,
    CodeSources sources,
    CodeDownloads downloads,
    IFunctionRuntime runtime,
    IExecutionRoles roles,
    FunctionLayers layers,
    VpcAccess vpcs,
    Destinations destinations,
    TimeProvider time
)
{
    private const long CodeRequestLimit = 70_167_211;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CreateFunctionRequest, FunctionConfiguration>("CreateFunction", CreateAsync)
            {
                Route = "POST /2015-03-31/functions",
                SuccessStatus = 201,
                Resource = NewArn,
                Keys = (request, context) => KeysOf(request.Layers, request.VpcConfig, context),
                RequestLimit = CodeRequestLimit,
                TooLarge = static (_, _) => LambdaErrors.RequestTooLarge(CodeRequestLimit, "CreateFunction"),
            },
            new AwsOperation<DeleteFunctionRequest, NoMembers>("DeleteFunction", DeleteAsync)
            {
                Route = "DELETE /2015-03-31/functions/{FunctionName}",
                SuccessStatus = 204,
                Resource = FunctionReference.ArnOf,
                ResourcePolicy = policies.PolicyOf,
            },
            new AwsOperation<GetFunctionRequest, GetFunctionResponse>("GetFunction", Get)
            {
                Route = "GET /2015-03-31/functions/{FunctionName}",
                Resource = FunctionReference.ArnOf,
                ResourcePolicy = policies.PolicyOf,
            },
            new AwsOperation<GetFunctionConfigurationRequest, FunctionConfiguration>("GetFunctionConfiguration", GetConfiguration)
            {
                Route = "GET /2015-03-31/functions/{FunctionName}/configuration",
                Resource = FunctionReference.ArnOf,
                ResourcePolicy = policies.PolicyOf,
            },
            new AwsOperation<UpdateFunctionCodeRequest, FunctionConfiguration>("UpdateFunctionCode", UpdateCodeAsync)
            {
                Route = "PUT /2015-03-31/functions/{FunctionName}/code",
                Resource = FunctionReference.ArnOf,
                RequestLimit = CodeRequestLimit,
                TooLarge = static (_, _) => LambdaErrors.RequestTooLarge(CodeRequestLimit, "UpdateFunctionCode"),
            },
            new AwsOperation<UpdateFunctionConfigurationRequest, FunctionConfiguration>(
                "UpdateFunctionConfiguration",
                UpdateConfigurationAsync
            )
            {
                Route = "PUT /2015-03-31/functions/{FunctionName}/configuration",
                Resource = FunctionReference.ArnOf,
                Keys = (request, context) => KeysOf(request.Layers, request.VpcConfig, context),
            },
        ];

    public async ValueTask<FunctionConfiguration> CreateAsync(CreateFunctionRequest request, OperationContext context)
    {
        var name = NewName(request.FunctionName, context);
        var publication = new Publication(await NewFunctionAsync(request, name, context), null, IsNew: false);
        if (request.Publish == true)
            publication = Publication.Of(publication.Latest, null, null, FunctionPhase.Creating);
        using (await versions.EnterAsync(name.Key))
        {
            var isNew = await vpcs.ChangeAsync(
                null,
                publication.Latest,
                () => versions.TryChangeAsync([versions.Add(publication.Latest), .. versions.Of(publication)])
            );
            if (!isNew)
                throw LambdaErrors.FunctionExists(name.Name);
        }
        Settle(name);
        return FunctionConfiguration.Of(publication.Version ?? publication.Latest); // AWS leaves the version out of the ARN
    }

    public GetFunctionResponse Get(GetFunctionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        var function = versions.Get(reference);
        var latest = versions.FindLatest(reference);
        return new GetFunctionResponse
        {
            Configuration = FunctionConfiguration.Of(function, reference.Qualifier),
            Code = new FunctionCodeLocation { Location = downloads.UrlOf(function.Code, context.Endpoint) },
            Tags = latest is { Tags.Count: > 0 } ? latest.Tags : null,
            Concurrency = latest?.ReservedConcurrentExecutions is { } reserved
                ? new GetFunctionConcurrencyResponse { ReservedConcurrentExecutions = reserved }
                : null,
        };
    }

    public FunctionConfiguration GetConfiguration(GetFunctionConfigurationRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        return FunctionConfiguration.Of(versions.Get(reference), reference.Qualifier);
    }

    public async ValueTask<FunctionConfiguration> UpdateCodeAsync(UpdateFunctionCodeRequest request, OperationContext context)
    {
        var reference = FunctionReference.LatestOf(request.FunctionName, context);
        if (request.ImageUri is not null)
            throw LambdaErrors.ImageForZip();
        _ = versions.Get(reference);
        var code = await sources.AddAsync(request.ZipFile, request.S3Bucket, request.S3Key, request.S3ObjectVersion, context);
        return await ChangeAsync(
            reference,
            request.RevisionId,
            request.DryRun ?? false,
            request.Publish ?? false,
            function => Fitting(function with { Code = code, Architecture = request.Architectures?[0] ?? function.Architecture })
        );
    }

    public async ValueTask<FunctionConfiguration> UpdateConfigurationAsync(
        UpdateFunctionConfigurationRequest request,
        OperationContext context
    )
    {
        var reference = FunctionReference.LatestOf(request.FunctionName, context);
        _ = versions.Get(reference);
        CheckSettings(request.Runtime, request.Environment);
        if (request.Role is { } role)
            roles.Check(context, role);
        var newLayers = request.Layers is { } arns ? layers.Of(arns, context) : null;
        var newVpc = request.VpcConfig is { } asked ? vpcs.Of(asked, context) : null;
        return await ChangeAsync(
            reference,
            request.RevisionId,
            dryRun: false,
            publish: false,
            function =>
            {
                var changed = Fitting(
                    function with
                    {
                        Role = request.Role ?? function.Role,
                        Runtime = request.Runtime ?? function.Runtime,
                        Handler = request.Handler ?? function.Handler,
                        Description = request.Description ?? function.Description,
                        Timeout = request.Timeout ?? function.Timeout,
                        MemorySize = request.MemorySize ?? function.MemorySize,
                        EphemeralStorageSize = request.EphemeralStorage?.Size ?? function.EphemeralStorageSize,
                        Environment = request.Environment is { } environment
                            ? environment.Variables ?? new Dictionary<string, string>()
                            : function.Environment,
                        LogGroup = request.LoggingConfig?.LogGroup ?? function.LogGroup,
                        Logging = function.Logging.With(request.LoggingConfig),
                        TracingMode = request.TracingConfig?.Mode ?? function.TracingMode,
                        SnapStart = request.SnapStart?.ApplyOn ?? function.SnapStart,
                        KmsKeyArn = KmsKeyArn.Of(request.KMSKeyArn, function.KmsKeyArn),
                        DeadLetterTargetArn =
                            request.DeadLetterConfig is null ? function.DeadLetterTargetArn
                            : request.DeadLetterConfig.TargetArn is { Length: > 0 } queue ? queue
                            : null,
                        Layers = newLayers ?? function.Layers,
                        Vpc = request.VpcConfig is null ? function.Vpc : newVpc,
                    }
                );
                if (request.DeadLetterConfig is not null)
                    destinations.CheckDeadLetters(changed.Role, changed.Region, changed.DeadLetterTargetArn);
                if (changed.Vpc is { } vpc && (changed.Role != function.Role || !Equals(vpc, function.Vpc)))
                    vpcs.CheckRole(changed, vpc);
                return changed;
            }
        );
    }

    /// <summary>Deletes one version, or the function with all that belongs to it.</summary>
    public async ValueTask<NoMembers> DeleteAsync(DeleteFunctionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        using (await versions.EnterAsync(reference.Key))
        {
            if (versions.FindLatest(reference) is null)
                throw LambdaErrors.FunctionNotFound(reference.UnqualifiedArn); // AWS leaves the qualifier out
            if (reference.Qualifier is null)
            {
                var gone = versions.Of(reference).FirstOrDefault(static version => version.Vpc is not null);
                await vpcs.ChangeAsync(
                    gone,
                    null,
                    () =>
                        versions.TryChangeAsync([
                            .. versions.Of(reference).Select(versions.Remove),
                            .. versions.AliasesOf(reference).Select(versions.Remove),
                            .. versions.ProvisionedOf(reference).Select(versions.Remove),
                            .. policies.RemovalsOf(reference),
                            .. urls.RemovalsOf(reference),
                            .. configs.RemovalsOf(reference),
                        ])
                );
                runtime.Retire(reference.UnqualifiedArn, null);
                return NoMembers.Instance;
            }
            if (reference.Qualifier == FunctionReference.Latest)
                throw LambdaErrors.LatestCannotBeDeleted();
            if (FunctionReference.NumberOf(reference.Qualifier) is null)
                throw LambdaErrors.AliasDeletion();
            string[] aliases =
            [
                .. versions.AliasesOf(reference).Where(alias => alias.Uses(reference.Qualifier)).Select(static alias => alias.Name),
            ];
            if (aliases.Length > 0)
                throw LambdaErrors.VersionHasAliases(aliases);
            if (versions.Find(reference) is { } version) // deleting a version that never existed succeeds
            {
                await vpcs.ChangeAsync(
                    version,
                    null,
                    () =>
                        versions.TryChangeAsync([
                            versions.Remove(version),
                            .. versions.RemovalOfProvisioned(reference),
                            .. policies.RemovalsOf(reference),
                            .. configs.RemovalsOf(reference),
                        ])
                );
                runtime.RetireVersion(reference.UnqualifiedArn, version.Version);
            }
        }
        return NoMembers.Instance;
    }

    /// <summary>Sets the tags of a function, which does not change its revision.</summary>
    public async ValueTask TagAsync(
        FunctionReference reference,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change
    )
    {
        using (await versions.EnterAsync(reference.Key))
        {
            var function = versions.Get(reference);
            await versions.TryChangeAsync(versions.Replace(function, function with { Tags = change(function.Tags) }));
        }
    }

    /// <summary>The version for an invocation, after a pending creation or update has completed. Null when there is none.</summary>
    public ValueTask<FunctionState?> FindReadyAsync(FunctionReference reference)
    {
        var found = versions.Pick(reference);
        return found is { Phase: not FunctionPhase.Ready } ? SettleAsync(reference) : ValueTask.FromResult(found);
    }

    /// <summary>
    /// <c>$LATEST</c>, after a pending creation or update of it and of its last version has completed. Null when there is none. The caller
    /// has entered the function.
    /// </summary>
    public async ValueTask<FunctionState?> SettledAsync(FunctionReference reference)
    {
        if (versions.FindLatest(reference) is not { } latest)
            return null;
        var last = versions.FindLast(latest);
        var settled = latest.Settled();
        List<RowChange> changes = [];
        if (latest.Phase != FunctionPhase.Ready)
            changes.Add(versions.Replace(latest, settled));
        if (last is { Phase: not FunctionPhase.Ready })
            changes.Add(versions.Replace(last, last.Settled()));
        if (changes.Count == 0)
            return latest;
        if (!await versions.TryChangeAsync(changes))
            return versions.FindLatest(reference); // a reset has removed everything meanwhile
        if (latest.Phase == FunctionPhase.Updating)
            runtime.Retire(latest.Reference.UnqualifiedArn, settled.ContentRevision);
        return settled;
    }

    /// <summary>Completes creations and updates that were pending when the last process ended.</summary>
    public void SettleAll()
    {
        foreach (var function in versions.Unsettled())
            Settle(function);
    }

    private async ValueTask<FunctionConfiguration> ChangeAsync(
        FunctionReference reference,
        string? revisionId,
        bool dryRun,
        bool publish,
        Func<FunctionState, FunctionState> change
    )
    {
        Publication publication;
        using (await versions.EnterAsync(reference.Key))
        {
            var current = versions.Get(reference);
            if (revisionId is not null && revisionId != current.RevisionId)
                throw LambdaErrors.StaleRevision();
            if (dryRun)
                return FunctionConfiguration.Of(change(current));
            var changed = change(current) with
            {
                LastModified = time.GetUtcNow(),
                RevisionId = Guid.NewGuid().ToString(),
                ContentRevisionId = null,
                Phase = FunctionPhase.Updating,
            };
            var last = versions.FindLast(current);
            publication = publish
                ? Publication.Of(changed, last, null, FunctionPhase.Creating)
                : new Publication(changed, null, IsNew: false);
            List<RowChange> changes = [versions.Replace(current, publication.Latest), .. versions.Of(publication)];
            // Only the last version is ever pending, so that settling need not look for others.
            if (publication.IsNew && last is { Phase: not FunctionPhase.Ready })
                changes.Add(versions.Replace(last, last.Settled()));
            if (!await vpcs.ChangeAsync(current, publication.Latest, () => versions.TryChangeAsync(changes)))
                throw LambdaErrors.FunctionNotFound(reference.Arn); // a reset has removed everything meanwhile
        }
        Settle(reference);
        return publication.Version is { } version
            ? FunctionConfiguration.Of(version, version.Version)
            : FunctionConfiguration.Of(publication.Latest);
    }

    // Completes in the background what the response reports as pending. The next request reports a failure to write.
    private void Settle(FunctionReference reference) =>
        _ = Task.Run(async () =>
        {
            try
            {
                await SettleAsync(reference);
            }
            catch (StateException)
            {
                // The function stays pending; its next use tries again and reports the error.
            }
        });

    private async ValueTask<FunctionState?> SettleAsync(FunctionReference reference)
    {
        using (await versions.EnterAsync(reference.Key))
        {
            await SettledAsync(reference);
            return versions.Pick(reference);
        }
    }

    private static string NewArn(CreateFunctionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        return reference.AccountId == context.AccountId ? reference.Arn : throw LambdaErrors.OtherAccount();
    }

    private ContextKeys KeysOf(IReadOnlyList<string>? layerArns, VpcConfig? vpc, OperationContext context)
    {
        var keys = new ContextKeys();
        FunctionLayers.AddKeys(keys, layerArns);
        vpcs.AddKeys(keys, vpc, context);
        return keys;
    }

    private static FunctionReference NewName(string name, OperationContext context)
    {
        var reference = FunctionReference.Resolve(name, null, context);
        if (reference.AccountId != context.AccountId)
            throw LambdaErrors.OtherAccount();
        if (reference.Qualifier is not null)
            throw LambdaErrors.QualifiedName(name);
        return reference.Name.Length > 64 ? throw LambdaErrors.NameTooLong(name) : reference;
    }

    private async ValueTask<FunctionState> NewFunctionAsync(CreateFunctionRequest request, FunctionReference name, OperationContext context)
    {
        if (request.PackageType == "Image")
            throw NotImplemented.Of("the package type Image of CreateFunction");
        if (request.Runtime is null || request.Handler is null)
            throw LambdaErrors.RuntimeAndHandlerMandatory();
        CheckSettings(request.Runtime, request.Environment);
        if (versions.FindLatest(name) is not null)
            throw LambdaErrors.FunctionExists(name.Name);
        roles.Check(context, request.Role);
        destinations.CheckDeadLetters(request.Role, name.Region, request.DeadLetterConfig?.TargetArn);
        var itsLayers = layers.Of(request.Layers ?? [], context);
        var vpc = request.VpcConfig is { } asked ? vpcs.Of(asked, context) : null;
        var package = request.Code;
        var made = Fitting(
            new FunctionState
            {
                AccountId = name.AccountId,
                Region = name.Region,
                FunctionName = name.Name,
                Role = request.Role,
                Runtime = request.Runtime,
                Handler = request.Handler,
                Description = request.Description ?? "",
                Timeout = request.Timeout ?? 3,
                MemorySize = request.MemorySize ?? 128,
                EphemeralStorageSize = request.EphemeralStorage?.Size ?? 512,
                Architecture = request.Architectures?[0] ?? "x86_64",
                LogGroup = request.LoggingConfig?.LogGroup ?? $"/aws/lambda/{name.Name}",
                Logging = FunctionLogging.Text.With(request.LoggingConfig),
                TracingMode = request.TracingConfig?.Mode ?? TracingConfig.PassThrough,
                SnapStart = request.SnapStart?.ApplyOn ?? SnapStart.None,
                KmsKeyArn = KmsKeyArn.Of(request.KMSKeyArn, null),
                DeadLetterTargetArn = request.DeadLetterConfig?.TargetArn is { Length: > 0 } queue ? queue : null,
                Environment = request.Environment?.Variables,
                Tags = FunctionTags.Checked(request.Tags ?? new Dictionary<string, string>()),
                Code = await sources.AddAsync(package.ZipFile, package.S3Bucket, package.S3Key, package.S3ObjectVersion, context),
                LastModified = time.GetUtcNow(),
                RevisionId = Guid.NewGuid().ToString(),
                Layers = itsLayers,
                Vpc = vpc,
                Phase = FunctionPhase.Creating,
            }
        );
        if (vpc is not null)
            vpcs.CheckRole(made, vpc);
        return made;
    }

    /// <summary>The function, if its code is small enough for its layers, and its runtime can do what is asked for.</summary>
    private FunctionState Fitting(FunctionState function)
    {
        if (function.SnapStart == SnapStart.PublishedVersions && !Runtimes.HaveSnapStart(function.Runtime))
            throw LambdaErrors.NoSnapStart(function.Runtime);
        layers.CheckSize(function.Code, function.Layers);
        return function;
    }

    private void CheckSettings(string? runtimeName, EnvironmentRequest? environment)
    {
        if (runtimeName is not null)
            Runtimes.Check(runtimeName, runtime);
        if (environment?.Variables is { } variables)
            EnvironmentVariables.Check(variables);
    }
}
