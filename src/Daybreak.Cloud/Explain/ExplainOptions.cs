namespace Daybreak.Cloud.Explain;

/// <summary>What explanations have to know of the local AWS.</summary>
/// <param name="Region">The default Region: commands that mend name every other.</param>
/// <param name="EnforcesIam">Whether policies are enforced.</param>
/// <param name="EnforcesNetwork">Whether rules of VPCs are enforced.</param>
internal sealed record ExplainOptions(string Region, bool EnforcesIam, bool EnforcesNetwork);
