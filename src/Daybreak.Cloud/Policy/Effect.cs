namespace Daybreak.Cloud.Policy;

/// <summary>The effect of a statement on the requests it matches.</summary>
public enum Effect
{
    Allow,
    Deny,
}
