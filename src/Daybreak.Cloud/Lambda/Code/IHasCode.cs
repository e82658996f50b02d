using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>A row of a table that names a deployment package, which is kept as long as any row does.</summary>
internal interface IHasCode
{
    FunctionCode Code { get; }
}
