using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>A row that names packages. A package is kept as long as any row names it.</summary>
internal interface IHasCode
{
    IEnumerable<FunctionCode> Codes { get; }
}
