using System.Text;
using Daybreak.Aws.Signing;

namespace Daybreak.Aws.Tests.Signing;

public class SigV4SignerTests
{
    /// <summary>
    /// The signer of the invocation path normalises paths and always signs the session token, so the vectors that ask for the
    /// opposite do not apply to it; the general signer covers them.
    /// </summary>
    public static TheoryData<string> Vectors() =>
        new(SigningVector.Names(vector => vector is { Normalize: true, OmitSessionToken: false }));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Writes_the_authorization_of_the_vector(string name)
    {
        var vector = SigningVector.Load(name);
        var expected = vector.Request("header-signed-request.txt").Headers.Single(header => header.Name == "Authorization").Value;

        Assert.Equal(expected, Sign(new SigV4Signer(vector.Credentials, vector.Region, vector.Service), vector));
    }

    [Fact]
    public void Derives_a_new_key_when_the_day_changes()
    {
        var signer = new SigV4Signer(new AwsCredentials("AKIDEXAMPLE", "secret"), "us-east-1", "lambda");

        var first = Sign(signer, "20150830T235959Z");
        var second = Sign(signer, "20150831T000000Z");
        var again = Sign(signer, "20150830T235959Z");

        Assert.Contains("Credential=AKIDEXAMPLE/20150831/us-east-1/lambda/aws4_request", second, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.Equal(first, again);
    }

    [Fact]
    public void Refuses_a_destination_that_is_too_short()
    {
        var signer = new SigV4Signer(new AwsCredentials("AKIDEXAMPLE", "secret"), "us-east-1", "lambda");

        Assert.Throws<ArgumentException>(() =>
            signer.Sign("GET"u8, "/"u8, default, [], default, "20150830T235959Z"u8.ToArray(), new byte[100])
        );
    }

    [Fact]
    public void Needs_no_more_room_than_announced()
    {
        var credentials = new AwsCredentials("AKIDEXAMPLE", "secret", new string('t', 1000));
        var signer = new SigV4Signer(credentials, "us-gov-east-1", "lambda");
        Utf8Header[] headers = [new("host"u8.ToArray(), "localhost"u8.ToArray())];

        var authorization = new byte[signer.MaxAuthorizationLength(headers)];
        var length = signer.Sign("GET"u8, "/"u8, default, headers, default, "20150830T235959Z"u8.ToArray(), authorization);

        Assert.InRange(length, 1, authorization.Length);
    }

    [Fact]
    public void Signs_without_allocating()
    {
        var signer = new SigV4Signer(new AwsCredentials("AKIDEXAMPLE", "secret", new string('t', 700)), "us-east-1", "lambda");
        var path = "/2015-03-31/functions/simple/invocations"u8.ToArray();
        var query = "Qualifier=%24LATEST"u8.ToArray();
        Utf8Header[] headers =
        [
            new("content-type"u8.ToArray(), "application/json"u8.ToArray()),
            new("host"u8.ToArray(), "localhost"u8.ToArray()),
        ];
        var payload = new byte[100_000];
        var date = "20150830T235959Z"u8.ToArray();
        var authorization = new byte[signer.MaxAuthorizationLength(headers)];
        void Sign() => signer.Sign("POST"u8, path, query, headers, payload, date, authorization);

        for (var i = 0; i < 10; i++)
            Sign();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Sign();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Threads_that_share_a_signer_do_not_disturb_each_other()
    {
        var signer = new SigV4Signer(new AwsCredentials("AKIDEXAMPLE", "secret"), "us-east-1", "lambda");
        string[] dates = [.. Enumerable.Range(0, 60).Select(second => $"201508{30 + (second & 1)}T2359{second:D2}Z")];
        string[] expected = [.. dates.Select(date => Sign(signer, date))];

        Parallel.For(
            0,
            20_000,
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            i => Assert.Equal(expected[i % dates.Length], Sign(signer, dates[i % dates.Length]))
        );
    }

    private static string Sign(SigV4Signer signer, string amzDate)
    {
        var authorization = new byte[512];
        var length = signer.Sign("GET"u8, "/"u8, default, [], default, Encoding.ASCII.GetBytes(amzDate), authorization);
        return Encoding.ASCII.GetString(authorization, 0, length);
    }

    private static string Sign(SigV4Signer signer, SigningVector vector)
    {
        var request = vector.Request();
        var hash = new byte[PayloadHash.HexLength];
        PayloadHash.Compute(request.Body, hash);
        if (vector.SignBody)
            request.Headers.Add(new("x-amz-content-sha256", Encoding.ASCII.GetString(hash)));
        Utf8Header[] headers =
        [
            .. request
                .Headers.Select(header => (Name: header.Name.ToLowerInvariant(), header.Value))
                .OrderBy(header => header.Name, StringComparer.Ordinal)
                .Select(header => new Utf8Header(Encoding.UTF8.GetBytes(header.Name), Encoding.UTF8.GetBytes(header.Value))),
        ];
        var date = new byte[AmzDate.Length];
        AmzDate.Format(vector.Time, date);
        var authorization = new byte[signer.MaxAuthorizationLength(headers)];
        var length = signer.Sign(
            Encoding.UTF8.GetBytes(request.Method),
            Encoding.UTF8.GetBytes(request.Path),
            Encoding.UTF8.GetBytes(request.Query),
            headers,
            request.Body,
            date,
            authorization
        );
        return Encoding.ASCII.GetString(authorization, 0, length);
    }
}
