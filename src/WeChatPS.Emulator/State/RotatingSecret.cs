namespace WeChatPS.Emulator.State;

/// <summary>
/// A key that the server can replace. The old value remains valid until the client uses the new one or has received it twice.
/// One response may be lost, but a client that ignores the new key is refused.
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

    /// <summary>Gets the new value if the client may not know it, otherwise an empty text. The call counts as sending the value.</summary>
    public string TakeUnsent()
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
