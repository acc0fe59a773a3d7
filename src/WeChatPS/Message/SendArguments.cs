using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>Rejects names: a piped string is a text, never a recipient.</summary>
internal sealed class ObjectOnlyAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is ContactRef { IsName: true })
        {
            throw new ValidationMetadataException(
                "Specify names with -To; you can pipe messages, contacts and groups.");
        }
    }
}

/// <summary>
/// Rejects objects without a useful text. For an object of this module, also from a file, the cmdlet would send the view with time and name.
/// For most other objects, it would send the type name.
/// </summary>
internal sealed class PlainTextAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.";

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // A hashtable and an XML document are single objects, so they are not enumerated.
        object?[] items = [.. LanguagePrimitives.GetEnumerable(inputData)?.Cast<object?>() ?? [inputData]];
        if (items.Any(IsOurs))
        {
            throw new ArgumentTransformationMetadataException(
                "-Text requires a text. To reply to a piped message or send to a piped contact, use: | Send-WeChatMessage -Text 'hello'. "
                + "To forward a message or a receipt, use: | Send-WeChatMessage -To 'name' -Forward. From an object that was read from a file, send a property, such as Text.");
        }

        if (items.FirstOrDefault(item => !IsText(item)) is { } other)
        {
            object value = Value(other)!;
            throw new ArgumentTransformationMetadataException(value is byte
                ? "-Text requires a text. To send bytes, use Send-WeChatFile -Content with -Name."
                : $"-Text requires a text, but a {value.GetType().Name} has none. Send one of its properties, such as Name or Message. To send the screen output, use: "
                    + "| Out-String | Send-WeChatMessage -To 'name'.");
        }

        return inputData;
    }

    private static object? Value(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    // Numbers, dates, times and enum values are IFormattable. For all other objects, the conversion of the engine decides.
    private static bool IsText(object? item)
    {
        object? value = Value(item);
        if (value is byte)
            return false;
        if (value is null or string or char or bool or IFormattable)
            return true;
        if (value is IEnumerable || !LanguagePrimitives.TryConvertTo(item, out string text))
            return false;
        string[] types = [value.GetType().ToString(), .. PSObject.AsPSObject(item).TypeNames.Select(name => name.Replace(Deserialized, ""))];
        return !types.Any(name => text.StartsWith(name, StringComparison.Ordinal))
            && !(value is PSCustomObject && text.StartsWith("@{", StringComparison.Ordinal));
    }

    // The type names of an object include its base types and, after CLIXML, deserialized names.
    private static bool IsOurs(object? item) =>
        item is not null && PSObject.AsPSObject(item).TypeNames.Any(name =>
            name.StartsWith("WeChatPS.", StringComparison.Ordinal) || name.StartsWith(Deserialized + "WeChatPS.", StringComparison.Ordinal));
}

/// <summary>Detects bytes and numbers in a path parameter. They are the content of a file, and as paths they would refer to other files.</summary>
/// <remarks>
/// An exception here would not end the pipeline, and thousands of piped bytes would cause thousands of errors. So the attribute marks each
/// value, and the cmdlet ends at the first.
/// </remarks>
internal sealed class PathTextAttribute : ArgumentTransformationAttribute
{
    // No system allows this character in a path.
    private const string NoPath = "\0";

    /// <exception cref="WeChatException">InvalidRequest: one of the values is not a path.</exception>
    public static void Check(params string[] paths)
    {
        if (paths.Contains(NoPath))
        {
            throw new WeChatException(
                WeChatErrorReason.InvalidRequest, "A path is required. To send bytes or a stream, use -Content with -Name.");
        }
    }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        object[] items = input is IEnumerable and not string ? [.. ((IEnumerable)input).Cast<object>()] : [input];
        return items.Any(item => (item is PSObject one ? one.BaseObject : item) is Stream or (IConvertible and not string and not char)) ? NoPath : inputData;
    }
}

/// <summary>Accepts an MD5: 32 hexadecimal digits.</summary>
internal sealed class Md5Attribute : ValidateEnumeratedArgumentsAttribute
{
    private const int Digits = 32;

    protected override void ValidateElement(object element)
    {
        if (element is not string { Length: Digits } md5 || !md5.All(Uri.IsHexDigit))
        {
            throw new ValidationMetadataException(
                "-Emoticon requires an MD5 of 32 hexadecimal digits, such as Content.Md5 of a received sticker. To send an image file, use Send-WeChatFile.");
        }
    }
}
