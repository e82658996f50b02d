namespace Daybreak.Cloud.Explain;

/// <summary>Settings of the local AWS that explanations need.</summary>
/// <param name="Region">The default Region; printed commands name any other Region.</param>
/// <param name="EnforcesIam">Whether policies are enforced.</param>
/// <param name="EnforcesNetwork">Whether rules of VPCs are enforced.</param>
internal sealed record ExplainOptions(string Region, bool EnforcesIam, bool EnforcesNetwork);
