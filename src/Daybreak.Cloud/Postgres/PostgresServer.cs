using System.Collections.Immutable;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>A running PostgreSQL server of ours. Its bridge gets endpoint and credentials through the server's environment.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan FastShutdownWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ImmediateShutdownWait = TimeSpan.FromSeconds(6); // the postmaster itself kills after 5 s

    private readonly ChildProcess _postmaster;
    private readonly ServerLog _log;

    private PostgresServer(PostgresInstallation installation, PostgresServerOptions options, ChildProcess postmaster, ServerLog log) =>
        (Installation, Options, _postmaster, _log) = (installation, options, postmaster, log);

    public PostgresInstallation Installation { get; }

    public PostgresServerOptions Options { get; private set; }

    /// <summary>Process id of the postmaster.</summary>
    public int Id { get; private set; }

    /// <summary>Completes when the server has ended, for any reason.</summary>
    public Task<ProcessExit> Exited => _postmaster.Exited;

    /// <summary>
    /// Creates the cluster when there is none yet, and starts the server. It accepts connections when the task completes.
    /// </summary>
    /// <exception cref="PostgresServerException">It does not start; the message contains the end of its log.</exception>
    public static async Task<PostgresServer> StartAsync(
        PostgresInstallation installation,
        PostgresServerOptions options,
        CancellationToken cancellation = default
    )
    {
        if (!PostgresDataDirectory.Exists(options))
            await PostgresDataDirectory.CreateAsync(installation, options, cancellation);
        // Readiness is detected in the log, so a quieter log level is set only after that.
        var level = options.Settings.GetValueOrDefault("log_min_messages");
        var quiet = level is "fatal" or "panic";
        await PostgresDataDirectory.ConfigureAsync(
            installation,
            quiet ? options with { Settings = options.Settings.Remove("log_min_messages") } : options
        );
        var log = new ServerLog(
            new FileStream(
                options.LogFile,
                new FileStreamOptions
                {
                    Mode = FileMode.Append,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    BufferSize = 0,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            ),
            options.LogReceiver
        );
        ChildProcess postmaster;
        try
        {
            var start = new ChildStart
            {
                Program = installation.Program("postgres"),
                Arguments = ["-D", options.DataDirectory, "-c", $"config_file={options.SettingsFile}"],
                User = installation.User,
                WorkingDirectory = options.DataDirectory,
                Environment = ServerEnvironment(options),
                StandardError = log.Write,
                StandardOutput = log.Write,
                QuitsWithItsParent = true, // immediate shutdown: backends and bridge end, shared memory is removed
            };
            if (installation.Sandbox is { } sandbox)
                start = await sandbox.AroundServerAsync(start, installation, options);
            postmaster = await ChildProcess.StartAsync(start);
        }
        catch
        {
            log.Dispose();
            throw;
        }

        var server = new PostgresServer(installation, options, postmaster, log);
        try
        {
            var first = await Task.WhenAny(log.Ready, postmaster.Exited).WaitAsync(cancellation);
            if (first == postmaster.Exited)
                throw new PostgresServerException($"PostgreSQL ended while starting ({await postmaster.Exited}):\n{log.Tail}");
            server.Id = server.FindPostmaster() ?? postmaster.Id;
            if (quiet)
                await server.ReloadAsync(options);
            return server;
        }
        catch
        {
            await server.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>
    /// Fast shutdown: sessions end, data is written. When <paramref name="hurry"/> fires, or that takes too long, immediate shutdown
    /// follows, and finally SIGKILL.
    /// </summary>
    public async Task StopAsync(CancellationToken hurry)
    {
        Signal(SignalName.Interrupt);
        await EndsWithinAsync(FastShutdownWait, hurry);
        if (!Exited.IsCompleted)
        {
            Signal(SignalName.Quit);
            await EndsWithinAsync(ImmediateShutdownWait, CancellationToken.None);
        }

        await _postmaster.DisposeAsync();
        _log.Dispose();
    }

    /// <summary>Rewrites the configuration and makes the server reload it. Settings that need a restart keep their values.</summary>
    public async Task ReloadAsync(PostgresServerOptions options)
    {
        await PostgresDataDirectory.ConfigureAsync(Installation, options);
        Options = options;
        Signal(SignalName.Hangup);
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    // A program in a sandbox is not our child, and bubblewrap does not forward signals.
    private int? FindPostmaster() => Installation.Sandbox is null ? _postmaster.Id : Bubblewrap.ProgramIn(_postmaster.Id);

    private void Signal(int signal)
    {
        if (Installation.Sandbox is null)
            _postmaster.Signal(signal);
        else if (FindPostmaster() is { } process)
            _ = LibC.Kill(process, signal);
    }

    private async Task EndsWithinAsync(TimeSpan wait, CancellationToken hurry)
    {
        try
        {
            await Exited.WaitAsync(wait, hurry);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // The next, harder way to stop follows.
        }
    }

    private static ImmutableSortedDictionary<string, string> ServerEnvironment(PostgresServerOptions options) =>
        ImmutableSortedDictionary<string, string>
            .Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin")
            .Add("HOME", options.DataDirectory) // no user's ~/.aws determines the bridge's endpoint
            .Add("LC_ALL", "C.UTF-8")
            .Add("TZ", "UTC")
            .Add("LDAPNOINIT", "1") // no file determines how it asks about tokens
            .SetItems(options.Environment);
}
