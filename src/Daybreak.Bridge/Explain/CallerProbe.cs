using System.Xml;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Http;
using Daybreak.Explaining;

namespace Daybreak.Bridge.Explain;

/// <summary>The owner of the credentials, as AWS STS reports it (GetCallerIdentity), which needs no permission.</summary>
/// <param name="Arn">Null when STS does not say.</param>
/// <param name="Code">Of a refusal; otherwise empty.</param>
/// <param name="Message">Of a refusal, or the reason why STS was not reached.</param>
internal sealed record CallerProbe(string? Arn, string? Account, string Code, string Message)
{
    private static readonly byte[] Request = "Action=GetCallerIdentity&Version=2011-06-15"u8.ToArray();

    public static async Task<CallerProbe> AskAsync(
        ProbeClient client,
        HttpEndpoint endpoint,
        string path,
        AwsCredentials credentials,
        AwsRegion region,
        DateTimeOffset now,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        var answer = await client.SendAsync(
            HttpMethod.Post,
            path,
            [new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            Request,
            new SigningContext(credentials, region.Code, "sts", now),
            limit,
            cancel
        );
        if (answer.Failure is { } why)
            return new(null, null, "", $"{endpoint} is not reached ({why})");
        try
        {
            var fields = XDocument
                .Load(new MemoryStream(answer.Body))
                .Descendants()
                .Where(static element => !element.HasElements)
                .ToLookup(static element => element.Name.LocalName, static element => element.Value);
            if (answer.Status == 200 && fields["Arn"].FirstOrDefault() is { Length: > 0 } arn)
                return new(arn, fields["Account"].FirstOrDefault(), "", "");
            if (ServiceWords.Of(fields["Code"].FirstOrDefault(), credentials) is { } code)
                return new(null, null, code, ServiceWords.Of(fields["Message"].FirstOrDefault(), credentials) ?? code);
        }
        catch (XmlException)
        {
            // The answer is a page of something between here and STS.
        }
        return new(null, null, "", $"{endpoint} answers {answer.Status}, and not as AWS STS does");
    }

    public Stage ToStage()
    {
        if (Arn is not null)
            return Stage.Ok("caller", $"The credentials are those of {Arn}.", Arn);
        return Code switch
        {
            "" => Stage.NotSeen("caller", $"Whose the credentials are: {Message}. An invocation does not need it."),
            "AccessDenied" => Stage.NotSeen("caller", $"Whose the credentials are: {Message}"),
            "ExpiredToken" or "RequestExpired" => Stage.Failed(
                "caller",
                $"AWS STS answers {Code}: {Message}",
                Stage.FixOf("Replace the credentials of the PostgreSQL server: their session has ended."),
                Code
            ),
            "SignatureDoesNotMatch" => Stage.Failed(
                "caller",
                $"AWS STS answers {Code}: {Message}",
                Stage.FixOf("Give the secret access key that belongs to the access key, and set this machine's clock."),
                Code
            ),
            _ => Stage.Failed(
                "caller",
                $"AWS STS answers {Code}: {Message}",
                Stage.FixOf(
                    "Replace the credentials: those found here are not valid, or no longer valid. As the same operating-system "
                        + "user, `aws sts get-caller-identity` shows the same."
                ),
                Code
            ),
        };
    }
}
