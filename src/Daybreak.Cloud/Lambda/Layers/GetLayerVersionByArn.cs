using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html"/></summary>
public sealed record GetLayerVersionByArnRequest
{
    [Location(MemberLocation.Query)]
    [Length(1, 2048)]
    [LayerVersionArn]
    public required string Arn { get; init; }
}
