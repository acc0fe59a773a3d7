using System;
using System.IO;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>Hooks the bases of the format and output cmdlets, which are public, up to the engine's own work, which is not.</summary>
internal static class EngineFormatting
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
    private const string Namespace = "Microsoft.PowerShell.Commands.Internal.Format.";

    /// <summary>The cmdlet formats its input as Table, List, Wide or Complex.</summary>
    public static void UseShape(FrontEndCommandBase cmdlet, string shape) =>
        SetImplementation(cmdlet, Create("InnerFormatShapeCommand", Enum.Parse(TypeOf("FormatShape"), shape)));

    /// <summary>The cmdlet writes what its input looks like to a writer, by WriteLine.</summary>
    public static void UseWriter(FrontEndCommandBase cmdlet, TextWriter writer, int columns)
    {
        object inner = Create("OutputManagerInner");
        inner.GetType().GetProperty("LineOutput", Hidden)!.SetValue(inner, Create("TextWriterLineOutput", writer, columns));
        SetImplementation(cmdlet, inner);
    }

    private static void SetImplementation(FrontEndCommandBase cmdlet, object implementation) =>
        typeof(FrontEndCommandBase).GetField("implementation", Hidden)!.SetValue(cmdlet, implementation);

    private static object Create(string name, params object[] arguments) =>
        Activator.CreateInstance(TypeOf(name), Hidden | BindingFlags.Public, binder: null, arguments, culture: null)!;

    private static Type TypeOf(string name) => typeof(FrontEndCommandBase).Assembly.GetType(Namespace + name, throwOnError: true)!;
}
