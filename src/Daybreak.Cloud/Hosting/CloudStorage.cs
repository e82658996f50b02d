using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Hosting;

/// <summary>The storage of a local AWS.</summary>
/// <param name="Directory">Locked against other processes. A temporary one is removed at the end.</param>
internal sealed record CloudStorage(StateDirectory Directory, StateStore Store) : IAsyncDisposable
{
    /// <exception cref="StateException">The state directory is in use, foreign, damaged or not writable.</exception>
    public static async Task<CloudStorage> OpenAsync(CloudOptions options)
    {
        var directory = StateDirectory.Open(options.StateDirectory);
        try
        {
            await DirectoryAccess.CheckAsync(options.Postgres, options.StateDirectory is null ? null : directory.Path);
            return new(directory, StateStore.Open(directory.Path));
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Dispose();
    }
}
