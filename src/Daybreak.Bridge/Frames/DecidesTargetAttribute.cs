namespace Daybreak.Bridge.Frames;

/// <summary>Marks a field of <c>Invoke</c> that decides where, and as what, a call is sent.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class DecidesTargetAttribute : Attribute;

/// <summary>Marks a field of <c>Invoke</c> that is of one call only: calls that differ in it may share a target.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class OfOneCallAttribute : Attribute;
