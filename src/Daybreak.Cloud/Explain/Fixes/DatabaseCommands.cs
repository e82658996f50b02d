using System.Collections.Immutable;

namespace Daybreak.Cloud.Explain.Fixes;

/// <summary>Commands of RDS that change a database's network settings.</summary>
/// <param name="MakePublic">Gives it a public address.</param>
/// <param name="SetGroups">Sets its security groups to the ids that follow.</param>
/// <param name="FindPrivateNames">Makes it resolve private DNS names of endpoints: <c>rds.custom_dns_resolution</c>.</param>
internal sealed record DatabaseCommands(string MakePublic, string SetGroups, ImmutableArray<string> FindPrivateNames);
