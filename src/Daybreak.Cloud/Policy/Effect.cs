namespace Daybreak.Cloud.Policy;

/// <summary>What a statement does to the requests it matches.</summary>
public enum Effect
{
    Allow,
    Deny,
}
