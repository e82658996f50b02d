using System.Xml;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Explain;

/// <summary>Whose credentials they are, as AWS STS says (GetCallerIdentity), which everybody may ask.</summary>
/// <param name="Arn">Null where it does not say.</param>
/// <param name="Code">Of its refusal; empty where there is none.</param>
/// <param name="Message">Of its refusal, or why it was not reached.</param>
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
            var told = XDocument
                .Load(new MemoryStream(answer.Body))
                .Descendants()
                .Where(static element => !element.HasElements)
                .ToLookup(static element => element.Name.LocalName, static element => element.Value);
            if (answer.Status == 200 && told["Arn"].FirstOrDefault() is { Length: > 0 } arn)
                return new(arn, told["Account"].FirstOrDefault(), "", "");
            if (ServiceWords.Of(told["Code"].FirstOrDefault(), credentials) is { } code)
                return new(null, null, code, ServiceWords.Of(told["Message"].FirstOrDefault(), credentials) ?? code);
        }
        catch (XmlException)
        {
            // A page of something that stands between.
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
                new Mending("Replace the credentials of the PostgreSQL server: their session has ended."),
                Code
            ),
            "SignatureDoesNotMatch" => Stage.Failed(
                "caller",
                $"AWS STS answers {Code}: {Message}",
                new Mending("Give the secret access key that belongs to the access key, and set this machine's clock."),
                Code
            ),
            _ => Stage.Failed(
                "caller",
                $"AWS STS answers {Code}: {Message}",
                new Mending(
                    "Replace the credentials: those that are found here are none, or none any more. As the same operating-system "
                        + "user, `aws sts get-caller-identity` shows the same."
                ),
                Code
            ),
        };
    }
}
