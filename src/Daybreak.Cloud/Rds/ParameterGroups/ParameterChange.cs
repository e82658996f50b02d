namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>Determines the effect of ModifyDB(Cluster)ParameterGroup and ResetDB(Cluster)ParameterGroup on a group.</summary>
internal static class ParameterChange
{
    private const int MaxParameters = 20;
    private const string Immediate = "immediate";
    private const string PendingReboot = "pending-reboot";

    /// <exception cref="Aws.AwsException">InvalidParameterValue or InvalidParameterCombination, for the first parameter that is not
    /// valid.</exception>
    public static ParameterGroup Modify(ParameterGroup group, IReadOnlyList<Parameter>? parameters, ParameterCatalog catalog)
    {
        if (parameters is not { Count: > 0 })
            throw RdsErrors.Missing("Parameters");
        if (parameters.Count > MaxParameters)
            throw RdsErrors.InvalidValue($"A maximum of {MaxParameters} parameters can be modified in a single request.");
        var values = group.Values;
        foreach (var parameter in parameters)
        {
            var (definition, method) = Check(parameter, catalog);
            if (parameter.ParameterValue is not { } value)
                throw RdsErrors.InvalidCombination($"The parameter value of {definition.Name} must be provided.");
            if (definition.IsNumber && value.Contains('{', StringComparison.Ordinal))
                throw FrontDoor.NotImplemented.Of($"the formula {value} as the value of the parameter {definition.Name}");
            if (!definition.Allows(value))
                throw RdsErrors.InvalidParameter(definition, value);
            values = values.SetItem(definition.Name, new ParameterValue(value, method));
        }
        return group with { Values = values };
    }

    /// <exception cref="Aws.AwsException">InvalidParameterValue or InvalidParameterCombination, for the first parameter that is not
    /// valid.</exception>
    public static ParameterGroup Reset(ParameterGroup group, bool? all, IReadOnlyList<Parameter>? parameters, ParameterCatalog catalog)
    {
        if (all == true)
        {
            return parameters is not { Count: > 0 }
                ? group with
                {
                    Values = group.Values.Clear(),
                }
                : throw RdsErrors.InvalidCombination("You cannot specify parameters when ResetAllParameters is true.");
        }
        if (parameters is not { Count: > 0 })
            throw RdsErrors.InvalidCombination("You must specify at least one parameter to reset, or set ResetAllParameters.");
        var values = group.Values;
        foreach (var parameter in parameters)
            values = values.Remove(Check(parameter, catalog).Definition.Name);
        return group with { Values = values };
    }

    private static (ParameterDefinition Definition, string Method) Check(Parameter parameter, ParameterCatalog catalog)
    {
        if (string.IsNullOrEmpty(parameter.ParameterName))
            throw RdsErrors.Missing("ParameterName");
        var definition =
            catalog.Find(parameter.ParameterName)
            ?? throw RdsErrors.InvalidValue($"Could not find parameter with name: {parameter.ParameterName}");
        if (!definition.IsModifiable)
            throw RdsErrors.InvalidValue($"The parameter {definition.Name} cannot be modified.");
        var method =
            parameter.ApplyMethod ?? throw RdsErrors.InvalidValue("The parameter ApplyMethod must be provided and must not be blank.");
        if (method is not (Immediate or PendingReboot))
            throw RdsErrors.InvalidValue($"Invalid apply method: {method}");
        if (definition.IsStatic && method == Immediate)
            throw RdsErrors.InvalidCombination("cannot use immediate apply method for static parameter");
        return (definition, method);
    }
}
