namespace WeChatPS.Emulator.State;

/// <summary>
/// A key that the server may exchange. The old one stays good until the client has used the new one, or has been told it twice:
/// one reply may be lost, but a client that does not listen is refused.
/// </summary>
internal sealed class RotatingSecret(string value)
{
    private readonly object _gate = new();
    private string _value = value;
    private string? _old;
    private int _told;

    public string Value
    {
        get
        {
            lock (_gate)
            {
                return _value;
            }
        }
    }

    public void Rotate(string value)
    {
        lock (_gate)
        {
            _old = _value;
            _value = value;
            _told = 0;
        }
    }

    /// <summary>The new value as long as the client may not know it, otherwise empty; counts as telling it.</summary>
    public string TellNews()
    {
        lock (_gate)
        {
            _told++;
            return _old is null ? "" : _value;
        }
    }

    public bool Accepts(string? presented)
    {
        lock (_gate)
        {
            if (presented == _value)
            {
                _old = null;
                return true;
            }

            return presented is not null && presented == _old && _told < 2;
        }
    }
}
