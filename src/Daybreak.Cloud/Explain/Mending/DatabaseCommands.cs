using System.Collections.Immutable;

namespace Daybreak.Cloud.Explain.Mending;

/// <summary>Commands of RDS that change what a database has in the network.</summary>
/// <param name="MakePublic">Gives it a public address.</param>
/// <param name="SetGroups">Gives it the security groups whose ids follow.</param>
/// <param name="FindPrivateNames">Let private DNS names of endpoints lead it there: <c>rds.custom_dns_resolution</c>.</param>
internal sealed record DatabaseCommands(string MakePublic, string SetGroups, ImmutableArray<string> FindPrivateNames);
