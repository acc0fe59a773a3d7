using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WeChatPS.Emulator.Http;

/// <summary>A self-signed certificate for WeChat's host names, created for the first TLS connection. Clients must be configured to trust it.</summary>
internal sealed class TlsIdentity : IDisposable
{
    private static readonly string[] s_domains =
    [
        "qq.com", "*.qq.com", "*.wx.qq.com", "*.wx2.qq.com", "*.wx8.qq.com", "*.weixin.qq.com",
        "wechat.com", "*.wechat.com", "*.web.wechat.com", "*.web2.wechat.com", "localhost",
    ];

    private readonly Lazy<X509Certificate2> _certificate = new(Create);

    public X509Certificate2 Certificate => _certificate.Value;

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
        {
            _certificate.Value.Dispose();
        }
    }

    private static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=WeChatPS.Emulator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        Array.ForEach(s_domains, names.AddDnsName);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));

        // On Windows, a server certificate needs a key that is not only in memory.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
