using System.Text;
using Daybreak.Aws.Signing;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>Whatever single byte of a good request changes on the way, the request is refused.</summary>
public class TamperingTests
{
    /// <summary>Bits that turn every byte of the request into another, none of them by changing only its case.</summary>
    public static TheoryData<byte> Flips() => [1, 2, 4, 8, 16];

    [Theory]
    [MemberData(nameof(Flips))]
    public void Of_a_signed_request(byte flip) => AssertNoByteMayChange(GoodRequest.Signed(), flip);

    [Theory]
    [MemberData(nameof(Flips))]
    public void Of_a_presigned_request(byte flip) => AssertNoByteMayChange(GoodRequest.Presigned(), flip);

    [Theory]
    [MemberData(nameof(Flips))]
    public void Of_the_body(byte flip)
    {
        for (var i = 0; i < GoodRequest.Body.Length; i++)
        {
            byte[] body = [.. GoodRequest.Body];
            body[i] ^= flip;
            Assert.False(GoodRequest.Signed().Verify(body: body).IsValid, $"byte {i}");
        }
    }

    private static void AssertNoByteMayChange(RequestHead request, byte flip)
    {
        Assert.True(request.Verify().IsValid);
        var changes = Flipped(request.Method, flip)
            .Select(method => request with { Method = method })
            .Concat(Flipped(request.Target, flip).Select(target => request with { Target = target }));
        var fields = request.Headers.ToArray();
        for (var i = 0; i < fields.Length; i++)
        {
            // Not signed, by intention: proxies rewrite it.
            if (fields[i].Is("user-agent"))
                continue;
            var index = i;
            HttpField[] With(HttpField changed) => [.. fields[..index], changed, .. fields[(index + 1)..]];
            changes = changes
                .Concat(
                    Flipped(fields[i].Value, flip).Select(value => request with { Headers = With(fields[index] with { Value = value }) })
                )
                .Concat(Flipped(fields[i].Name, flip).Select(name => request with { Headers = With(fields[index] with { Name = name }) }));
        }
        var count = 0;
        foreach (var changed in changes)
        {
            var result = changed.Verify();
            Assert.False(result.IsValid, $"{changed.Method} {changed.Target}\n{string.Join('\n', changed.Headers.ToArray())}");
            count++;
        }
        Assert.True(count > 400);
    }

    private static IEnumerable<string> Flipped(string text, byte flip)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= flip;
            yield return Encoding.ASCII.GetString(changed);
        }
    }
}
