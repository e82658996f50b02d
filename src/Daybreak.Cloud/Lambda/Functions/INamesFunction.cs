namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>A request about one function.</summary>
internal interface INamesFunction
{
    /// <summary>Name, partial ARN or ARN of the function.</summary>
    string FunctionName { get; }

    /// <summary>Version or alias; null when the request gives none.</summary>
    string? Qualifier => null;
}
