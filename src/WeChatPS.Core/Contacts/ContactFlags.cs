using System;

namespace WeChatPS;

/// <summary>The bits of ContactFlag that this client uses (the official web client's CONTACTFLAG constants).</summary>
[Flags]
internal enum ContactFlags
{
    None = 0,
    Contact = 1,
    Blocked = 8,
    Starred = 64,
    Muted = 512,
    Pinned = 2048,
}

/// <summary>The bits of VerifyFlag that this client uses (the official web client's MM_USERATTRVERIFYFALG constants).</summary>
[Flags]
internal enum VerifyFlags
{
    None = 0,
    Official = 8,
    Verified = 16,
}
