using System.Collections.Generic;
using System.Management.Automation;
using Reason = WeChatPS.WeChatErrorReason;

namespace WeChatPS;

/// <summary>Maps each failure reason to its PowerShell error category and its remedy.</summary>
internal static class Errors
{
    private static readonly Dictionary<Reason, (ErrorCategory Category, string Remedy)> s_table = new()
    {
        [Reason.NotConnected] = (ErrorCategory.ConnectionError, "Run Connect-WeChat first."),
        [Reason.AmbiguousSession] = (ErrorCategory.InvalidOperation, "Specify one with -Session. To list the connected sessions, run Get-WeChatSession."),
        [Reason.SessionNotFound] = (ErrorCategory.ObjectNotFound,
            "To list connected sessions, run Get-WeChatSession. To list saved sessions, run Get-WeChatSession -Saved."),
        [Reason.SessionInUse] = (ErrorCategory.ResourceBusy,
            "Run Disconnect-WeChat in the process that holds the session, or end it. Or use another session with -Name."),
        [Reason.SessionUnreadable] = (ErrorCategory.PermissionDenied,
            "Run as the user who saved the session (in a scheduled task, with a stored password), or pass the session with -SavedSession. "
            + "The file is unchanged."),
        [Reason.SessionDamaged] = (ErrorCategory.InvalidData,
            "Run Connect-WeChat -Login Qr to log in again. A damaged file is kept beside the new one. If an exported session is damaged, export it again."),
        [Reason.SessionTooLarge] = (ErrorCategory.LimitsExceeded,
            "Run Connect-WeChat -Login Qr. A new login starts without the accumulated cookies. Or copy the session's folder."),
        [Reason.InvalidSessionName] = (ErrorCategory.InvalidArgument,
            "Use 1 to 64 letters, digits, '.', '-' or '_'. Do not begin or end with a dot, and do not use a name that Windows reserves."),
        [Reason.EndpointMismatch] = (ErrorCategory.InvalidArgument,
            "Connect with the -Endpoint that the session was created with, or use another -Name."),
        [Reason.InvalidEndpoint] = (ErrorCategory.InvalidArgument,
            "Use an https address. http is allowed only for this machine (127.0.0.1, ::1, localhost)."),
        [Reason.InvalidRequest] = (ErrorCategory.InvalidArgument,
            "For valid combinations, run Get-Help with -Full."),
        [Reason.LoginRequired] = (ErrorCategory.AuthenticationError,
            "Log in once where you can scan a QR code: run Connect-WeChat with the same -Name and -Login Qr, or -Login Push to confirm on the phone. "
            + "-Login Qr and -Login Push also work without a terminal."),
        [Reason.LoginRefused] = (ErrorCategory.AuthenticationError,
            "The server does not let this account log in this way. "
            + "Connect-WeChat -Mode Desktop claims to be Tencent's own client for UOS. Some accounts can log in this way, but WeChat may restrict them."),
        [Reason.AccountRestricted] = (ErrorCategory.PermissionDenied,
            "WeChat on the phone shows the reason and how to appeal. Until then, do not log in or send requests: each one makes the restriction worse."),
        [Reason.LoginTimeout] = (ErrorCategory.OperationTimeout, "Run Connect-WeChat again with a longer -TimeoutSec."),
        [Reason.Unreachable] = (ErrorCategory.ConnectionError,
            "Check the network, -Endpoint and -Proxy. "
            + "A saved session is unchanged. To resume it when the server responds again, run Connect-WeChat."),
        [Reason.LoggedOut] = (ErrorCategory.AuthenticationError, "Run Connect-WeChat to log in again."),
        [Reason.SessionExpired] = (ErrorCategory.AuthenticationError, "Run Connect-WeChat to log in again."),
        [Reason.Throttled] = (ErrorCategory.LimitsExceeded,
            "Wait a few minutes, then send less often. -TimeoutSec limits how long a message may be queued."),
        [Reason.ProtocolError] = (ErrorCategory.ProtocolError,
            "Try again. If the error persists, connect with -LogPath and check the request in the log."),
        [Reason.SyncInUse] = (ErrorCategory.ResourceBusy,
            "Stop the other Receive-WeChatMessage, or end its event subscription with Unregister-Event, or handle the messages there."),
        [Reason.SubscriberExists] = (ErrorCategory.ResourceExists, "End the subscription with Unregister-Event, or choose another -SourceIdentifier."),
        [Reason.InboxUnavailable] = (ErrorCategory.WriteError,
            "Free space or fix the permissions of the session's folder, then receive again. "
            + "The messages are still on the server. To use another folder, connect with -StorePath."),
        [Reason.ContactNotFound] = (ErrorCategory.ObjectNotFound,
            "Specify the whole name. To search with wildcards, run Get-WeChatContact. To reload the contacts from the server, add -Refresh."),
        [Reason.AmbiguousContact] = (ErrorCategory.InvalidArgument, "Pass the Id or the object from Get-WeChatContact."),
        [Reason.ContactNotAllowed] = (ErrorCategory.InvalidArgument,
            "Choose a contact of a suitable kind. Get-WeChatContact shows the Kind of each contact."),
        [Reason.NotGroupOwner] = (ErrorCategory.PermissionDenied,
            "Ask the group owner. If this account is now the owner, run Get-WeChatGroupMember -Refresh to update IsOwner."),
        [Reason.TooFewMembers] = (ErrorCategory.InvalidArgument, "Specify at least two friends with -Member."),
        [Reason.EmptyName] = (ErrorCategory.InvalidArgument, "Specify a name with at least one visible character."),
        [Reason.NothingToChange] = (ErrorCategory.InvalidArgument, "Specify at least one of -Remark, -Pinned and -MarkRead."),
        [Reason.NotFriendRequest] = (ErrorCategory.InvalidArgument,
            "Pipe a message from Receive-WeChatMessage -Kind FriendRequest."),
        [Reason.OutcomeUnknown] = (ErrorCategory.InvalidResult,
            "First check whether the change was made (Get-WeChatContact -Refresh, Get-WeChatGroupMember -Refresh), then try again. The request was sent once."),
        [Reason.ReceiverNotAllowed] = (ErrorCategory.PermissionDenied, "Send to a friend, or to a group of this account."),
        [Reason.Refused] = (ErrorCategory.InvalidResult, "For the server's code, see ServerCode of the exception."),
        [Reason.SendOutcomeUnknown] = (ErrorCategory.InvalidResult,
            "Before you send again, check the chat. TargetObject is the ClientMsgId."),
        [Reason.EmptyMessage] = (ErrorCategory.InvalidArgument, "Specify a non-empty -Text."),
        [Reason.EmptyFile] = (ErrorCategory.InvalidData, "WeChat does not accept empty files. Send the file's name as a text instead."),
        [Reason.FileTooLarge] = (ErrorCategory.LimitsExceeded,
            "Images and videos can be up to 20 MB, files up to 50 MB. Use -As File, or reduce the size."),
        [Reason.NotForwardable] = (ErrorCategory.InvalidArgument,
            "Texts, images, videos, stickers, files, links and locations can be forwarded. Otherwise, use Save-WeChatMedia, then Send-WeChatFile."),
        [Reason.RevokeTooLate] = (ErrorCategory.InvalidOperation, "WeChat allows a message to be recalled for two minutes."),
        [Reason.MessageNotFound] = (ErrorCategory.ObjectNotFound,
            "The message was already acknowledged or moved to the dead-letter file, or it belongs to another session (-Session)."),
        [Reason.FileUnavailable] = (ErrorCategory.ReadError, "Check the path and its permissions."),
        [Reason.FileExists] = (ErrorCategory.ResourceExists, "Omit -NoClobber, or choose another -Path."),
        [Reason.NoMedia] = (ErrorCategory.InvalidType, "Choose messages with a file, for example with Receive-WeChatMessage -Kind Image, File."),
        [Reason.MediaUnavailable] = (ErrorCategory.ObjectNotFound, "Open the message on the phone."),
        [Reason.EmulatorFailed] = (ErrorCategory.ConnectionError,
            "To list the emulators of this process, run Get-WeChatEmulator. To start one, run Start-WeChatEmulator. For an emulator in another process, specify -Endpoint."),
    };

    /// <summary>Creates the error record of a failure. Its id is <c>WeChat.&lt;Reason&gt;</c>. Control characters in its text are visible symbols.</summary>
    public static ErrorRecord Record(WeChatException failure)
    {
        (ErrorCategory category, string remedy) = s_table[failure.Reason];
        return new ErrorRecord(failure, "WeChat." + failure.Reason, category, failure.Subject)
        {
            ErrorDetails = new ErrorDetails(DisplayText.Visible(failure.Message)) { RecommendedAction = remedy },
        };
    }
}
