using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Tests.Parts;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Bridge.Tests.Credentials;

public sealed class CredentialKeeperTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedSource _source = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CredentialSnapshot Key(string id, TimeSpan? lives = null) =>
        new(new AwsCredentials(id, "secret", null, lives is { } time ? _time.GetUtcNow() + time : null), null, "test");

    private static async Task<string> IdAsync(CredentialKeeper keeper) => (await keeper.GetAsync(Cancel)).Credentials.AccessKeyId;

    [Fact]
    public async Task Credentials_without_expiry_are_fetched_once()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        _source.Give(Key("one"));
        Assert.Equal("one", await IdAsync(keeper));
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal("one", await IdAsync(keeper));
        Assert.Equal(1, _source.Fetches);
    }

    [Fact]
    public async Task Credentials_are_refreshed_before_they_expire_while_calls_go_on_with_the_old_ones()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        Assert.Null(keeper.FetchedAt);
        _source.Give(Key("old", TimeSpan.FromHours(1)));
        Assert.Equal("old", await IdAsync(keeper));
        var first = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(54));
        Assert.Equal("old", await IdAsync(keeper));
        Assert.Equal(1, _source.Fetches);
        Assert.Equal(first, keeper.FetchedAt);

        _time.Advance(TimeSpan.FromMinutes(2));
        var refresh = _source.Hold();
        Assert.Equal("old", await IdAsync(keeper));
        Assert.Equal("old", await IdAsync(keeper));
        refresh.SetResult(Key("new", TimeSpan.FromHours(1)));
        while (keeper.Current!.Credentials.AccessKeyId != "new")
            await Task.Yield();
        Assert.Equal("new", await IdAsync(keeper));
        Assert.Equal(2, _source.Fetches);
        Assert.Equal(_time.GetUtcNow(), keeper.FetchedAt);
    }

    [Fact]
    public async Task Refresh_that_fails_leaves_the_old_ones_until_they_expire()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        _source.Give(Key("old", TimeSpan.FromHours(1)));
        await keeper.GetAsync(Cancel);
        _time.Advance(TimeSpan.FromMinutes(56));
        _source.Fail("the container endpoint answered 500");
        Assert.Equal("old", await IdAsync(keeper));
        while (keeper.LastFailure is null)
            await Task.Yield();
        Assert.Equal("old", await IdAsync(keeper));

        _time.Advance(TimeSpan.FromMinutes(5));
        _source.Fail("the container endpoint answered 500");
        Assert.Contains("500", (await Assert.ThrowsAsync<CredentialException>(() => IdAsync(keeper))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_is_remembered_briefly_and_then_asked_anew()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        _source.Fail("nothing there");
        await Assert.ThrowsAsync<CredentialException>(() => IdAsync(keeper));
        for (var i = 0; i < 100; i++)
            await Assert.ThrowsAsync<CredentialException>(() => IdAsync(keeper));
        Assert.Equal(1, _source.Fetches);
        _time.Advance(_source.AnswerStands);
        _source.Give(Key("one"));
        Assert.Equal("one", await IdAsync(keeper));
    }

    [Fact]
    public async Task Failure_of_a_source_near_by_is_not_remembered()
    {
        var near = new ScriptedSource { AnswerStands = TimeSpan.Zero };
        using var keeper = new CredentialKeeper(near, _time);
        near.Fail("no role");
        await Assert.ThrowsAsync<CredentialException>(() => IdAsync(keeper));
        near.Give(Key("one"));
        Assert.Equal("one", await IdAsync(keeper));
    }

    [Fact]
    public async Task Failure_that_was_asked_for_before_a_call_began_is_not_its_answer()
    {
        var near = new ScriptedSource { AnswerStands = TimeSpan.Zero };
        using var keeper = new CredentialKeeper(near, _time);
        var asked = near.Hold();
        var earlier = IdAsync(keeper);
        while (near.Fetches == 0)
            await Task.Yield();
        near.Give(Key("one"));
        var later = IdAsync(keeper);
        asked.SetException(new CredentialException("no role"));
        await Assert.ThrowsAsync<CredentialException>(() => earlier);
        Assert.Equal("one", await later);
    }

    [Fact]
    public async Task Refused_key_is_replaced_by_one_fetch_for_all_who_were_refused()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        var old = Key("old", TimeSpan.FromHours(1));
        _source.Give(old);
        await keeper.GetAsync(Cancel);
        _time.Advance(TimeSpan.FromMinutes(1));
        var fetch = _source.Hold();
        var refused = Enumerable.Range(0, 50).Select(_ => keeper.RenewAsync(old, Cancel).AsTask()).ToArray();
        Assert.Equal("old", await IdAsync(keeper));
        fetch.SetResult(Key("new", TimeSpan.FromHours(1)));
        Assert.All(await Task.WhenAll(refused), snapshot => Assert.Equal("new", snapshot!.Credentials.AccessKeyId));
        Assert.Equal("new", (await keeper.RenewAsync(old, Cancel))!.Credentials.AccessKeyId);
        Assert.Equal("new", await IdAsync(keeper));
        Assert.Equal(2, _source.Fetches);
    }

    [Fact]
    public async Task Refused_key_that_the_source_gives_again_is_asked_for_once_in_a_while()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        var key = Key("one", TimeSpan.FromHours(1));
        _source.Give(key);
        await keeper.GetAsync(Cancel);
        for (var second = 1; second <= 8; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            for (var call = 0; call < 20; call++)
                Assert.Null(await keeper.RenewAsync(key, Cancel));
        }
        Assert.Equal(5, _source.Fetches);
        Assert.Equal("one", await IdAsync(keeper));
    }

    [Fact]
    public async Task Refused_key_whose_source_fails_stays_until_there_is_another()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        var old = Key("old", TimeSpan.FromHours(1));
        _source.Give(old);
        await keeper.GetAsync(Cancel);
        _time.Advance(_source.AnswerStands);
        _source.Fail("the role is gone");
        for (var i = 0; i < 20; i++)
            Assert.Equal(
                "the role is gone",
                (await Assert.ThrowsAsync<CredentialException>(() => keeper.RenewAsync(old, Cancel).AsTask())).Message
            );
        Assert.Equal("old", await IdAsync(keeper));
        Assert.Equal(2, _source.Fetches);
        _time.Advance(_source.AnswerStands);
        _source.Give(Key("new"));
        Assert.Equal("new", (await keeper.RenewAsync(old, Cancel))!.Credentials.AccessKeyId);
    }

    [Fact]
    public async Task Key_of_the_environment_is_not_replaced()
    {
        var key = Key("environment");
        using var keeper = new CredentialKeeper(_source, _time, key);
        Assert.Null(await keeper.RenewAsync(key, Cancel));
        Assert.Equal(0, _source.Fetches);
    }

    [Fact]
    public async Task Many_first_calls_make_one_fetch_and_one_that_ends_does_not_end_it()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        var fetch = _source.Hold();
        using var impatient = new CancellationTokenSource();
        var leaving = keeper.GetAsync(impatient.Token).AsTask();
        var staying = Enumerable.Range(0, 50).Select(_ => keeper.GetAsync(Cancel).AsTask()).ToArray();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        fetch.SetResult(Key("one"));
        Assert.All(await Task.WhenAll(staying), snapshot => Assert.Equal("one", snapshot.Credentials.AccessKeyId));
        Assert.Equal(1, _source.Fetches);
    }

    [Fact]
    public async Task Credentials_that_came_expired_are_a_failure()
    {
        using var keeper = new CredentialKeeper(_source, _time);
        _source.Give(Key("late", TimeSpan.FromSeconds(-1)));
        Assert.Contains(
            "expired",
            (await Assert.ThrowsAsync<CredentialException>(() => IdAsync(keeper))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Snapshot_never_prints_its_key() => Assert.DoesNotContain("secret", Key("id").ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Without_credentials_sql_is_told_where_they_are_looked_for()
    {
        _source.Fail("No AWS credentials: nothing there.");
        await using var bridge = new Parts.Bridge(source: _source);
        var error = (await bridge.InvokeAsync(new Call())).ShouldBeError("LM008");
        Assert.Equal("No AWS credentials: nothing there.", error.Detail);
        Assert.Contains("AWS_CONTAINER_CREDENTIALS_FULL_URI", error.Hint, StringComparison.Ordinal);
    }
}
