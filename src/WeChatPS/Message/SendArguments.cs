using System.Collections;
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

/// <summary>Refuses a message as a text: what would be sent is how it is shown, with time and name.</summary>
internal sealed class PlainTextAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        object[] items = input is IEnumerable and not string ? [.. ((IEnumerable)input).Cast<object>()] : [input];
        if (items.Any(item => (item is PSObject one ? one.BaseObject : item) is WeChatMessage or WeChatContact or WeChatGroupMember))
        {
            throw new ArgumentTransformationMetadataException(
                "A text is expected. To answer a message leave -To out; to pass it on use -Forward.");
        }

        return inputData;
    }
}
