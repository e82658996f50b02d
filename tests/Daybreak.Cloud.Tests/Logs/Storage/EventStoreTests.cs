using Daybreak.Cloud.Logs.Storage;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.Logs.Storage;

/// <summary>The files of log events.</summary>
public sealed class EventStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;
    private readonly StreamEvents _stream = new(1, "s");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_was_answered_is_there_after_a_start_and_a_torn_end_is_cut_off()
    {
        await using (var store = Open())
        {
            var group = store.Open("g");
            for (var i = 0; i < 3; i++)
                await store.AppendAsync(group, _stream, Batch((10 + i, $"line {i}")));
        }
        var file = Directory.GetFiles(Path.Combine(_directory, "logs", "g")).Single();
        var whole = new FileInfo(file).Length;
        await File.AppendAllBytesAsync(
            file,
            [.. (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))[..60]],
            TestContext.Current.CancellationToken
        );

        await using var again = Open();
        var (found, stream) = (again.Open("g"), new StreamEvents(1, "s"));
        again.Load(found, new Dictionary<long, StreamEvents> { [1] = stream });
        Assert.Equal(["line 0", "line 1", "line 2"], Texts(found));
        Assert.Equal(whole, new FileInfo(file).Length);
        // A new event has a later number than those of before.
        await again.AppendAsync(found, stream, Batch((12, "line 3")));
        Assert.Equal(["line 0", "line 1", "line 2", "line 3"], Texts(found));
    }

    [Fact]
    public async Task A_batch_that_was_changed_on_disk_ends_its_file()
    {
        await using (var store = Open())
        {
            var group = store.Open("g");
            await store.AppendAsync(group, _stream, Batch((10, "first")));
            await store.AppendAsync(group, _stream, Batch((11, "second")));
        }
        var file = Directory.GetFiles(Path.Combine(_directory, "logs", "g")).Single();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        await using var again = Open();
        var found = again.Open("g");
        again.Load(found, new Dictionary<long, StreamEvents> { [1] = new(1, "s") });
        Assert.Equal(["first"], Texts(found));
    }

    [Fact]
    public async Task The_oldest_go_first_when_there_are_too_many()
    {
        await using var store = Open(limit: 64 * 1024);
        var (one, two) = (store.Open("one"), store.Open("two"));
        var other = new StreamEvents(2, "t");
        await store.AppendAsync(one, _stream, Batch((1, "oldest")));
        for (var i = 0; i < 200; i++)
            await store.AppendAsync(two, other, Batch((10 + i, new string('x', 1000))));
        await store.ExpireAsync(one, 0); // after the writer's turn
        Assert.Empty(Texts(one));
        Assert.Equal(209, Found(two)[^1].Position.Time);
        var size = Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length);
        Assert.InRange(size, 32 * 1024, 64 * 1024);
    }

    [Fact]
    public async Task Pages_forward_and_backward_have_each_event_once_whatever_the_order_of_arrival()
    {
        await using var store = Open();
        var group = store.Open("g");
        StreamEvents[] streams = [_stream, new(2, "t"), new(3, "u")];
        var random = new Random(7);
        var expected = new List<(long Time, string Text)>();
        for (var i = 0; i < 300; i++)
        {
            (long Time, string Text)[] events =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 20))
                    .Select(_ => (Time: (long)random.Next(0, 1000), Text: $"{i}"))
                    .OrderBy(static item => item.Time),
            ];
            expected.AddRange(events);
            await store.AppendAsync(group, streams[random.Next(3)], Batch(events));
        }
        var sorted = expected.OrderBy(static item => item.Time).ToArray(); // a stable order: that of arrival
        foreach (var limit in new[] { 1, 7, 100, 10_000 })
        {
            var forward = new List<FoundEvent>();
            Position? after = null;
            do
            {
                var (page, more) = Selection.Of(group, null, new EventQuery(0, long.MaxValue, limit) { After = after }, default);
                forward.AddRange(page);
                after = more ? page[^1].Position : null;
            } while (after is not null);
            Assert.Equal(sorted, forward.Select(static item => (item.Position.Time, item.Text)));

            var backward = new List<FoundEvent>();
            Position? before = null;
            do
            {
                var (page, more) = Selection.Of(
                    group,
                    null,
                    new EventQuery(0, long.MaxValue, limit) { Before = before, Backward = true },
                    default
                );
                backward.InsertRange(0, page);
                before = more ? page[0].Position : null;
            } while (before is not null);
            Assert.Equal(sorted, backward.Select(static item => (item.Position.Time, item.Text)));
        }
    }

    [Fact]
    public async Task A_full_disk_is_told_and_loses_nothing_that_was_answered()
    {
        await using var store = Open();
        var group = store.Open("g");
        await File.WriteAllTextAsync(Path.Combine(_directory, "logs"), "not a directory", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StateException>(() => store.AppendAsync(group, _stream, Batch((1, "lost"))));
        File.Delete(Path.Combine(_directory, "logs"));
        await store.AppendAsync(group, _stream, Batch((2, "kept")));
        Assert.Equal(["kept"], Texts(group));
    }

    private EventStore Open(long limit = 1024 * 1024) =>
        new(_directory, new LogStorageOptions(true, limit, static _ => { }), TimeProvider.System);

    private static NewBatch Batch(params (long Time, string Text)[] events)
    {
        var batch = new NewBatch(100);
        foreach (var (time, text) in events)
            batch.Add(time, text);
        return batch;
    }

    private static IReadOnlyList<FoundEvent> Found(GroupEvents group) =>
        Selection.Of(group, null, new EventQuery(0, long.MaxValue, 10_000), default).Events;

    private static IEnumerable<string> Texts(GroupEvents group) => Found(group).Select(static item => item.Text);
}
