namespace Daybreak.Bridge.Credentials;

/// <summary>
/// The role of a local database cluster. It asks the container endpoint without the SDK, which would retry when the cluster refuses, and
/// which does not accept credentials with a lifetime of moments.
/// </summary>
public sealed class ClusterCredentials : ICredentialSource, IDisposable
{
    public const string Source = "database cluster";

    private const string ClusterVariable = "DAYBREAK_CLUSTER_CREDENTIALS";

    private readonly ContainerEndpoint _endpoint;

    private ClusterCredentials(ContainerEndpoint endpoint) => _endpoint = endpoint;

    /// <summary>
    /// Returns null unless the server's environment says that its container endpoint, on this machine, is that of a cluster.
    /// </summary>
    public static ClusterCredentials? TryCreate(Func<string, string?> variable) =>
        variable(ClusterVariable) == "1" && ContainerEndpoint.TryCreate(variable) is { Uri.IsLoopback: true } endpoint
            ? new ClusterCredentials(endpoint)
            : null;

    // Asking costs a fraction of a millisecond, and the next call should use a role that was just associated.
    public TimeSpan AnswerStands => TimeSpan.Zero;

    public async Task<CredentialSnapshot> FetchAsync(CancellationToken cancel)
    {
        try
        {
            var answer = await _endpoint.AskAsync(cancel);
            return answer.IsRefusal
                ? throw None(answer.Refusal() ?? $"The local AWS answers {(int)answer.Status}.")
                : new CredentialSnapshot(answer.Credentials(), null, Source);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or FormatException
                || (failure is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            throw None($"The local AWS does not answer ({failure.GetType().Name}).");
        }
    }

    public void Dispose() => _endpoint.Dispose();

    private static CredentialException None(string why) => new(why) { IsOfCluster = true };
}
