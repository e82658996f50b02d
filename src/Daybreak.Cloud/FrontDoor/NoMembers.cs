namespace Daybreak.Cloud.FrontDoor;

/// <summary>Request or response of an operation that has none.</summary>
public sealed record NoMembers
{
    public static readonly NoMembers Instance = new();
}
