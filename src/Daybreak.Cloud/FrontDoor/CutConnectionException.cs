namespace Daybreak.Cloud.FrontDoor;

/// <summary>Somebody wants the connection of this request cut, instead of an answer.</summary>
public sealed class CutConnectionException() : IOException("This connection was told to break.");
