using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.SecretsManager.Managed;

namespace Daybreak.Cloud.Hosting;

/// <summary>The secrets of RDS in Secrets Manager.</summary>
internal sealed class MasterSecrets(ManagedSecrets secrets) : IMasterSecrets
{
    private static readonly JsonSerializerOptions AsAwsWritesIt = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ValueTask<string> CreateAsync(MasterSecretPlan plan, string userName, string password) =>
        secrets.CreateAsync(plan.AccountId, plan.Region, plan.Name, "rds", plan.Description, plan.Tags, Value(userName, password));

    public async ValueTask AddPendingAsync(string arn, string version, string userName, string password) =>
        await secrets.AddPendingAsync(arn, version, Value(userName, password));

    public async ValueTask PromoteAsync(string arn, string version) => await secrets.PromoteAsync(arn, version);

    public async ValueTask RemoveAsync(string arn) => await secrets.RemoveAsync(arn);

    private static string Value(string userName, string password) =>
        new JsonObject { ["username"] = userName, ["password"] = password }.ToJsonString(AsAwsWritesIt);
}
