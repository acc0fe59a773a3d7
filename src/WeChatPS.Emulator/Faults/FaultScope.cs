namespace WeChatPS.Emulator;

/// <summary>The endpoints to which each kind of fault applies, even if the fault is for <c>*</c>.</summary>
internal static class FaultScope
{
    public static bool Covers(FaultKind kind, string endpoint) => kind switch
    {
        FaultKind.PhantomSelector or FaultKind.InstantZero => endpoint == "synccheck",
        FaultKind.ClockOnlyKey or FaultKind.ContinueWithoutItems or FaultKind.MissingKeys or FaultKind.WrongKeyCount
            or FaultKind.GarbageItem or FaultKind.NumericFileSize or FaultKind.Duplicate => endpoint == "webwxsync",
        FaultKind.QrExpired or FaultKind.QrCancelled => endpoint == "login",
        FaultKind.Refused1203 or FaultKind.LoginElsewhere => endpoint == "webwxnewloginpage",
        _ => true,
    };
}
