using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Sts;

/// <summary>Decodes the encoded message of a denial.</summary>
public sealed class AuthorizationMessages(EncodedDenials encoded)
{
    public IEnumerable<AwsOperation> Operations() =>
        [new AwsOperation<DecodeAuthorizationMessageRequest, DecodeAuthorizationMessageResponse>("DecodeAuthorizationMessage", Decode)];

    public DecodeAuthorizationMessageResponse Decode(DecodeAuthorizationMessageRequest request, OperationContext context) =>
        new()
        {
            DecodedMessage = encoded.Decode(request.EncodedMessage, context.AccountId) ?? throw StsErrors.InvalidAuthorizationMessage(),
        };
}

public sealed record DecodeAuthorizationMessageRequest
{
    [Length(1, 10240)]
    public required string EncodedMessage { get; init; }
}

public sealed record DecodeAuthorizationMessageResponse
{
    public required string DecodedMessage { get; init; }
}
