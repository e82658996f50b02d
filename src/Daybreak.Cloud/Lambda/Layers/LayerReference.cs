using System.Globalization;
using System.Text.Json.Serialization;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>The layer that a request names, by its name or its ARN.</summary>
public sealed record LayerReference(string AccountId, string Region, string Name)
{
    [JsonIgnore]
    public ResourceKey Key => new(AccountId, Region, Name);

    public string Arn => $"arn:aws:lambda:{Region}:{AccountId}:layer:{Name}";

    /// <summary>The ARN of one of its versions.</summary>
    public string ArnOf(long version) => string.Create(CultureInfo.InvariantCulture, $"{Arn}:{version}");

    /// <summary>The key of one of its versions.</summary>
    public ResourceKey KeyOf(long version) => new(AccountId, Region, string.Create(CultureInfo.InvariantCulture, $"{Name}:{version}"));

    /// <summary>The layer of a request that names it in its path.</summary>
    internal static LayerReference Of(INamesLayer request, OperationContext context) =>
        request.LayerName.Split(':') is [_, _, _, var region, var account, _, var name]
            ? new LayerReference(account, region, name)
            : new LayerReference(context.AccountId, context.Region, request.LayerName);

    /// <summary>The layer and the version of an ARN that matches <see cref="LayerVersionArnAttribute.Pattern"/>; null for a layer of
    /// AWS's own (<c>awslayer</c>), of which there is none here, and for a number that no version can have.</summary>
    public static (LayerReference Layer, long Version)? OfVersion(string arn) =>
        arn.Split(':') is [_, _, _, var region, var account, "layer", var name, var number]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (new LayerReference(account, region, name), version)
            : null;
}
