using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Functions;

/// <summary>Deploys a function's files again whenever they have changed, until it is cancelled.</summary>
/// <param name="deployed">The files that the function has; empty: it has none of these yet.</param>
/// <param name="deployAll">Makes the function, where it is not there any more.</param>
internal sealed class WatchLoop(
    FunctionSource source,
    FoundHandler found,
    FunctionDeployer deployer,
    IReadOnlyList<SourceFile> deployed,
    Func<FunctionPackage, Task> deployAll,
    WatchReport report,
    TimeProvider time
)
{
    private readonly bool _hasHandlerFile = new HandlerSearch(source, deployed).Has(found.Handler);
    private IReadOnlyList<SourceFile> _deployed = deployed;
    private string? _sha256;
    private string? _lastRefusal;
    private bool _isGone;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var watch = new SourceWatch(
            source,
            time,
            reason => report.Note($"{reason} The files are looked at ten times a second instead.")
        );
        report.Watching(source.Root);
        long? since = null;
        while (true)
        {
            var changed = await watch.ChangedAsync(cancellation);
            since ??= changed;
            try
            {
                if (await DeployAsync(watch, since.Value, cancellation))
                    since = null;
            }
            catch (CommandFailedException failure)
            {
                Refuse(failure.Remedy is { } remedy ? $"{failure.Message}\n{remedy}" : failure.Message);
                since = null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody still moves files about, which ends in another change; or one cannot be read, which has to be said.
                if (error is UnauthorizedAccessException)
                    Refuse(error.Message);
                since = null;
            }
        }
    }

    /// <returns>False: there are newer changes already.</returns>
    private async Task<bool> DeployAsync(SourceWatch watch, long since, CancellationToken cancellation)
    {
        var files = source.Files();
        SourceFile[] changed = [.. files.Except(_deployed)];
        var names = changed
            .Select(static file => file.Name)
            .Union(_deployed.Select(static file => file.Name).Except(files.Select(static file => file.Name)));
        string[] all = [.. names.Order(StringComparer.Ordinal)];
        if (_hasHandlerFile && !new HandlerSearch(source, files).Has(found.Handler))
        {
            if (!_isGone)
                report.Note($"the file of {found.Handler} is gone; the code before serves on");
            _isGone = true;
            return true;
        }
        _isGone = false;
        if (all.Length == 0)
            return true;
        // The package is made while the interpreter reads.
        var check = SyntaxCheck.FindErrorAsync(found.Runtime, changed, cancellation);
        var package = FunctionPackage.Of(source, files);
        var error = await check;
        if (watch.HasChanged)
            return false;
        if (error is not null)
        {
            Refuse(error);
            return true;
        }
        _lastRefusal = null;
        if (package.Sha256 != _sha256)
        {
            if (!await deployer.TryUpdateCodeAsync(package))
                await deployAll(package);
            report.Deployed(all, time.GetElapsedTime(since));
        }
        (_deployed, _sha256) = (files, package.Sha256);
        return true;
    }

    private void Refuse(string error)
    {
        if (error != _lastRefusal)
            report.Refused(error);
        _lastRefusal = error;
    }
}
