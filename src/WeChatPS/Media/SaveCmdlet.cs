using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using WeChatPS.Media;

namespace WeChatPS;

/// <summary>A cmdlet that saves what it fetches as files.</summary>
public abstract class SaveCmdlet : SessionCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    // what this pipeline wrote it does not overwrite
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>
    /// The folder to save into, or the file to save as; the current folder without it. What exists as a folder, ends in a separator or has
    /// no extension is a folder; what is missing of it is created.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    /// <summary>As -Path, and taken as it is: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>The small picture: a preview of a picture, sticker or video, a small avatar.</summary>
    [Parameter]
    public SwitchParameter Thumbnail { get; set; }

    /// <summary>Replaces what exists: in a folder files of the same name (otherwise new ones get a number), and read-only files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Replaces nothing: a file that exists is an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Gives the files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Saves one thing, unless -WhatIf or a refusal is in the way.</summary>
    /// <param name="what">What is saved, in words.</param>
    /// <param name="save">Saves it.</param>
    private protected Task SaveAsync(string what, Func<SaveTarget, Task<FileInfo>> save) => TryAsync(async () =>
    {
        SaveTarget target = Target();
        if (!ShouldProcess(System.IO.Path.Combine(target.Folder, target.FileName ?? ""), $"Save {DisplayText.Visible(what)}"))
            return;
        FileInfo file = await save(target);
        _written.Add(file.FullName);
        WriteVerbose($"Saved {what} as '{file.FullName}' ({file.Length} bytes).");
        if (PassThru)
            Give(file);
    });

    // as Get-Item gives it, so that the path goes on through a pipeline as it is: a mere FileInfo is bound as a text, brackets as wildcards
    private void Give(FileInfo file)
    {
        foreach (PSObject item in InvokeProvider.Item.Get([file.FullName], force: true, literalPath: true))
            WriteObject(item);
    }

    private SaveTarget Target()
    {
        string given = LiteralPath ?? Path ?? ".";
        string full = LiteralPath is null ? FilePaths.Single(this, given) : FilePaths.Full(this, given);
        bool endsInSeparator = given[given.Length - 1] is '/' || given[given.Length - 1] == System.IO.Path.DirectorySeparatorChar;
        if (endsInSeparator || Directory.Exists(full) || !System.IO.Path.HasExtension(full))
            return new SaveTarget(full, null, NoClobber ? IfExists.Fail : Force ? IfExists.Replace : IfExists.Number) { ReplacesReadOnly = Force };
        IfExists exists = NoClobber ? IfExists.Fail : _written.Contains(full) ? IfExists.Number : IfExists.Replace;
        return new SaveTarget(System.IO.Path.GetDirectoryName(full)!, System.IO.Path.GetFileName(full), exists) { ReplacesReadOnly = Force };
    }
}
