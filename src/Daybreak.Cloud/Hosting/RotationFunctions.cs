using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.SecretsManager;

namespace Daybreak.Cloud.Hosting;

/// <summary>Functions that rotate secrets.</summary>
internal sealed class RotationFunctions(ServiceInvocations invocations, IPermissions permissions) : IRotationFunctions
{
    private const string Service = "secretsmanager.amazonaws.com";

    private static readonly ServiceAction Invoke = new("lambda:InvokeFunction");

    public void Check(string functionArn, string secretArn, OperationContext context)
    {
        if (!MayInvoke(functionArn, secretArn))
            throw SecretsErrors.MayNotInvoke();
        // AWS asks it of the caller as well.
        var policy = invocations.Functions.Description.ResourcePolicyOf!(functionArn);
        if (permissions.Denial(context, Invoke, functionArn, ContextKeys.None, policy) is { } denial)
            throw AwsException.Sender("AccessDeniedException", denial);
    }

    public async Task<bool> InvokeAsync(string functionArn, string secretArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        if (!MayInvoke(functionArn, secretArn))
            return false;
        try
        {
            return await invocations.Functions.InvokeAsync(functionArn, payload, cancellation) is { FunctionError: null };
        }
        catch (AwsException)
        {
            return false; // throttled: the rotation is tried again
        }
    }

    private bool MayInvoke(string functionArn, string secretArn) =>
        Arn.TryParse(functionArn, out var function)
        && Arn.Parse(secretArn) is var secret
        && function.Service == "lambda"
        && function.Region == secret.Region
        && invocations.Allow(Service, (secretArn, secret.AccountId), functionArn);
}
