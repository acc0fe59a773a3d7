using System;
using System.Collections.Generic;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The endpoints by path. Every path is unique, so one port serves all of WeChat's hosts.</summary>
internal sealed class EndpointTable
{
    private const string Api = "/cgi-bin/mmwebwx-bin/";
    private readonly Dictionary<string, Endpoint> _endpoints = new(StringComparer.Ordinal);

    public EndpointTable(World world, FaultPlan faults)
    {
        Add(new LoginEndpoints(world).All);
        Add(new SessionEndpoints(world).All);
        Add(new ContactEndpoints(world).All);
        Add(new SyncEndpoints(world, faults).All);
        Add(new SendEndpoints(world).All);
        Add(new UploadEndpoints(world).All);
        Add(new DownloadEndpoints(world).All);
        Add(new ChangeEndpoints(world).All);
        Add(new GroupEndpoints(world).All);
    }

    public bool Has(string name) => _endpoints.ContainsKey(name);

    public Endpoint? Find(string path)
    {
        string name = path.StartsWith(Api, StringComparison.Ordinal) ? path[Api.Length..]
            : path.StartsWith("/qrcode/", StringComparison.Ordinal) ? "qrcode"
            : path.StartsWith("/l/", StringComparison.Ordinal) ? "l"
            : path == "/jslogin" ? "jslogin"
            : "";
        return _endpoints.GetValueOrDefault(name);
    }

    private void Add(IEnumerable<Endpoint> endpoints)
    {
        foreach (Endpoint endpoint in endpoints)
        {
            _endpoints.Add(endpoint.Name, endpoint);
        }
    }
}
