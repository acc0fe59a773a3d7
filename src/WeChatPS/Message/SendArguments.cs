using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>Refuses a mere name: a string that is piped is something to say, never somebody to say it to.</summary>
internal sealed class ObjectOnlyAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is ContactRef { IsName: true })
        {
            throw new ValidationMetadataException(
                "A mere name belongs to -To; messages, contacts and groups can be piped.");
        }
    }
}

/// <summary>
/// Refuses what has no useful text. Of an object of ours, also one that comes from a file, the view would be sent, with time and name; of most
/// other objects the name of their type.
/// </summary>
internal sealed class PlainTextAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.";

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // a hashtable and an XML document are not enumerated: each is one object
        object?[] items = [.. LanguagePrimitives.GetEnumerable(inputData)?.Cast<object?>() ?? [inputData]];
        if (items.Any(IsOurs))
        {
            throw new ArgumentTransformationMetadataException(
                "A text is expected. To answer, or to write to who is piped, name it: | Send-WeChatMessage -Text 'hello'. "
                + "To pass a message or a receipt on: | Send-WeChatMessage -To 'somebody' -Forward. Of what comes from a file send a property, such as Text.");
        }

        if (items.FirstOrDefault(item => !IsText(item)) is { } other)
        {
            object value = Value(other)!;
            throw new ArgumentTransformationMetadataException(value is byte
                ? "A text is expected. Bytes are sent with Send-WeChatFile -Content, under the name that -Name says."
                : $"A text is expected, and a {value.GetType().Name} has none. Send a property of it, such as Name or Message; or what the screen would show: "
                    + "| Out-String | Send-WeChatMessage -To 'somebody'.");
        }

        return inputData;
    }

    private static object? Value(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    // a number, a date or a time, a value of an enum is IFormattable; of everything else the engine's own conversion tells
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

    // the engine has many names for one object: what it is, what its bases are, and the same once it came back from CLIXML
    private static bool IsOurs(object? item) =>
        item is not null && PSObject.AsPSObject(item).TypeNames.Any(name =>
            name.StartsWith("WeChatPS.", StringComparison.Ordinal) || name.StartsWith(Deserialized + "WeChatPS.", StringComparison.Ordinal));
}

/// <summary>Finds bytes and numbers that are given as a path: they are what a file holds, and as names they would mean other files.</summary>
/// <remarks>
/// What is thrown here for piped input does not end the pipeline, and thousands of bytes would be thousands of errors: so each is marked,
/// and the cmdlet ends at the first.
/// </remarks>
internal sealed class PathTextAttribute : ArgumentTransformationAttribute
{
    // in no path on any system
    private const string NoPath = "\0";

    /// <exception cref="WeChatException">InvalidRequest: one of them is no path.</exception>
    public static void Check(params string[] paths)
    {
        if (paths.Contains(NoPath))
        {
            throw new WeChatException(
                WeChatErrorReason.InvalidRequest, "A path is expected. Bytes and streams are sent with -Content, under the name that -Name says.");
        }
    }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        object[] items = input is IEnumerable and not string ? [.. ((IEnumerable)input).Cast<object>()] : [input];
        return items.Any(item => (item is PSObject one ? one.BaseObject : item) is Stream or (IConvertible and not string and not char)) ? NoPath : inputData;
    }
}

/// <summary>Accepts the MD5 of something: 32 hexadecimal digits.</summary>
internal sealed class Md5Attribute : ValidateEnumeratedArgumentsAttribute
{
    private const int Digits = 32;

    protected override void ValidateElement(object element)
    {
        if (element is not string { Length: Digits } md5 || !md5.All(Uri.IsHexDigit))
        {
            throw new ValidationMetadataException(
                "An MD5 of 32 hexadecimal digits is expected, as the Content.Md5 of a received sticker. Send-WeChatFile sends a picture of your own.");
        }
    }
}
