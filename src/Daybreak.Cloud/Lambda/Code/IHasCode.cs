using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>A row that names a deployment package. A package is kept as long as any row names it.</summary>
internal interface IHasCode
{
    FunctionCode Code { get; }
}
