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

/// <summary>Refuses an object of ours as a text, also one that comes from a file: what would be sent is how it is shown, with time and name.</summary>
internal sealed class PlainTextAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        object[] items = input is IEnumerable and not string ? [.. ((IEnumerable)input).Cast<object>()] : [inputData];
        if (items.Any(IsOurs))
        {
            throw new ArgumentTransformationMetadataException(
                "A text is expected. To answer, or to write to who is piped, name it: | Send-WeChatMessage -Text 'hello'. "
                + "To pass a message or a receipt on: | Send-WeChatMessage -To 'somebody' -Forward. Of what comes from a file send a property, such as Text.");
        }

        return inputData;
    }

    // the engine has many names for one object: what it is, what its bases are, and the same once it came back from CLIXML
    private static bool IsOurs(object? item) =>
        item is not null && PSObject.AsPSObject(item).TypeNames.Any(name =>
            name.StartsWith("WeChatPS.", StringComparison.Ordinal) || name.StartsWith("Deserialized.WeChatPS.", StringComparison.Ordinal));
}

/// <summary>Refuses bytes and numbers as a path: they are what a file holds, and as names they would mean other files.</summary>
internal sealed class PathTextAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        object[] items = input is IEnumerable and not string ? [.. ((IEnumerable)input).Cast<object>()] : [input];
        if (items.Any(item => (item is PSObject one ? one.BaseObject : item) is Stream or (IConvertible and not string and not char)))
        {
            throw new ArgumentTransformationMetadataException(
                "A path is expected. Bytes and streams are sent with -Content, under the name that -Name says.");
        }

        return inputData;
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
