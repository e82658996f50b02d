namespace Daybreak.Bridge.Credentials;

/// <summary>
/// A role of a local database cluster, which has one for each feature. It asks the container endpoint without the SDK, which would retry
/// when the cluster refuses, and which does not accept credentials with a lifetime of moments.
/// </summary>
public sealed class ClusterCredentials : ICredentialSource, IDisposable
{
    public const string Source = "database cluster";

    private const string ClusterVariable = "DAYBREAK_CLUSTER_CREDENTIALS";
    private const string TokenVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

    private readonly ContainerEndpoint _endpoint;

    private ClusterCredentials(ContainerEndpoint endpoint) => _endpoint = endpoint;

    /// <summary>
    /// Returns null unless the server's environment says that its container endpoint, on this machine, is that of a cluster.
    /// </summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <param name="token">The variable with the token for the role's feature; that for Lambda has the name that AWS gave it.</param>
    public static ClusterCredentials? TryCreate(Func<string, string?> variable, string token = TokenVariable) =>
        variable(ClusterVariable) == "1"
        && ContainerEndpoint.TryCreate(name => variable(name == TokenVariable ? token : name)) is { Uri.IsLoopback: true } endpoint
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
