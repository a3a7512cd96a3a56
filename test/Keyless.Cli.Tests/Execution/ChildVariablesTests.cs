using Keyless.Cli.Execution;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Execution;

public sealed class ChildVariablesTests(SharedEmulator shared)
{
    [Theory]
    [MemberData(nameof(Sources))]
    public void the_variables_are_those_of_the_host_whatever_was_there(SourceKind source)
    {
        var host = shared.Emulator[source];
        var variables = shared.Emulator.Hosts.SelectMany(static each => each.Variables.Keys)
            .Concat(ChildVariables.OtherEndpoints)
            .Concat(ChildVariables.OtherCredentials)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(static name => name, static string? (_) => "inherited", StringComparer.Ordinal);

        ChildVariables.Apply(variables, host);

        Assert.Equal(Sorted(host.Variables), Sorted(variables.ToDictionary(static each => each.Key, static each => each.Value!)));

        static IEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> all) =>
            all.OrderBy(static each => each.Key, StringComparer.Ordinal);
    }

    [Fact]
    public void a_client_id_stays_if_the_host_has_that_identity()
    {
        var orders = $"{shared.Orders.ClientId}";

        Assert.Equal(orders, After("AZURE_CLIENT_ID", orders, SourceKind.Imds));
        Assert.Null(After("AZURE_CLIENT_ID", "5d0e4f6c-0000-4000-8000-000000000000", SourceKind.Imds));
        Assert.Null(After("AZURE_CLIENT_ID", "no id", SourceKind.Imds));

        // Its tokens are a user's.
        Assert.Null(After("AZURE_CLIENT_ID", orders, SourceKind.CloudShell));
    }

    [Theory]
    [InlineData("ManagedIdentityCredential", true)]
    [InlineData("prod", true)]
    [InlineData("dev", false)]
    [InlineData("AzureCliCredential", false)]
    public void the_choice_of_a_credential_stays_if_it_asks_a_managed_identity(string choice, bool stays) =>
        Assert.Equal(stays ? choice : null, After("AZURE_TOKEN_CREDENTIALS", choice, SourceKind.AppService));

    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    private string? After(string name, string value, SourceKind source)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value };
        ChildVariables.Apply(variables, shared.Emulator[source]);
        return variables.GetValueOrDefault(name);
    }
}
