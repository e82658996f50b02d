using System.Net;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.State;
using Microsoft.Data.Sqlite;

namespace Daybreak.Cloud.Tests.State;

/// <summary>A start on state that somebody damaged is refused in one sentence that says what to do, and leaves everything as it
/// is.</summary>
[Trait("Pace", "slow")]
public sealed class DamagedStateTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Database => Path.Combine(_directory, "state.db");

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public async Task A_document_of_another_shape_is_refused_or_harmless_in_every_table(string document)
    {
        await StartAsync();
        foreach (var kind in Kinds())
        {
            Execute($"INSERT INTO {kind} VALUES ('444455556666/us-east-1/x', CAST('{document}' AS BLOB))");
            try
            {
                await StartAsync();
            }
            catch (StateException refusal)
            {
                Assert.Contains($"{kind} '444455556666/us-east-1/x'", refusal.Message, StringComparison.Ordinal);
            }
            Execute($"DELETE FROM {kind} WHERE key = '444455556666/us-east-1/x'");
        }
    }

    /// <summary>Null members are left out when a document is written; a parameter without a default would then be missing when it is
    /// read.</summary>
    [Fact]
    public void Whatever_may_be_null_may_be_missing()
    {
        var nullability = new NullabilityInfoContext();
        var missing = Contexts()
            .SelectMany(context =>
                context
                    .GetType()
                    .GetProperties()
                    .Where(property => property.PropertyType.IsAssignableTo(typeof(JsonTypeInfo)))
                    .Select(property => (JsonTypeInfo)property.GetValue(context)!)
            )
            .Where(type => type.Kind == JsonTypeInfoKind.Object && type.Type.Assembly == typeof(CloudHost).Assembly)
            .SelectMany(type =>
                type.Type.GetConstructors()
                    .Where(constructor =>
                        constructor.GetParameters().Length == type.Properties.Count(property => property.AssociatedParameter is not null)
                    )
            )
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter =>
                !parameter.HasDefaultValue
                && (
                    Nullable.GetUnderlyingType(parameter.ParameterType) is not null
                    || nullability.Create(parameter).ReadState == NullabilityState.Nullable
                )
            )
            .Select(parameter => $"{parameter.Member.DeclaringType!.Name}.{parameter.Name}")
            .Distinct();
        Assert.False(missing.Any(), string.Join(", ", missing));
    }

    /// <summary>A null that is read into a member that must not be null would cause an internal error later.</summary>
    [Fact]
    public void Whatever_may_not_be_null_is_refused_as_null_and_as_missing() =>
        Assert.Equal(
            [],
            Contexts()
                .Where(context => !context.Options.RespectNullableAnnotations || !context.Options.RespectRequiredConstructorParameters)
                .Select(context => context.GetType().Name)
                .Except(["SettingRowJson"]) // PostgreSQL writes it, not we
        );

    [Fact]
    public async Task A_database_that_was_emptied_is_refused_and_the_code_stays()
    {
        await StartAsync();
        var package = Directory.CreateDirectory(Path.Combine(_directory, "code", "abc")).FullName;
        File.WriteAllBytes(Database, []);

        var refusal = await Assert.ThrowsAsync<StateException>(StartAsync);
        Assert.Equal(
            $"{Database} has been emptied: it has no bytes, while {Path.GetDirectoryName(package)} is still there. Put back a copy "
                + "of the file, or choose another state directory.",
            refusal.Message
        );
        Assert.True(Directory.Exists(package));
        Assert.Equal(0, new FileInfo(Database).Length);
    }

    [Fact]
    public async Task A_start_that_was_killed_before_its_first_write_does_not_stop_the_next()
    {
        File.WriteAllBytes(Database, []);
        await StartAsync();
        Assert.NotEqual(0, new FileInfo(Database).Length);
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_packages_is_named()
    {
        var code = Path.Combine(_directory, "code");
        File.WriteAllText(code, "mine");
        var refusal = await Assert.ThrowsAsync<StateException>(StartAsync);
        Assert.Equal(
            $"{code} is a file, where the directory of deployment packages belongs. Remove it, or choose another state directory.",
            refusal.Message
        );
        Assert.Equal("mine", File.ReadAllText(code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_only_file_system_is_called_so(bool hasState)
    {
        await using var disk = await SmallDisk.MountAsync("8m");
        if (hasState)
            await StartAsync(disk.Path);
        await disk.RemountAsync("ro");
        var refusal = await Assert.ThrowsAsync<StateException>(() => StartAsync(disk.Path));
        Assert.Equal(
            $"The state directory {disk.Path} cannot be written: Read-only file system. Choose another state directory.",
            refusal.Message
        );
    }

    private static List<JsonSerializerContext> Contexts() =>
        [
            .. typeof(CloudHost)
                .Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
                .Select(type =>
                    (JsonSerializerContext)type.GetProperty("Default", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!
                ),
        ];

    private Task StartAsync() => StartAsync(_directory);

    private static async Task StartAsync(string directory)
    {
        await using var host = await CloudHost.StartAsync(
            new CloudOptions
            {
                Address = IPAddress.Loopback,
                Port = 0,
                StateDirectory = directory,
                Postgres = [],
            },
            cancellation: TestContext.Current.CancellationToken
        );
    }

    private List<string> Kinds()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table'";
        using var reader = command.ExecuteReader();
        var kinds = new List<string>();
        while (reader.Read())
            kinds.Add(reader.GetString(0));
        Assert.True(kinds.Count > 20, $"only {kinds.Count} tables");
        return kinds;
    }

    private void Execute(string statement)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
