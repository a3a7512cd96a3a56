using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;

namespace Keyless.Emulator.Admin;

/// <summary>What must hold of the requests, asked by programs in any language.</summary>
internal static class VerificationResource
{
    public static AdminRoute Route { get; } = new(
        "POST",
        "/journal/verify",
        "verifyRequests",
        "Says whether what is expected holds of the requests that a filter picks, and if not, what there was instead.",
        Verify)
    {
        Body =
        [
            .. JournalResource.Filter,
            new("after", "integer", "The cursor of a list of requests: only what was answered since."),
            .. JournalExpectations.Fields,
        ],
    };

    private static EndpointAnswer Verify(AdminCall call)
    {
        var body = call.Body();
        var filter = JournalExpectations.FilterIn(body);
        var after = body.OptionalLong("after", long.MinValue);
        var expected = JournalExpectations.Read(body);
        body.RejectOthers();

        var requests = JournalOf(call, ref filter).Verify(filter, entry => after is null || (entry.IsEnded && entry.End > after));
        return Answer(requests, Check(requests, expected));
    }

    // A name that is wrong would make "never" hold.
    private static Journal JournalOf(AdminCall call, ref JournalFilter filter)
    {
        if (filter.Host is null or FaultMatch.Authority)
            return call.Emulator.Journal;

        var host = call.Host(filter.Host);
        filter = filter with { Host = null };
        return host.Journal;
    }

    private static JournalVerificationException? Check(
        JournalVerification requests, IEnumerable<Action<JournalVerification>> expected)
    {
        try
        {
            foreach (var expectation in expected)
                expectation(requests);
            return null;
        }
        catch (JournalVerificationException failure)
        {
            return failure;
        }
    }

    private static EndpointAnswer Answer(JournalVerification requests, JournalVerificationException? failure) =>
        EndpointAnswer.Json(200, json =>
        {
            json.WriteBoolean("holds", failure is null);
            AdminJson.WriteNullable(json, "message", failure?.Message);
            json.WriteNumber("found", requests.Requests.Count);
            json.WriteStartArray("nearest");
            foreach (var miss in failure?.Nearest ?? [])
            {
                json.WriteStartObject();
                json.WriteNumber("number", miss.Request.Number);
                AdminJson.WriteList(json, "differences", miss.Differences);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
}
