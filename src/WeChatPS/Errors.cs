using System.Collections.Generic;
using System.Management.Automation;
using Reason = WeChatPS.WeChatErrorReason;

namespace WeChatPS;

/// <summary>How failures look in PowerShell: one row a reason, with its category and what the reader can do about it.</summary>
internal static class Errors
{
    private static readonly Dictionary<Reason, (ErrorCategory Category, string Remedy)> s_table = new()
    {
        [Reason.NotConnected] = (ErrorCategory.ConnectionError, "Run Connect-WeChat first."),
        [Reason.AmbiguousSession] = (ErrorCategory.InvalidOperation, "Name one with -Session; Get-WeChatSession lists them."),
        [Reason.SessionNotFound] = (ErrorCategory.ObjectNotFound,
            "Get-WeChatSession lists what is connected, Get-WeChatSession -Saved what is saved."),
        [Reason.SessionInUse] = (ErrorCategory.ResourceBusy,
            "Run Disconnect-WeChat there or end that process; or use another session with -Name."),
        [Reason.SessionUnreadable] = (ErrorCategory.PermissionDenied,
            "Run as the user who saved the session (a scheduled task: with a stored password), or pass the session with -SavedSession. "
            + "The file was left as it is."),
        [Reason.SessionDamaged] = (ErrorCategory.InvalidData,
            "Run Connect-WeChat -Login Qr to log in anew; a damaged file is kept beside the new one. What was exported can be exported again."),
        [Reason.SessionTooLarge] = (ErrorCategory.LimitsExceeded,
            "Run Connect-WeChat -Login Qr: a new login begins without the cookies that have piled up. Or copy the session's folder."),
        [Reason.InvalidSessionName] = (ErrorCategory.InvalidArgument,
            "Use 1 to 64 letters, digits, '.', '-' or '_', not beginning or ending with a dot, and no name that Windows reserves."),
        [Reason.EndpointMismatch] = (ErrorCategory.InvalidArgument,
            "Connect with the -Endpoint the session was made with, or use another -Name."),
        [Reason.InvalidEndpoint] = (ErrorCategory.InvalidArgument,
            "Use an https address; plain http is for this machine alone (127.0.0.1, ::1, localhost)."),
        [Reason.InvalidRequest] = (ErrorCategory.InvalidArgument,
            "Get-Help says what goes together."),
        [Reason.LoginRequired] = (ErrorCategory.AuthenticationError,
            "Log in once where somebody can scan: Connect-WeChat -Login Qr (or -Login Push, which asks the phone). "
            + "An explicit -Login goes ahead without a terminal too."),
        [Reason.LoginRefused] = (ErrorCategory.AuthenticationError,
            "The server does not let this account log in this way. "
            + "Connect-WeChat -Mode Desktop claims to be Tencent's own client for UOS: some accounts get in with it, and WeChat may restrict those that do."),
        [Reason.AccountRestricted] = (ErrorCategory.PermissionDenied,
            "WeChat on the phone says why, and how to appeal. Leave the account alone until then: every login and every request makes it worse."),
        [Reason.LoginTimeout] = (ErrorCategory.OperationTimeout, "Run Connect-WeChat again, and give it longer with -TimeoutSec."),
        [Reason.Unreachable] = (ErrorCategory.ConnectionError,
            "Check the network, -Endpoint and -Proxy. "
            + "A saved session is untouched: Connect-WeChat resumes it when the server answers again."),
        [Reason.LoggedOut] = (ErrorCategory.AuthenticationError, "Run Connect-WeChat to log in again."),
        [Reason.SessionExpired] = (ErrorCategory.AuthenticationError, "Run Connect-WeChat to log in again."),
        [Reason.Throttled] = (ErrorCategory.LimitsExceeded,
            "Send less and wait some minutes. -TimeoutSec says how long a send may wait for its turn."),
        [Reason.ProtocolError] = (ErrorCategory.ProtocolError,
            "Try again; if it stays, connect with -LogPath and look at the request's line there."),
        [Reason.SyncInUse] = (ErrorCategory.ResourceBusy, "Stop the other Receive-WeChatMessage, or end its event subscription with Unregister-Event; or pass its messages on from there."),
        [Reason.SubscriberExists] = (ErrorCategory.ResourceExists, "End it with Unregister-Event, or choose another -SourceIdentifier."),
        [Reason.InboxUnavailable] = (ErrorCategory.WriteError,
            "Free space or mend the permissions of the session's folder, then receive again: "
            + "nothing was taken from the server. -StorePath chooses another place."),
        [Reason.ContactNotFound] = (ErrorCategory.ObjectNotFound,
            "Names match exactly; Get-WeChatContact finds them with wildcards (-Refresh asks the server again)."),
        [Reason.AmbiguousContact] = (ErrorCategory.InvalidArgument, "Pass the Id or the object that Get-WeChatContact gives."),
        [Reason.ContactNotAllowed] = (ErrorCategory.InvalidArgument, "Get-WeChatContact shows what a contact is (Kind); choose one that this can be done with."),
        [Reason.NotGroupOwner] = (ErrorCategory.PermissionDenied, "Ask the group's owner. If that is this account by now, Get-WeChatGroupMember -Refresh asks WeChat again (IsOwner of Get-WeChatContact)."),
        [Reason.TooFewMembers] = (ErrorCategory.InvalidArgument, "Name at least two friends with -Member."),
        [Reason.EmptyName] = (ErrorCategory.InvalidArgument, "Give a name with at least one visible character."),
        [Reason.NothingToChange] = (ErrorCategory.InvalidArgument, "Say what is to be changed: -Remark, -Pinned or -MarkRead."),
        [Reason.NotFriendRequest] = (ErrorCategory.InvalidArgument,
            "Receive-WeChatMessage -Kind FriendRequest gives the requests; pipe one of them."),
        [Reason.OutcomeUnknown] = (ErrorCategory.InvalidResult,
            "Look whether it happened (Get-WeChatContact -Refresh, Get-WeChatGroupMember -Refresh) before trying again; it was sent once."),
        [Reason.ReceiverNotAllowed] = (ErrorCategory.PermissionDenied, "Write to a friend or to a group that this account is in."),
        [Reason.Refused] = (ErrorCategory.InvalidResult, "The server's own code is in the exception (ServerCode)."),
        [Reason.SendOutcomeUnknown] = (ErrorCategory.InvalidResult,
            "Look at the chat before sending again; the error's target is the ClientMsgId."),
        [Reason.EmptyMessage] = (ErrorCategory.InvalidArgument, "Give -Text something to say."),
        [Reason.EmptyFile] = (ErrorCategory.InvalidData, "WeChat takes no empty files; send its name as a text instead."),
        [Reason.FileTooLarge] = (ErrorCategory.LimitsExceeded,
            "Pictures and videos may have 20 MB, files 50 MB. Send it with -As File, or make it smaller."),
        [Reason.NotForwardable] = (ErrorCategory.InvalidArgument,
            "Texts, pictures, videos, stickers, files, links and places can be passed on. Save-WeChatMedia and Send-WeChatFile pass on what can be saved."),
        [Reason.RevokeTooLate] = (ErrorCategory.InvalidOperation, "WeChat lets messages be recalled for two minutes."),
        [Reason.MessageNotFound] = (ErrorCategory.ObjectNotFound, "It was acknowledged before, or belongs to another session (-Session)."),
        [Reason.FileUnavailable] = (ErrorCategory.ReadError, "Check the path and its permissions."),
        [Reason.FileExists] = (ErrorCategory.ResourceExists, "Leave -NoClobber out, or choose another -Path."),
        [Reason.NoMedia] = (ErrorCategory.InvalidType, "Pick what has something to save, for example with Receive-WeChatMessage -Kind Image, File."),
        [Reason.MediaUnavailable] = (ErrorCategory.ObjectNotFound, "Open it on the phone."),
        [Reason.EmulatorFailed] = (ErrorCategory.ConnectionError,
            "Get-WeChatEmulator shows those of this process and their contacts, Start-WeChatEmulator starts one; -Endpoint names one in another window."),
    };

    /// <summary>The error record of a failure. Its id is <c>WeChat.&lt;Reason&gt;</c>; its text carries no terminal controls.</summary>
    public static ErrorRecord Record(WeChatException failure)
    {
        (ErrorCategory category, string remedy) = s_table[failure.Reason];
        return new ErrorRecord(failure, "WeChat." + failure.Reason, category, failure.Subject)
        {
            ErrorDetails = new ErrorDetails(DisplayText.Visible(failure.Message)) { RecommendedAction = remedy },
        };
    }
}
