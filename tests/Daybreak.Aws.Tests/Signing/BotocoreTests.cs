using System.Security.Cryptography;
using Daybreak.Aws.Signing;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>The verifier accepts signatures of botocore, the signer of the aws CLI and boto3, called as they call it.</summary>
public class BotocoreTests(Botocore botocore) : IClassFixture<Botocore>
{
    private const string AccessKeyId = "ASIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    [Theory]
    [InlineData(
        "lambda",
        "POST",
        "http://127.0.0.1:4566/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A444455556666%3Afunction%3Asimple%3A%24LATEST/invocations",
        "{\"n\": 1}"
    )]
    [InlineData("lambda", "GET", "http://127.0.0.1:4566/2015-03-31/functions/?MaxItems=10&Marker=a%2Bb%2Fc%3D&FunctionVersion=ALL", "")]
    [InlineData("lambda", "DELETE", "http://127.0.0.1:4566/2015-03-31/functions/f?Qualifier=%241", "")]
    [InlineData(
        "iam",
        "POST",
        "http://127.0.0.1:4566/",
        "Action=CreateRole&Version=2010-05-08&RoleName=r%2Bs&AssumeRolePolicyDocument=%7B%22%C3%A9%22%3A+1%7D"
    )]
    [InlineData("sts", "GET", "http://127.0.0.1:4566/?Action=GetCallerIdentity&Version=2011-06-15", "")]
    [InlineData("ec2", "POST", "http://localhost:4566/", "Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=tag%3Aé")]
    [InlineData("logs", "POST", "http://127.0.0.1:4566/", "{\"logGroupName\": \"/aws/lambda/größe\"}")]
    [InlineData("lambda", "GET", "http://127.0.0.1:4566/a//b/../c/./d%20e/%7Ef/g*(h)/", "")]
    [InlineData("s3", "GET", "http://127.0.0.1:4566/bucket//key%20with/../odd%2Fnames~?list-type=2&prefix=", "")]
    public async Task Requests_signed_by_botocore_are_valid(string service, string method, string url, string body)
    {
        foreach (var token in (string?[])[null, "IQoJb3JpZ2luX2VjE/+//=="])
        {
            await AssertValid(service, method, url, body, token, presign: false);
            // botocore drops the body of what it presigns; services take presigned requests without one.
            await AssertValid(service, "GET", url, "", token, presign: true);
        }
    }

    private async Task AssertValid(string service, string method, string url, string body, string? token, bool presign)
    {
        var signed = await botocore.SignAsync(
            new
            {
                key = AccessKeyId,
                secret = Secret,
                token,
                service,
                region = "eu-central-1",
                method,
                url,
                body,
                presign,
                headers = new Dictionary<string, string>
                {
                    ["Content-Type"] = "application/x-amz-json-1.1",
                    ["X-Amz-Target"] = "Logs_20140328.A  B",
                },
            }
        );
        var request = new RequestHead(
            signed.GetProperty("method").GetString()!,
            signed.GetProperty("target").GetString()!,
            signed
                .GetProperty("headers")
                .EnumerateArray()
                .Select(field => new HttpField(field[0].GetString()!, field[1].GetString()!))
                .ToArray()
        );
        var sentBody = signed.GetProperty("body").GetBytesFromBase64();
        var verifier = new SigV4Verifier(TimeProvider.System);

        Assert.Equal(SigV4Result.Valid, verifier.Parse(request, out var authorization));
        Assert.Equal(SigV4Result.Valid, SigV4Verifier.CheckScope(authorization!, "eu-central-1", service));
        Assert.Equal(AccessKeyId, authorization!.Credential.AccessKeyId);
        Assert.Equal(token, authorization.SessionToken);
        Assert.Equal(presign, authorization.IsPresigned);
        Assert.Equal(SigV4Result.Valid, verifier.Verify(authorization, request, Secret, SHA256.HashData(sentBody)));
        Assert.False(verifier.Verify(authorization, request, Secret + "x", SHA256.HashData(sentBody)).IsValid);
    }
}
