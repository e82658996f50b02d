using Daybreak.Aws.Signing;
using static Daybreak.Aws.Signing.SigV4Outcome;

namespace Daybreak.Aws.Tests.Signing;

public class SigV4AgeTests
{
    private static readonly SigningContext Sts = GoodRequest.Context with { Service = "sts" };

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public void Clocks_may_differ_by_five_minutes(int seconds) =>
        Assert.Equal(SigV4Result.Valid, GoodRequest.Signed().Verify(GoodRequest.Now.AddSeconds(seconds)));

    [Fact]
    public void An_old_signature_is_refused() =>
        Assert.Equal(
            new(SignatureExpired, "Signature expired: 20260217T175039Z is now earlier than 20260217T175040Z (20260217T175540Z - 5 min.)"),
            GoodRequest.Signed().Verify(GoodRequest.Now.AddSeconds(301))
        );

    [Fact]
    public void A_signature_of_the_future_is_refused() =>
        Assert.Equal(
            new(
                SignatureNotYetCurrent,
                "Signature not yet current: 20260217T175039Z is still later than 20260217T175038Z (20260217T174538Z + 5 min.)"
            ),
            GoodRequest.Signed().Verify(GoodRequest.Now.AddSeconds(-301))
        );

    [Fact]
    public void Sts_allows_fifteen_minutes()
    {
        Assert.Equal(SigV4Result.Valid, GoodRequest.Signed(Sts).Verify(GoodRequest.Now.AddMinutes(15)));
        Assert.Equal(
            new(SignatureExpired, "Signature expired: 20260217T175039Z is now earlier than 20260217T175040Z (20260217T180540Z - 15 min.)"),
            GoodRequest.Signed(Sts).Verify(GoodRequest.Now.AddSeconds(901))
        );
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 60)]
    [InlineData(604_800, 604_800)]
    public void A_presigned_request_holds_as_long_as_it_says(int expires, int age) =>
        Assert.Equal(SigV4Result.Valid, GoodRequest.Presigned(expires).Verify(GoodRequest.Now.AddSeconds(age)));

    [Theory]
    [InlineData(1, "Signature expired: 20260217T175039Z is now earlier than 20260217T175040Z (20260217T175041Z - 1 sec.)")]
    [InlineData(3600, "Signature expired: 20260217T175039Z is now earlier than 20260217T175040Z (20260217T185040Z - 60 min.)")]
    public void A_presigned_request_ends_then(int expires, string message) =>
        Assert.Equal(new(SignatureExpired, message), GoodRequest.Presigned(expires).Verify(GoodRequest.Now.AddSeconds(expires + 1)));

    [Fact]
    public void A_presigned_request_of_the_future_is_refused() =>
        Assert.Equal(SignatureNotYetCurrent, GoodRequest.Presigned(3600).Verify(GoodRequest.Now.AddSeconds(-301)).Outcome);

    [Theory]
    [InlineData("0", "X-Amz-Expires must be non-negative")]
    [InlineData("-1", "X-Amz-Expires must be non-negative")]
    [InlineData(
        "604801",
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"
    )]
    [InlineData("9223372036854775808", "X-Amz-Expires should be a number")]
    [InlineData("1e3", "X-Amz-Expires should be a number")]
    [InlineData("", "X-Amz-Expires should be a number")]
    public void An_expiry_out_of_range_is_refused(string expires, string message)
    {
        var request = GoodRequest.Presigned(900);
        var target = request.Target.Replace("X-Amz-Expires=900", "X-Amz-Expires=" + expires, StringComparison.Ordinal);

        Assert.Equal(new(IncompleteSignature, message), (request with { Target = target }).Verify());
    }

    [Theory]
    [InlineData("Tue, 17 Feb 2026 17:50:39 GMT")]
    [InlineData("20260217T175039Z")]
    public void A_Date_header_stands_in_for_X_Amz_Date(string date)
    {
        // Signed with x-amz-date in its place, then renamed: the string to sign is the same, the signed headers are not.
        var request = GoodRequest.Signed().With("x-amz-date", _ => null).Plus("Date", date);

        Assert.Equal(SignatureDoesNotMatch, request.Verify().Outcome);
        Assert.Equal(SignatureExpired, request.Verify(GoodRequest.Now.AddMinutes(6)).Outcome);
    }

    [Fact]
    public void Midnight_between_signing_and_verifying_is_nothing()
    {
        var signed = new DateTimeOffset(2026, 2, 17, 23, 59, 59, TimeSpan.Zero);

        Assert.Equal(SigV4Result.Valid, GoodRequest.Signed(GoodRequest.Context with { Time = signed }).Verify(signed.AddSeconds(2)));
    }
}
