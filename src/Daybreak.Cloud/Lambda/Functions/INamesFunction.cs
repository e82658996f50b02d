namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>A request about one function.</summary>
internal interface INamesFunction
{
    /// <summary>A name, a partial ARN or an ARN.</summary>
    string FunctionName { get; }

    /// <summary>A version or an alias; null where the request gives none.</summary>
    string? Qualifier => null;
}
