using System.Text.Json.Serialization;
using Daybreak.Cloud.State;
using Microsoft.Data.Sqlite;

namespace Daybreak.Cloud.Tests.State;

[Trait("Pace", "slow")]
public sealed partial class StateStoreTests : IDisposable
{
    private static readonly ResourceKey Key = new("1", "r", "a/b");

    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    internal sealed record Thing(string Name, int Number);

    [JsonSerializable(typeof(Thing))]
    private sealed partial class Json : JsonSerializerContext;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        await using (var store = StateStore.Open(_directory))
        {
            var things = store.Table("things", Json.Default.Thing);
            Assert.True(await things.TryAddAsync(Key, new Thing("a", 1)));
            Assert.False(await things.TryAddAsync(Key, new Thing("a", 2)));
            await things.PutAsync(Key with { Region = "s" }, new Thing("b", 3));
            await things.PutAsync(Key with { Name = "gone" }, new Thing("c", 4));
            Assert.True(await things.RemoveAsync(Key with { Name = "gone" }));
            Assert.False(await things.RemoveAsync(Key with { Name = "never" }));
        }
        await using var again = StateStore.Open(_directory);
        var reopened = again.Table("things", Json.Default.Thing);
        Assert.Equal(new Thing("a", 1), reopened.Find(Key));
        Assert.Equal([new Thing("b", 3)], reopened.List("1", "s"));
        Assert.Equal(2, reopened.Count);
    }

    [Fact]
    public async Task Only_its_owner_reads_the_state()
    {
        var directory = Path.Combine(_directory, "new");
        using var state = StateDirectory.Open(directory);
        await using var store = StateStore.Open(directory);
        await store.Table("things", Json.Default.Thing).PutAsync(Key, new Thing("a", 1));
        _ = new Daybreak.Cloud.Lambda.Code.CodeStore(store);

        const UnixFileMode List = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Assert.Equal(Pass, File.GetUnixFileMode(directory) & (List | Pass));
        var files = Directory.GetFileSystemEntries(directory);
        Assert.Contains(files, file => file.EndsWith("state.db", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("state.db-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & (List | Pass)));
    }

    [Fact]
    public async Task Reset_empties_every_table_on_disk_too()
    {
        await using (var store = StateStore.Open(_directory))
        {
            var things = store.Table("things", Json.Default.Thing);
            await things.PutAsync(Key, new Thing("a", 1));
            await store.ResetAsync();
            Assert.Equal(0, things.Count);
        }
        await using var again = StateStore.Open(_directory);
        Assert.Equal(0, again.Table("things", Json.Default.Thing).Count);
    }

    [Fact]
    public async Task Changes_of_several_tables_are_made_all_or_none()
    {
        Thing first = new("a", 1),
            second = new("b", 2);
        await using (var store = StateStore.Open(_directory))
        {
            var (things, others) = (store.Table("things", Json.Default.Thing), store.Table("others", Json.Default.Thing));
            Assert.True(await store.TryChangeAsync(things.Put(Key, first), others.Add(Key, second)));
            Assert.False(await store.TryChangeAsync(things.Remove(Key), others.Add(Key, first)));
            Assert.False(await store.TryChangeAsync(things.Remove(Key), others.Replace(Key, first, second)));
            Assert.Equal((first, second), (things.Find(Key), others.Find(Key)));

            store.LimitSize(1); // the disk is full
            await Assert.ThrowsAsync<StateException>(() =>
                store.TryChangeAsync(things.Remove(Key), others.Put(Key, new Thing(new string('x', 100_000), 3))).AsTask()
            );
            Assert.Equal((first, second), (things.Find(Key), others.Find(Key)));
        }
        await using var again = StateStore.Open(_directory);
        Assert.Equal(first, again.Table("things", Json.Default.Thing).Find(Key));
        Assert.Equal(second, again.Table("others", Json.Default.Thing).Find(Key));
    }

    [Fact]
    public async Task A_thousand_writers_share_commits()
    {
        await using var store = StateStore.Open(_directory);
        var things = store.Table("things", Json.Default.Thing);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => things.PutAsync(Key with { Name = $"n{i}" }, new Thing("x", i))));
        Assert.Equal(1000, things.Count);
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_state_is_in_use()
    {
        await using var store = StateStore.Open(_directory);
        Assert.Contains(
            "is in use by another Daybreak",
            Assert.Throws<StateException>(() => StateStore.Open(_directory)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_damaged_file_is_told_apart()
    {
        File.WriteAllText(Path.Combine(_directory, "state.db"), new string('x', 5000));
        Assert.Contains(
            "is damaged or not an SQLite database",
            Assert.Throws<StateException>(() => StateStore.Open(_directory)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone()
    {
        var path = Path.Combine(_directory, "state.db");
        Sql(path, "CREATE TABLE theirs (x)");
        var before = File.ReadAllBytes(path);
        Assert.Contains(
            "is a database of another program",
            Assert.Throws<StateException>(() => StateStore.Open(_directory)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task A_newer_format_and_a_broken_document_are_refused()
    {
        var path = Path.Combine(_directory, "state.db");
        await using (var store = StateStore.Open(_directory))
            await store.Table("things", Json.Default.Thing).PutAsync(Key, new Thing("a", 1));
        Sql(path, "UPDATE things SET document = x'7b'");
        await using (var store = StateStore.Open(_directory))
            Assert.Contains(
                "does not parse",
                Assert.Throws<StateException>(() => store.Table("things", Json.Default.Thing)).Message,
                StringComparison.Ordinal
            );
        Sql(path, "PRAGMA user_version = 99");
        Assert.Contains(
            "newer Daybreak",
            Assert.Throws<StateException>(() => StateStore.Open(_directory)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_full_disk_is_an_error_and_the_change_is_taken_back()
    {
        await using var store = StateStore.Open(_directory);
        var things = store.Table("things", Json.Default.Thing);
        await things.PutAsync(Key, new Thing("before", 1));
        store.LimitSize(pages: 1); // SQLite answers SQLITE_FULL, as it does when the disk has no room
        var large = new Thing(new string('x', 100_000), 2);
        Assert.Contains(
            "the disk is full",
            (await Assert.ThrowsAsync<StateException>(() => things.PutAsync(Key, large))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("before", things.Find(Key)!.Name);
        await Assert.ThrowsAsync<StateException>(async () => await things.TryAddAsync(Key with { Name = "new" }, large));
        Assert.Null(things.Find(Key with { Name = "new" }));
        store.LimitSize(pages: 1_000_000);
        await things.PutAsync(Key, large);
        Assert.Equal(2, things.Find(Key)!.Number);
    }

    private static void Sql(string path, string text)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
