using Mono.Cecil;
using Mono.Cecil.Cil;

namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>Everything a type uses: signatures, generic arguments, attributes, method bodies, and its nested types' too.</summary>
internal static class Uses
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type) =>
        Signatures(type)
            .Concat(type.Methods.SelectMany(OfMethod))
            .SelectMany(Plain)
            .Concat(type.NestedTypes.SelectMany(Of));

    /// <summary>The methods that a type calls or refers to, its nested types' too.</summary>
    public static IEnumerable<MethodReference> MethodsOf(TypeDefinition type) =>
        type
            .Methods.Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Select(instruction => instruction.Operand)
            .OfType<MethodReference>()
            .Concat(type.NestedTypes.SelectMany(MethodsOf));

    /// <summary>The assembly that a reference points into.</summary>
    public static string AssemblyOf(TypeReference type) =>
        type.Scope switch
        {
            AssemblyNameReference assembly => assembly.Name,
            ModuleDefinition module => module.Assembly.Name.Name,
            var other => other.Name,
        };

    /// <summary>Nested types have no namespace of their own.</summary>
    public static string NamespaceOf(TypeReference type) =>
        type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private static IEnumerable<TypeReference?> Signatures(TypeDefinition type) =>
        [
            type.BaseType,
            .. type.Interfaces.Select(implemented => implemented.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Properties.Select(property => property.PropertyType),
            .. type.Events.Select(@event => @event.EventType),
            .. type.GenericParameters.SelectMany(Constraints),
            .. Attributes(type),
            .. type.Interfaces.SelectMany(Attributes),
            .. type.Fields.SelectMany(Attributes),
            .. type.Properties.SelectMany(Attributes),
            .. type.Events.SelectMany(Attributes),
        ];

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method) =>
        [
            .. Signature(method),
            .. method.GenericParameters.SelectMany(Constraints),
            .. method.Overrides.SelectMany(Signature),
            .. Attributes(method),
            .. Attributes(method.MethodReturnType),
            .. method.Parameters.SelectMany(Attributes),
            .. method.HasBody ? OfBody(method.Body) : [],
        ];

    private static IEnumerable<TypeReference?> OfBody(MethodBody body) =>
        body
            .Variables.Select(variable => variable.VariableType)
            .Concat(body.ExceptionHandlers.Select(handler => handler.CatchType))
            .Concat(body.Instructions.SelectMany(instruction => OfOperand(instruction.Operand)));

    private static IEnumerable<TypeReference?> OfOperand(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method => Signature(method),
            CallSite call => [call.ReturnType, .. call.Parameters.Select(parameter => parameter.ParameterType)],
            _ => [],
        };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
        [
            method.DeclaringType,
            method.ReturnType,
            .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ];

    private static IEnumerable<TypeReference?> Constraints(GenericParameter parameter) =>
        [
            .. parameter.Constraints.Select(constraint => constraint.ConstraintType),
            .. parameter.Constraints.SelectMany(Attributes),
            .. Attributes(parameter),
        ];

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider bearer) =>
        bearer.HasCustomAttributes ? bearer.CustomAttributes.SelectMany(OfAttribute) : [];

    private static IEnumerable<TypeReference?> OfAttribute(CustomAttribute attribute) =>
        [
            attribute.AttributeType,
            .. attribute.ConstructorArguments.SelectMany(OfArgument),
            .. attribute.Properties.Concat(attribute.Fields).SelectMany(named => OfArgument(named.Argument)),
        ];

    private static IEnumerable<TypeReference?> OfArgument(CustomAttributeArgument argument) =>
        argument.Value switch
        {
            TypeReference type => [argument.Type, type],
            CustomAttributeArgument boxed => [argument.Type, .. OfArgument(boxed)],
            CustomAttributeArgument[] many => [argument.Type, .. many.SelectMany(OfArgument)],
            _ => [argument.Type],
        };

    /// <summary>Takes arrays, references, modifiers and generics apart until only plain types are left.</summary>
    private static IEnumerable<TypeReference> Plain(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Plain)],
            IModifierType modifier => [.. Plain(modifier.ModifierType), .. Plain(modifier.ElementType)],
            FunctionPointerType pointer =>
            [
                .. Plain(pointer.ReturnType),
                .. pointer.Parameters.SelectMany(parameter => Plain(parameter.ParameterType)),
            ],
            TypeSpecification specification => Plain(specification.ElementType),
            _ => [type],
        };
}
