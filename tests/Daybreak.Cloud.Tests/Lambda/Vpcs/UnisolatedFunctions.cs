using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Lambda.Vpcs;

/// <summary>A cloud whose functions run as on a machine without bubblewrap, or whose user may not use it.</summary>
public sealed class UnisolatedFunctions : RealFunctions
{
    protected override CloudOptions Options => base.Options with { IsolatesFunctions = false };
}
