using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace WeChatPS.Core.Tests;

/// <summary>What a compiled assembly asks of <see cref="Regex"/>.</summary>
internal static class RegexCalls
{
    /// <summary>The constructors and static methods of Regex that an assembly uses and that take a pattern but no time-out.</summary>
    public static string[] WithoutTimeOut(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        MetadataReader metadata = image.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.GetKind() == MemberReferenceKind.Method && IsRegex(metadata, member.Parent))
                .Select(member => (Name: metadata.GetString(member.Name), Signature: member.DecodeMethodSignature(new TypeNames(), null)))
                .Where(call => call.Signature.ParameterTypes.Contains("String")
                    && (call.Name == ".ctor" || !call.Signature.Header.IsInstance)
                    && call.Name is not (nameof(Regex.Escape) or nameof(Regex.Unescape))
                    && !call.Signature.ParameterTypes.Contains(nameof(TimeSpan)))
                .Select(call => $"{call.Name}({string.Join(", ", call.Signature.ParameterTypes)})"),
        ];
    }

    private static bool IsRegex(MetadataReader metadata, EntityHandle parent) => parent.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) == nameof(Regex);

    /// <summary>Names the types of a signature, as far as they matter here.</summary>
    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeReference(handle).Name);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "";

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[]";

        public string GetByReferenceType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;
    }
}
