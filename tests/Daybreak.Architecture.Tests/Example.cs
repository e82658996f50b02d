#pragma warning disable IDE0130, IDE0060, IDE0065 // two rooms, so that the test of the plan has something to see
namespace Daybreak.Architecture.Tests.Example.Lower
{
    internal static class Extensions
    {
        public static int Twice(this int number) => 2 * number;
    }

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class MarkAttribute : Attribute;

    internal sealed class Thing;
}

namespace Daybreak.Architecture.Tests.Example.Upper
{
    using Daybreak.Architecture.Tests.Example.Lower;

    internal static class CallsAnExtension
    {
        public static int Four => 2.Twice();
    }

    [Mark]
    internal sealed class CarriesAnAttribute;

    internal static class HasALocalVariable
    {
        public static string? Name()
        {
            object thing = new Thing();
            return thing.ToString();
        }
    }
}
