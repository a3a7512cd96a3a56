using System.Text;

namespace Keyless.Emulator.Tests.Fuzzing;

/// <summary>Requests that no client sends, each made from a good one or from nothing. The same seed makes the same ones.</summary>
internal sealed class BadRequests(Random random, Uri address)
{
    private static readonly string[] Names =
        ["resource", "api-version", "client_id", "object_id", "msi_res_id", "clientid", "claims", "xms_cc", "grant_type", "client_assertion", "%", "", "a[b]"];

    private static readonly string[] Values =
        ["https://vault.azure.net", "2018-02-01", "2019-08-01", "9999-99-99", "%", "%zz", "%00", "%ff%fe", "+", "\u00e9", "{}", "[[[[", "-1", "eyJhbGciOiJub25lIn0.e30."];

    private static readonly string[] Headers =
    [
        "Metadata: true", "Metadata: TRUE", "Metadata:", "secret: ", "X-IDENTITY-HEADER: \t", "Authorization: Basic ", "Authorization: Basic ====",
        "Authorization: Basic Og==", "Authorization: Basic /////w==", "Authorization: Bearer a.b.c", "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: application/json", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Expect: 100-continue", "Upgrade: h2c",
        "Connection: close", "Connection: Upgrade", "X-Forwarded-For: 1", "Accept-Encoding: *;q=", "Cookie: a=b", "Range: bytes=0-0", "Content-Length: 0",
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "TRACE", "PRI", "get", "G\u00cbT"];

    public byte[] Next() => random.Next(8) switch
    {
        0 => Bytes(random.Next(1, 4000)),
        1 => Oversized(),
        2 or 3 => Mutated(Encoding.Latin1.GetBytes(WellFormed())),
        _ => Encoding.UTF8.GetBytes(WellFormed()),
    };

    private string WellFormed()
    {
        var body = Pick([Query(), "{\"a\":", "\"", new string('[', 2000), Text(200)]);
        var request = new StringBuilder($"{Pick(Methods)} {Path()}?{Query()} HTTP/1.{random.Next(2)}\r\nHost: {address.Authority}\r\n");
        for (var left = random.Next(6); left > 0; left--)
            request.Append(Pick(Headers)).Append(random.Next(4) == 0 ? Text(20) : "").Append("\r\n");
        if (random.Next(2) == 0)
            request.Append("Content-Length: ").Append(Math.Max(0, body.Length + random.Next(-2, 3))).Append("\r\n");
        return request.Append("\r\n").Append(body).ToString();
    }

    private string Path() => random.Next(4) switch
    {
        0 => "/" + Text(60),
        1 => address.AbsolutePath + "/%2e%2e/%2F%5c" + Text(5),
        _ => address.AbsolutePath,
    };

    private string Query() =>
        string.Join('&', Enumerable.Range(0, random.Next(8)).Select(_ => $"{Pick(Names)}={Pick([Pick(Values), Text(40)])}"));

    private byte[] Oversized()
    {
        var much = new string('a', random.Next(10_000, 90_000));
        return Encoding.ASCII.GetBytes(Pick(
        [
            $"GET /{much} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n",
            $"GET {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nX-Much: {much}\r\n\r\n",
            $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nMetadata: true\r\nContent-Length: {much.Length}\r\n\r\n{much}",
            $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nTransfer-Encoding: chunked\r\n\r\n{much.Length:x}\r\n{much}\r\n0\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: {address.Authority}\r\n{string.Concat(Enumerable.Repeat("a: b\r\n", 2000))}\r\n",
        ]));
    }

    private byte[] Mutated(byte[] request)
    {
        var bytes = request.ToList();
        for (var left = random.Next(1, 12); left > 0 && bytes.Count > 1; left--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private string Text(int most) => new([.. Enumerable.Range(0, random.Next(most)).Select(_ => (char)random.Next(33, 0x250))]);

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];
}
