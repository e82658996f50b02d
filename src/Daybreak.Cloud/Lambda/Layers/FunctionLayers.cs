using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Policy;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>The layers that a request gives to a function.</summary>
internal sealed class FunctionLayers(LayerVersions versions, CodeStore codes, IPermissions permissions)
{
    private const int Most = 5;

    private static readonly ServiceAction GetLayerVersion = new("lambda:GetLayerVersion");

    /// <summary>Adds what a policy can say of the layers: the key <c>lambda:Layer</c>.</summary>
    public static void AddKeys(ContextKeys keys, IReadOnlyList<string>? arns)
    {
        if (arns is { Count: > 0 })
            keys.Add("lambda:Layer", new StringValues([.. arns]));
    }

    /// <summary>The layers that the ARNs name, which the caller may use.</summary>
    /// <exception cref="AwsException">
    /// The caller may not read one; it does not exist or is in another Region; there are too many, or two of one layer.
    /// </exception>
    public IReadOnlyList<FunctionLayer> Of(IReadOnlyList<string> arns, OperationContext context)
    {
        if (arns.Count > Most)
            throw LambdaErrors.TooManyLayers(Most);
        var found = new List<(LayerReference Layer, FunctionLayer Version)>();
        foreach (var arn in arns)
        {
            if (permissions.Denial(context, GetLayerVersion, arn, ContextKeys.None, versions.PolicyOf(arn)) is { } denial)
                throw AwsException.Sender("AccessDeniedException", denial, HttpStatusCode.Forbidden);
            if (LayerReference.OfVersion(arn) is not var (layer, number))
                throw LambdaErrors.LayerVersionMissing(arn);
            if (layer.Region != context.Region)
                throw LambdaErrors.LayersOfOtherRegion(context.Region);
            var version = versions.Find(layer, number) ?? throw LambdaErrors.LayerVersionMissing(arn);
            if (found.Find(other => other.Layer == layer).Version is { } same)
                throw LambdaErrors.SameLayerTwice(same.Arn, version.Arn);
            found.Add((layer, new FunctionLayer(version.Arn, version.Code)));
        }
        return [.. found.Select(static layer => layer.Version)];
    }

    /// <summary>Refuses code that together with its layers is too large when it is unpacked.</summary>
    public void CheckSize(FunctionCode code, IReadOnlyList<FunctionLayer> layers)
    {
        if (layers.Count == 0)
            return;
        var size = layers.Sum(layer => codes.UnzippedSizeOf(layer.Code));
        if (size > AccountSettings.CodeSizeUnzipped)
            throw LambdaErrors.LayersTooLarge();
        size += codes.UnzippedSizeOf(code);
        if (size > AccountSettings.CodeSizeUnzipped)
            throw LambdaErrors.TooLargeWithLayers(size);
    }
}
