using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Daybreak.Cloud.SecretsManager.Secrets;
using Daybreak.Cloud.SecretsManager.Values;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.SecretsManager.Rotation;

/// <summary>Rotations by functions while they run: the four steps, one after the other. What has not ended is begun again with the same
/// version, at the next look or by the next process; until it has, the value from before is the current one.</summary>
internal sealed class Rotations(SecretStore secrets, IRotationFunctions functions, Action<Exception> failed, TimeProvider time)
    : IDisposable
{
    private static readonly string[] Steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];

    private readonly ConcurrentDictionary<ResourceKey, Task> _running = [];
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Whether the last rotation of a secret has left its version somewhere else than at the current one.</summary>
    public static bool IsUnfinished(Secret secret) =>
        secret.Rotation?.Running is not null
        || secret.Staged(SecretValues.Pending) is { } pending && pending.Id != secret.Staged(SecretValues.Current)?.Id;

    /// <summary>The secret with a rotation that has begun: the version has its label before it has a value.</summary>
    public Secret Begun(Secret secret, string version)
    {
        var begun = secret with
        {
            Versions = secret.Versions.Add(new SecretVersion(version, [], IsBinary: false, time.GetUtcNow(), [])),
            Rotation = secret.Rotation! with { Running = version },
        };
        return SecretValues.Move(begun, SecretValues.Pending, version);
    }

    /// <summary>Runs the rotation that has begun, unless it runs already.</summary>
    public void Run(Secret secret)
    {
        if (_ended.IsCancellationRequested)
            return;
        var done = new TaskCompletionSource();
        if (!_running.TryAdd(secret.Key, done.Task))
            return;
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await Task.Yield();
                await RotateAsync(secret);
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested) { }
            catch (Exception error)
            {
                failed(error);
            }
            finally
            {
                _running.TryRemove(secret.Key, out _);
                done.SetResult();
            }
        }
    }

    /// <summary>Begins what is due, and again what has not ended.</summary>
    public async Task LookAsync()
    {
        var now = time.GetUtcNow();
        foreach (var secret in secrets.All.Where(static secret => secret is { DeletedDate: null, Rotation.FunctionArn: not null }).ToList())
        {
            if (secret.Rotation!.Running is not null)
                Run(secret);
            else if (secret.Rotation.IsEnabled && secret.Rotation.Next <= now && !IsUnfinished(secret))
            {
                var version = Guid.NewGuid().ToString();
                var begun = await secrets.ChangeAsync(
                    secret.Key,
                    found =>
                        found is { Rotation: { Running: null, IsEnabled: true }, DeletedDate: null }
                            ? (Begun(found, version), true)
                            : (found, false)
                );
                if (begun)
                    Run(secret);
            }
        }
    }

    public async Task StopAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_running.Values);
    }

    public void Dispose() => _ended.Dispose();

    private async Task RotateAsync(Secret named)
    {
        if (Present(named.Key) is not { Rotation: { Running: { } version, FunctionArn: { } function } rotation } secret)
            return;
        if (rotation.OnlyTests == true)
        {
            await StepAsync("testSecret", function, secret, version);
            await secrets.ChangeAsync(secret.Key, found => (found?.Rotation?.Running == version ? Without(found, version) : found, true));
            return;
        }
        foreach (var step in Steps)
        {
            if (!await StepAsync(step, function, secret, version) || Present(secret.Key)?.Rotation?.Running != version)
                return;
        }
        await secrets.ChangeAsync(secret.Key, found => (found is null ? null : Ended(found, version), true));
    }

    private Task<bool> StepAsync(string step, string function, Secret secret, string version)
    {
        var payload = new JsonObject
        {
            ["Step"] = step,
            ["SecretId"] = secret.Arn,
            ["ClientRequestToken"] = version,
        };
        return functions.InvokeAsync(function, secret.Arn, Encoding.UTF8.GetBytes(payload.ToJsonString()), _ended.Token);
    }

    private Secret? Present(ResourceKey key) => secrets.Find(key) is { DeletedDate: null } secret ? secret : null;

    /// <summary>The last step has to have made the version the current one.</summary>
    private Secret Ended(Secret secret, string version)
    {
        if (secret.Rotation?.Running != version || secret.Staged(SecretValues.Current)?.Id != version)
            return secret;
        var now = time.GetUtcNow();
        var ended = secret.Rotation with { Running = null, Last = now };
        return secret with { Rotation = ended.IsEnabled ? ended.After(now) : ended };
    }

    private static Secret Without(Secret secret, string version) =>
        secret with
        {
            Versions = secret.Versions.RemoveAll(found => found.Id == version),
            Rotation = secret.Rotation! with { Running = null, OnlyTests = null },
        };
}
