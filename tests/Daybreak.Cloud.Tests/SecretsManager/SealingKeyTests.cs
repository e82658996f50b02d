using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.SecretsManager;

/// <summary>The key under which secrets are stored.</summary>
public sealed class SealingKeyTests : IDisposable
{
    private static readonly byte[] Owner = [1];

    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_secret_is_read_by_its_owner_after_a_restart_and_by_no_other()
    {
        var stored = SealingKey.Open(_directory).Seal("secret"u8, Owner);

        var key = SealingKey.Open(_directory);
        Assert.Equal("secret"u8, key.Unseal(stored, Owner));
        Assert.Throws<StateException>(() => key.Unseal(stored, [2]));
        stored[^1] ^= 1;
        Assert.Throws<StateException>(() => key.Unseal(stored, Owner));
        Assert.Throws<StateException>(() => key.Unseal([1, 2, 3], Owner));
    }

    [Fact]
    public void Two_of_the_same_secret_look_different()
    {
        var key = SealingKey.Open(_directory);
        Assert.NotEqual(key.Seal("secret"u8, Owner), key.Seal("secret"u8, Owner));
    }

    [Fact]
    public void What_is_no_key_is_refused()
    {
        File.WriteAllBytes(Path.Combine(_directory, "secrets.key"), [1, 2, 3]);
        Assert.Throws<StateException>(() => SealingKey.Open(_directory));
    }
}
