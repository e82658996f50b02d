using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>The runtimes of a layer. AWS takes retired ones too, though its message lists only those that functions can have.</summary>
internal sealed class CompatibleRuntimesAttribute : ConstraintAttribute
{
    private const int Most = 15;

    public override string? Violation(object value)
    {
        var runtimes = (IReadOnlyList<string>)value;
        return runtimes.Count > Most ? $"Member must have length less than or equal to {Most}"
            : runtimes.All(KnownRuntimeAttribute.Knows) ? null
            : $"Member must satisfy enum value set: [{string.Join(", ", Runtimes.Supported)}]";
    }
}
