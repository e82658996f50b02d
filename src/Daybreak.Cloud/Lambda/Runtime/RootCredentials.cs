namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>The pair that this cloud accepts for its account: every function has it as long as roles are not assumed.</summary>
internal sealed class RootCredentials : IFunctionCredentials
{
    public ValueTask<(string AccessKeyId, string SecretAccessKey, string SessionToken)> GetAsync(
        FunctionVersion function, CancellationToken cancellation) => new((function.AccountId, "test", "test"));
}
