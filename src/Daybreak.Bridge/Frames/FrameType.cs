namespace Daybreak.Bridge.Frames;

/// <summary>The type byte of a frame; <c>docs/frames.md</c>, "Frames".</summary>
public enum FrameType : byte
{
    Hello = (byte)'H',
    Welcome = (byte)'W',
    Invoke = (byte)'I',
    Result = (byte)'R',
    Error = (byte)'E',
    Explain = (byte)'X',
    Explanation = (byte)'N',
    Status = (byte)'S',
    StatusText = (byte)'T',
    Object = (byte)'O',
    ObjectResult = (byte)'P',
}
