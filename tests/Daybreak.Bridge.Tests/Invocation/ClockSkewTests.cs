using System.Globalization;
using Daybreak.Bridge.Invocation;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>This machine's clock differs from the endpoint's, which AWS refuses from five minutes on.</summary>
public sealed class ClockSkewTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    [Theory]
    [InlineData("Wed, 06 May 2026 07:18:09 GMT", 600, "10 minutes slow")]
    [InlineData("Wed, 06 May 2026 06:58:09 GMT", -600, "10 minutes fast")]
    [InlineData("Wed, 06 May 2026 07:13:09 GMT", null, "")]
    [InlineData("yesterday", null, "")]
    [InlineData("", null, "")]
    [InlineData("Wed, 06 May 2026 07:18:09 GMT, x", null, "")]
    public void Offset_is_that_of_the_date(string date, int? seconds, string words)
    {
        var offset = ClockSkew.Of(System.Text.Encoding.ASCII.GetBytes(date), Now);
        Assert.Equal(seconds, (int?)offset?.TotalSeconds);
        if (offset is { } known)
            Assert.Equal(words, ClockSkew.InWords(known));
    }

    /// <summary>Refuses requests whose time is more than five minutes off its own, as AWS does.</summary>
    private sealed class Strict : IAsyncDisposable
    {
        private readonly ScriptedEndpoint _endpoint;

        public Strict() =>
            _endpoint = new(async peer =>
            {
                while (await peer.ReadRequestAsync() is { } request)
                {
                    var now = TimeProvider.System.GetUtcNow() + Ahead;
                    var sent = DateTimeOffset.ParseExact(
                        request.Header("x-amz-date")!,
                        "yyyyMMdd'T'HHmmss'Z'",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal
                    );
                    var isRefused = (now - sent).Duration() > TimeSpan.FromMinutes(5);
                    Refused += isRefused ? 1 : 0;
                    Carried += isRefused ? 0 : 1;
                    var date = SaysTime ? $"Date: {now.ToString("R", CultureInfo.InvariantCulture)}\r\n" : "";
                    await peer.SendAsync(
                        isRefused
                            ? ScriptedEndpoint.Reply(
                                "{\"message\":\"Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z (20260101T001000Z - 5 min.)\"}",
                                $"x-amzn-ErrorType: InvalidSignatureException\r\n{date}",
                                "403 Forbidden"
                            )
                            : ScriptedEndpoint.Reply("1", date)
                    );
                }
            });

        public TimeSpan Ahead { get; set; }
        public bool SaysTime { get; set; } = true;
        public int Refused { get; private set; }
        public int Carried { get; private set; }
        public string Url => _endpoint.Url;

        public ValueTask DisposeAsync() => _endpoint.DisposeAsync();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task Call_is_signed_with_the_endpoint_s_time_after_one_refusal(int minutes)
    {
        await using var endpoint = new Strict { Ahead = TimeSpan.FromMinutes(minutes) };
        await using var bridge = new Parts.Bridge();
        for (var i = 0; i < 3; i++)
            (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        Assert.Equal((1, 3), (endpoint.Refused, endpoint.Carried));
        Assert.Contains(
            $"\"clock_offset_seconds\":{(minutes > 0 ? "" : "-")}",
            System.Text.Encoding.UTF8.GetString(bridge.Status.ToJson()),
            StringComparison.Ordinal
        );

        // The clock is set right.
        endpoint.Ahead = TimeSpan.Zero;
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        Assert.Equal((2, 4), (endpoint.Refused, endpoint.Carried));
    }

    [Fact]
    public async Task Refusal_without_a_time_is_told_and_what_to_do()
    {
        await using var endpoint = new Strict { Ahead = TimeSpan.FromMinutes(10), SaysTime = false };
        await using var bridge = new Parts.Bridge();
        var error = (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeError("LM008");
        Assert.Equal(
            "The clock of this machine and the endpoint's differ: set it, for example with `timedatectl set-ntp true`.",
            error.Hint
        );
        Assert.Equal((1, 0), (endpoint.Refused, endpoint.Carried));
    }

    [Fact]
    public async Task Endpoint_that_refuses_every_time_is_asked_twice_and_the_difference_is_told()
    {
        var date = (TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(10)).ToString("R", CultureInfo.InvariantCulture);
        await using var endpoint = ScriptedEndpoint.Answering(
            ScriptedEndpoint.Reply(
                "{\"message\":\"Signature not yet current: a is still later than b\"}",
                $"x-amzn-ErrorType: InvalidSignatureException\r\nDate: {date}\r\n",
                "403 Forbidden"
            )
        );
        await using var bridge = new Parts.Bridge();
        var error = (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeError("LM008");
        Assert.StartsWith(
            "The clock of this machine is 10 minutes slow against the endpoint's: set it",
            error.Hint,
            StringComparison.Ordinal
        );
        Assert.Equal(2, endpoint.Executions);
    }
}
