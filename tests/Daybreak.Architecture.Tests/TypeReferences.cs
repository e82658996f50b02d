using Mono.Cecil;

namespace Daybreak.Architecture.Tests;

/// <summary>
/// Every type that a compiled type names: in what it derives from, in its members and their attributes, and in the instructions of its
/// methods, where calls of extension methods stand like all others. Constants leave no trace: the compiler copies them.
/// </summary>
internal static class TypeReferences
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => Named(type).OfType<TypeReference>().SelectMany(Parts);

    private static IEnumerable<TypeReference?> Named(TypeDefinition type)
    {
        IEnumerable<TypeReference?> own =
        [
            type.BaseType,
            .. type.Interfaces.Select(static one => one.InterfaceType),
            .. Attributes(type),
            .. Constraints(type),
            .. type.Fields.SelectMany(static field => Attributes(field).Append(field.FieldType)),
            .. type.Properties.SelectMany(static property => Attributes(property).Append(property.PropertyType)),
            .. type.Events.SelectMany(static one => Attributes(one).Append(one.EventType)),
        ];
        return own.Concat(type.Methods.SelectMany(Named));
    }

    private static IEnumerable<TypeReference?> Named(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature =
        [
            method.ReturnType,
            .. Attributes(method),
            .. Constraints(method),
            .. method.Parameters.SelectMany(static parameter => Attributes(parameter).Append(parameter.ParameterType)),
        ];
        if (!method.HasBody)
            return signature;
        return signature
            .Concat(method.Body.Variables.Select(static variable => variable.VariableType))
            .Concat(method.Body.ExceptionHandlers.Select(static handler => handler.CatchType))
            .Concat(method.Body.Instructions.SelectMany(static instruction => Named(instruction.Operand)));
    }

    private static IEnumerable<TypeReference?> Named(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method =>
            [
                method.DeclaringType,
                method.ReturnType,
                .. method.Parameters.Select(static parameter => parameter.ParameterType),
                .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
            ],
            _ => [],
        };

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(static attribute =>
            attribute
                .ConstructorArguments.Concat(attribute.Properties.Select(static property => property.Argument))
                .Select(static argument => argument.Value)
                .OfType<TypeReference>()
                .Append(attribute.AttributeType)
        );

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) =>
        provider
            .GenericParameters.SelectMany(static parameter => parameter.Constraints)
            .Select(static constraint => constraint.ConstraintType);

    /// <summary>A list of roles names the list and the role.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            TypeSpecification specification => Parts(specification.ElementType),
            GenericParameter => [],
            _ => [type],
        };
}
