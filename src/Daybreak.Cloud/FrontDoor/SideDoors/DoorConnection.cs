namespace Daybreak.Cloud.FrontDoor.SideDoors;

/// <summary>A connection that came in at a side door.</summary>
/// <param name="cut">Ends it at once.</param>
/// <param name="closed">Cancelled when it has ended.</param>
internal sealed class DoorConnection(Action cut, CancellationToken closed)
{
    public CancellationToken Closed => closed;

    public void Cut() => cut();
}
