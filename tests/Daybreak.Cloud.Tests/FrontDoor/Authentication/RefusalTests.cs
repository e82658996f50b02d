using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.Tests.FrontDoor.Authentication;

/// <summary>Codes and statuses of refusals by protocol, as AWS answers them.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(Refusal.MissingAuthenticationToken, 403, "MissingAuthenticationToken")]
    [InlineData(Refusal.IncompleteSignature, 400, "IncompleteSignature")]
    [InlineData(Refusal.UnrecognizedClient, 403, "InvalidClientTokenId")]
    [InlineData(Refusal.InvalidSignature, 403, "SignatureDoesNotMatch")]
    [InlineData(Refusal.RequestExpired, 403, "SignatureDoesNotMatch")]
    [InlineData(Refusal.ExpiredToken, 403, "ExpiredToken")]
    [InlineData(Refusal.AccessDenied, 403, "AccessDenied")]
    public void Of_query(Refusal refusal, int status, string code)
    {
        var error = new QueryProtocol().Refuse(refusal, "the text");

        Assert.Equal((status, code, "the text"), ((int)error.Status, error.Code, error.Message));
    }

    [Theory]
    [InlineData(Refusal.MissingAuthenticationToken, "MissingAuthenticationTokenException", "Missing Authentication Token")]
    [InlineData(Refusal.IncompleteSignature, "IncompleteSignatureException", "the text")]
    [InlineData(Refusal.UnrecognizedClient, "UnrecognizedClientException", "the text")]
    [InlineData(Refusal.InvalidSignature, "InvalidSignatureException", "the text")]
    [InlineData(Refusal.RequestExpired, "InvalidSignatureException", "the text")]
    [InlineData(Refusal.ExpiredToken, "ExpiredTokenException", "the text")]
    [InlineData(Refusal.AccessDenied, "AccessDeniedException", "the text")]
    public void Of_json(Refusal refusal, string code, string message)
    {
        var rest = new RestJsonProtocol().Refuse(refusal, "the text");
        var json11 = JsonRefusals.Of(refusal, "the text", System.Net.HttpStatusCode.BadRequest);

        Assert.Equal((403, code, message), ((int)rest.Status, rest.Code, rest.Message));
        Assert.Equal((400, code, message), ((int)json11.Status, json11.Code, json11.Message));
    }

    [Theory]
    [InlineData(Refusal.MissingAuthenticationToken, 401, "AuthFailure", "AWS was not able to validate the provided access credentials")]
    [InlineData(Refusal.IncompleteSignature, 401, "AuthFailure", "AWS was not able to validate the provided access credentials")]
    [InlineData(Refusal.UnrecognizedClient, 401, "AuthFailure", "AWS was not able to validate the provided access credentials")]
    [InlineData(Refusal.InvalidSignature, 401, "AuthFailure", "AWS was not able to validate the provided access credentials")]
    [InlineData(Refusal.RequestExpired, 400, "RequestExpired", "Request has expired.")]
    [InlineData(Refusal.ExpiredToken, 400, "RequestExpired", "Request has expired.")]
    [InlineData(Refusal.AccessDenied, 403, "UnauthorizedOperation", "the text")]
    public void Of_ec2(Refusal refusal, int status, string code, string message)
    {
        var error = Ec2Refusals.Of(refusal, "the text");

        Assert.Equal((status, code, message), ((int)error.Status, error.Code, error.Message));
    }
}
