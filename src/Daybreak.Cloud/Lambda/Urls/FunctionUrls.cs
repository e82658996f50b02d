using System.Security.Cryptography;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>Creates, reads, changes and deletes the URLs of functions.</summary>
internal sealed class FunctionUrls(FunctionVersions versions, FunctionUrlTable urls, TimeProvider time)
{
    private const string Path = "/2021-10-31/functions/{FunctionName}/url";

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CreateFunctionUrlConfigRequest, FunctionUrlConfig>("CreateFunctionUrlConfig", CreateAsync)
            {
                Route = $"POST {Path}",
                SuccessStatus = 201,
                Resource = FunctionReference.ArnOf,
                Keys = static (request, _) => KeysOf(request.AuthType),
            },
            new AwsOperation<DeleteFunctionUrlConfigRequest, NoMembers>("DeleteFunctionUrlConfig", DeleteAsync)
            {
                Route = $"DELETE {Path}",
                SuccessStatus = 204,
                Resource = FunctionReference.ArnOf,
                Keys = (request, context) => KeysOf(Find(request, context)?.AuthType),
            },
            new AwsOperation<GetFunctionUrlConfigRequest, FunctionUrlConfig>("GetFunctionUrlConfig", Get)
            {
                Route = $"GET {Path}",
                Resource = FunctionReference.ArnOf,
                Keys = (request, context) => KeysOf(Find(request, context)?.AuthType),
            },
            new AwsOperation<ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse>("ListFunctionUrlConfigs", List)
            {
                Route = $"GET {Path}s",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<UpdateFunctionUrlConfigRequest, FunctionUrlConfig>("UpdateFunctionUrlConfig", UpdateAsync)
            {
                Route = $"PUT {Path}",
                Resource = FunctionReference.ArnOf,
                Keys = (request, context) => KeysOf(request.AuthType ?? Find(request, context)?.AuthType),
            },
        ];

    /// <summary>The context keys of everything about a URL.</summary>
    public static IContextKeys KeysOf(string? authType) =>
        authType is null ? ContextKeys.None : new ContextKeys { { "lambda:FunctionUrlAuthType", authType } };

    public async ValueTask<FunctionUrlConfig> CreateAsync(CreateFunctionUrlConfigRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        using (await versions.EnterAsync(reference.Key))
        {
            Check(reference);
            if (urls.Find(reference) is not null)
                throw LambdaErrors.UrlExists(reference.Arn);
            var now = time.GetUtcNow();
            var url = new FunctionUrl
            {
                UrlId = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", 32),
                AccountId = reference.AccountId,
                Region = reference.Region,
                FunctionName = reference.Name,
                Qualifier = reference.Qualifier,
                AuthType = request.AuthType,
                InvokeMode = request.InvokeMode ?? FunctionUrl.Buffered,
                Cors = Cors.Of(request.Cors),
                CreationTime = now,
                LastModifiedTime = now,
            };
            await versions.TryChangeAsync(urls.Put(url));
            return FunctionUrlConfig.Of(url, context.Endpoint) with { LastModifiedTime = null };
        }
    }

    public FunctionUrlConfig Get(GetFunctionUrlConfigRequest request, OperationContext context) =>
        FunctionUrlConfig.Of(Find(request, context) ?? throw LambdaErrors.NoSuchResource(), context.Endpoint);

    public ListFunctionUrlConfigsResponse List(ListFunctionUrlConfigsRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context);
        Check(reference);
        var page = Page<FunctionUrl>.Of(
            urls.Of(reference),
            static url => url.Qualifier ?? FunctionReference.Latest,
            request.Marker,
            request.MaxItems
        );
        return new ListFunctionUrlConfigsResponse
        {
            FunctionUrlConfigs = [.. page.Items.Select(url => FunctionUrlConfig.Of(url, context.Endpoint))],
            NextMarker = page.NextMarker,
        };
    }

    public async ValueTask<FunctionUrlConfig> UpdateAsync(UpdateFunctionUrlConfigRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        using (await versions.EnterAsync(reference.Key))
        {
            var url = urls.Find(reference) ?? throw LambdaErrors.NoSuchResource();
            url = url with
            {
                AuthType = request.AuthType ?? url.AuthType,
                InvokeMode = request.InvokeMode ?? url.InvokeMode,
                Cors = request.Cors is { } cors ? Cors.Of(cors) : url.Cors,
                LastModifiedTime = time.GetUtcNow(),
            };
            await versions.TryChangeAsync(urls.Put(url));
            return FunctionUrlConfig.Of(url, context.Endpoint);
        }
    }

    public async ValueTask<NoMembers> DeleteAsync(DeleteFunctionUrlConfigRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        using (await versions.EnterAsync(reference.Key))
            await versions.TryChangeAsync(urls.Remove(urls.Find(reference) ?? throw LambdaErrors.NoSuchResource()));
        return NoMembers.Instance;
    }

    private FunctionUrl? Find(INamesFunction request, OperationContext context) => urls.Find(FunctionReference.Of(request, context));

    /// <exception cref="Aws.AwsException">The function or alias does not exist.</exception>
    private void Check(FunctionReference reference)
    {
        if (versions.Find(reference) is null)
            throw LambdaErrors.NoFunctionForUrl();
    }
}
