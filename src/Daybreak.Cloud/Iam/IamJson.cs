using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Accounts;
using Daybreak.Cloud.Iam.Groups;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.InstanceProfiles;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Iam;

/// <summary>The form of IAM's resources in the state.</summary>
[JsonSerializable(typeof(Role))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Group))]
[JsonSerializable(typeof(ManagedPolicy))]
[JsonSerializable(typeof(InstanceProfile))]
[JsonSerializable(typeof(UserAccessKey))]
[JsonSerializable(typeof(LastUse))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(RoleDeletion))]
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class IamJson : JsonSerializerContext;
