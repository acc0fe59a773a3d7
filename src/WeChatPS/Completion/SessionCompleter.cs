using System.Collections;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Completes the names of connected sessions.</summary>
public sealed class SessionCompleter : NameCompleter
{
    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) =>
        SessionRegistry.Live.Select(one => new Candidate(one.Name, $"{one.State} {one.User?.Name}"));
}
