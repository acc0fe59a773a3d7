using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace EngineHost;

internal sealed partial class ConsoleUI
{
    public override string ReadLine()
    {
        RequirePerson();
        return Read(secret: false);
    }

    public override SecureString ReadLineAsSecureString()
    {
        RequirePerson();
        var secret = new SecureString();
        foreach (char c in Read(secret: true)) secret.AppendChar(c);
        secret.MakeReadOnly();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequirePerson();
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in descriptions)
        {
            answers[field.Name] = PSObject.AsPSObject(AskFor(field));
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequirePerson();
        WriteHeading(caption, message);
        (string Key, string Label)[] options = [.. choices.Select(KeyAndLabel)];
        string menu = string.Join("  ", options.Select(o => $"[{o.Key}] {o.Label}")) + "  [?] Help"
            + (defaultChoice >= 0 ? $" (default is \"{options[defaultChoice].Key}\"): " : ": ");
        while (true)
        {
            Write(menu);
            string answer = Read(secret: false).Trim();
            if (answer.Length == 0 && defaultChoice >= 0) return defaultChoice;
            int chosen = Array.FindIndex(options, o => o.Key.Equals(answer, StringComparison.OrdinalIgnoreCase)
                || o.Label.Equals(answer, StringComparison.OrdinalIgnoreCase));
            if (chosen >= 0) return chosen;
            if (answer != "?") continue;
            for (int i = 0; i < options.Length; i++) WriteLine($"{options[i].Key} - {choices[i].HelpMessage}");
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        RequirePerson();
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = Read(secret: false);
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
            PromptForCredential(caption, message, userName, targetName);

    private object AskFor(FieldDescription field)
    {
        var type = LanguagePrimitives.TryConvertTo(field.ParameterAssemblyFullName, out Type known) ? known : typeof(string);
        if (field.ParameterTypeFullName == typeof(PSCredential).FullName) return PromptForCredential("", "", "", "");
        Write(field.Name + ": ");
        if (field.ParameterTypeFullName == typeof(SecureString).FullName) return ReadLineAsSecureString();
        return LanguagePrimitives.ConvertTo(Read(secret: false), type);
    }

    private string Read(bool secret)
    {
        if (!Terminal.InputIsTerminal) return Console.In.ReadLine() ?? throw new PromptingException("Standard input has ended.");
        output.EndProgress();
        return new LineEditor { Masked = secret }.ReadLine() ?? throw new PipelineStoppedException();
    }

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption)) WriteLine(caption);
        if (!string.IsNullOrEmpty(message)) WriteLine(message);
    }

    private void RequirePerson()
    {
        if (nonInteractive) throw new PSInvalidOperationException("The host was started with -NonInteractive: nobody can be asked.");
    }

    // "&Yes" is chosen with Y; a label without & with all of it.
    private static (string Key, string Label) KeyAndLabel(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        string label = choice.Label.Replace("&", "", StringComparison.Ordinal);
        return (mark >= 0 && mark < label.Length ? label.Substring(mark, 1).ToUpperInvariant() : label, label);
    }
}
