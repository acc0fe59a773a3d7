using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading.Tasks;
using WeChatPS.Media;

namespace WeChatPS;

/// <summary>A cmdlet that downloads content to files.</summary>
public abstract class SaveCmdlet : SessionCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    // A pipeline does not overwrite its own files.
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>
    /// Specifies a folder or file. By default, the current folder. A path that is an existing folder, ends in a separator or has no extension
    /// is a folder. The cmdlet creates missing folders.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Path { get; set; }

    /// <summary>Specifies a folder or file by exact path, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Indicates that the cmdlet saves the thumbnail of an image, sticker or video, or a small avatar.</summary>
    [Parameter]
    public SwitchParameter Thumbnail { get; set; }

    /// <summary>Indicates that the cmdlet replaces existing files: read-only files, and files of the same name in a folder (by default, new files get a number).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Indicates that the cmdlet replaces no files. An existing file is an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Indicates that the cmdlet returns the files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Saves one file, except with -WhatIf. Writes an error if it fails.</summary>
    /// <param name="what">The description of the content.</param>
    /// <param name="save">Saves the content.</param>
    private protected Task SaveAsync(string what, Func<SaveTarget, Task<FileInfo>> save) => TryAsync(async () =>
    {
        SaveTarget target = Target();
        if (!ShouldProcess(System.IO.Path.Combine(target.Folder, target.FileName ?? ""), $"Save {DisplayText.Visible(what)}"))
            return;
        FileInfo file = await save(target);
        _written.Add(file.FullName);
        WriteVerbose($"Saved {what} as '{file.FullName}' ({file.Length} bytes).");
        if (PassThru)
            WriteItem(file);
    });

    // The object is the same as from Get-Item, so the next command binds its PSPath. A plain FileInfo would be bound as a text, with brackets as wildcards.
    private void WriteItem(FileInfo file)
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
